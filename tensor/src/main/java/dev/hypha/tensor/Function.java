package dev.hypha.tensor;

/// A function of one number, applied to each element.
public enum Function {
    /// max(x, 0); its derivative at 0 is 0.
    RELU,
    /// x above 0, else a slope times x.
    LEAKY_RELU,
    /// x above 0, else a slope times (e^x - 1).
    ELU,
    /// 1 / (1 + e^-x).
    SIGMOID,
    /// Hyperbolic tangent.
    TANH,
    /// e^x.
    EXP,
    /// Natural logarithm.
    LOG
}
