package dev.hypha.learn.zoo;

import dev.hypha.learn.Context;
import dev.hypha.tensor.Tensor;

/// How sure a model is of what it says, from 0 where all classes are alike to 1 where one is certain: the dispersion of
/// its probabilities, or what is learned of it.
enum Confidence {
    /// The variance of the probabilities, as a share of the largest there can be.
    VARIANCE,
    /// 1 less their entropy, as a share of the largest there can be.
    ENTROPY,
    /// A perceptron of both.
    LEARNED;

    /// @param c where the perceptron's parameters are asked for
    /// @param logs logarithms of probabilities, shape [rows, classes], at least two classes
    /// @param hidden width of the perceptron
    /// @return shape [rows, 1]
    Tensor of(Context c, Tensor logs, int hidden) {
        return switch (this) {
            case VARIANCE -> variance(c, logs);
            case ENTROPY -> entropy(c, logs);
            case LEARNED -> {
                Tensor both = variance(c, logs).concat(entropy(c, logs));
                Tensor inner = c.linear("gate.hidden", both, hidden).relu();
                yield c.linear("gate", inner, 1).sigmoid();
            }
        };
    }

    /// `(sum p^2 - 1/n) / (1 - 1/n)`.
    private static Tensor variance(Context c, Tensor logs) {
        float share = 1f / logs.cols();
        return summed(c, logs.scale(2).exp()).addScalar(-share).scale(1 / (1 - share));
    }

    /// `1 + sum p log p / log n`.
    private static Tensor entropy(Context c, Tensor logs) {
        float largest = (float) Math.log(logs.cols());
        return summed(c, logs.exp().multiply(logs)).scale(1 / largest).addScalar(1);
    }

    private static Tensor summed(Context c, Tensor x) {
        return x.times(c.constant(x.cols(), _ -> 1));
    }
}
