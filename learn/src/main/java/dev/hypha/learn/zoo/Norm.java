package dev.hypha.learn.zoo;

import dev.hypha.learn.Context;
import dev.hypha.tensor.Tensor;

/// How the vectors of nodes are normalised after a layer.
public enum Norm {
    /// Not at all.
    NONE,
    /// Each vector to mean 0 and variance 1, then scaled and shifted: Ba, Kiros, Hinton, "Layer normalization", 2016.
    LAYER,
    /// Each column over all nodes at hand: Ioffe, Szegedy, "Batch normalization", ICML 2015.
    BATCH,
    /// All vectors moved and scaled together, so that their mean is 0 and their mean squared length 1: Zhao, Akoglu,
    /// "PairNorm: tackling oversmoothing in GNNs", ICLR 2020, equations 10 and 11 with s = 1.
    PAIR;

    private static final float EPSILON = 1e-6f;

    /// The vectors normalised, the same shape.
    ///
    /// @param name of what is learned, where something is
    Tensor of(Context c, String name, Tensor x) {
        return switch (this) {
            case NONE -> x;
            case LAYER -> c.layerNorm(name, x);
            case BATCH -> c.batchNorm(name, x);
            case PAIR -> pair(c, x);
        };
    }

    private static Tensor pair(Context c, Tensor x) {
        float share = 1f / x.rows();
        Tensor mean = c.constant(1, x.rows(), _ -> share).times(x);
        Tensor centred = x.addBias(mean.scale(-1));
        Tensor square = centred.multiply(centred).sum().scale(share).addScalar(EPSILON);
        Tensor inverseRoot = square.log().scale(-0.5f).exp();
        return centred.scaleRows(c.constant(x.rows(), _ -> 1).times(inverseRoot));
    }
}
