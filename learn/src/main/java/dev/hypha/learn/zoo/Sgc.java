package dev.hypha.learn.zoo;

import dev.hypha.learn.Context;
import dev.hypha.learn.DecoupledModel;
import dev.hypha.learn.NodeBatch;
import dev.hypha.learn.Option;
import dev.hypha.learn.Options;
import dev.hypha.tensor.Tensor;

/// Simple graph convolution. Wu et al., "Simplifying graph convolutional networks", ICML 2019, equation 8.
///
///     logits = S^K X W + b,   S = D^-1/2 (A + I) D^-1/2                                    [nodes, outputs]
///
/// with D the degrees of A + I. `S^K X` has no parameters and is worked out once where the whole graph is at hand. A
/// pass over edges maps first if that leaves fewer columns to propagate: `S^K (X W)` is the same.
///
/// Departure: a bias, as the authors' code has it.
///
/// @param hops propagation steps K
public record Sgc(
        @Option(def = "2", help = "propagation steps", unit = "hops", min = 1, max = 64)
        int hops) implements DecoupledModel {
    public Sgc {
        Options.check(Sgc.class, hops);
    }

    @Override
    public int layers() {
        return hops;
    }

    @Override
    public Tensor propagate(Context c, NodeBatch in) {
        return propagated(c, in, c.features(in));
    }

    @Override
    public Tensor classify(Context c, Tensor x) {
        return c.linear("classify", x, c.outputs());
    }

    @Override
    public Tensor forward(Context c, NodeBatch in) {
        Tensor x = c.features(in);
        if (!in.layer(0).mapFirst(x, c.outputs())) return classify(c, propagated(c, in, x));
        return c.bias("classify", propagated(c, in, c.product("classify", x, c.outputs())));
    }

    private Tensor propagated(Context c, NodeBatch in, Tensor h) {
        for (int k = 0; k < hops; k++) h = in.layer(k).normalised(c, h);
        return h;
    }
}
