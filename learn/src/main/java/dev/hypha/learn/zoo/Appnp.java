package dev.hypha.learn.zoo;

import dev.hypha.learn.Context;
import dev.hypha.learn.NodeBatch;
import dev.hypha.learn.NodeModel;
import dev.hypha.learn.Option;
import dev.hypha.learn.Options;
import dev.hypha.tensor.Function;
import dev.hypha.tensor.Tensor;

/// Predict, then propagate: personalised PageRank of predictions. Klicpera, Bojchevski, Guennemann, "Predict then
/// propagate: graph neural networks meet personalized PageRank", ICLR 2019, equation 4.
///
///     Z^0 = H = mlp(X)                                                    [nodes, outputs]
///     Z^k = (1 - alpha) drop(D^-1/2 (A + I) D^-1/2) Z^(k-1) + alpha H
///
/// with D the degrees of A + I, `mlp` as [Mlp], and drop a share of the matrix's entries in training,
/// another one in each step. The authors drop half of entries and features too.
///
/// @param hidden width of hidden layers of the perceptron
/// @param hops propagation steps K
/// @param teleport alpha, the share of its own prediction that a node keeps in each step
/// @param edgeDropout share of the propagation matrix's entries dropped in training
/// @param stack how the perceptron's layers stand on one another
public record Appnp(
        @Option(def = "64", help = "width of hidden layers", min = 1, max = 4096)
        int hidden,

        @Option(def = "10", help = "propagation steps", unit = "hops", min = 1, max = 256)
        int hops,

        @Option(def = "0.1", help = "share of its own prediction that a node keeps in each step", min = 0, max = 1)
        double teleport,

        @Option(def = "0", help = "share of the propagation matrix's entries dropped in training", min = 0, max = 0.95)
        double edgeDropout,

        Stack stack)
        implements NodeModel {
    public Appnp {
        Options.check(Appnp.class, hidden, hops, teleport, edgeDropout, stack);
    }

    @Override
    public int layers() {
        return hops;
    }

    @Override
    public Tensor forward(Context c, NodeBatch in) {
        Tensor own =
                stack.run(c, c.features(in), hidden, Function.RELU, (at, h) -> c.product(at.name(), h, at.width()));
        Tensor z = own;
        for (int k = 0; k < hops; k++) {
            Tensor spread = in.layer(k).normalised(c, z, edgeDropout).scale((float) (1 - teleport));
            z = spread.plus(own.firstRows(spread.rows()).scale((float) teleport));
        }
        return z;
    }
}
