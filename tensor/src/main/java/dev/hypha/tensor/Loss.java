package dev.hypha.tensor;

/// A loss of one prediction against one target.
public enum Loss {
    /// -(t log s(p) + (1 - t) log(1 - s(p))), s the sigmoid, p the logit, t from 0 to 1.
    BINARY_CROSS_ENTROPY,
    /// (p - t)^2.
    SQUARED,
    /// |p - t|; its derivative at 0 is 0.
    ABSOLUTE,
    /// (p - t)^2 / 2 within delta of the target, else delta (|p - t| - delta / 2).
    HUBER
}
