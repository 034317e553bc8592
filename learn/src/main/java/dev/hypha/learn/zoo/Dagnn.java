package dev.hypha.learn.zoo;

import dev.hypha.learn.Context;
import dev.hypha.learn.NodeBatch;
import dev.hypha.learn.NodeModel;
import dev.hypha.learn.Option;
import dev.hypha.learn.Options;
import dev.hypha.tensor.Function;
import dev.hypha.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/// Deep adaptive graph neural network. Liu, Gao, Ji, "Towards deeper graph neural networks", KDD 2020, equation 8.
///
///     Z   = mlp(X)                                                        [nodes, outputs]
///     H^k = (D^-1/2 (A + I) D^-1/2)^k Z,   k = 0 to K
///     s_k = sigmoid(H^k s + b)                                            [nodes, 1]
///     logits = sum_k s_k H^k, row by row
///
/// with D the degrees of A + I, s one learned vector for all steps, and `mlp` as [Mlp]: what is far away counts
/// for a node as much as its own numbers say. The authors drop a share of the features too.
///
/// The bias b is theirs in code; the equation has none.
///
/// @param hidden width of hidden layers of the perceptron
/// @param hops propagation steps K
/// @param stack how the perceptron's layers stand on one another
public record Dagnn(
        @Option(def = "64", help = "width of hidden layers", min = 1, max = 4096)
        int hidden,

        @Option(def = "10", help = "propagation steps", unit = "hops", min = 1, max = 256)
        int hops,

        Stack stack)
        implements NodeModel {
    public Dagnn {
        Options.check(Dagnn.class, hidden, hops, stack);
    }

    @Override
    public int layers() {
        return hops;
    }

    @Override
    public Tensor forward(Context c, NodeBatch in) {
        Tensor h = stack.run(c, c.features(in), hidden, Function.RELU, (at, x) -> c.product(at.name(), x, at.width()));
        List<Tensor> smoothed = new ArrayList<>(List.of(h));
        for (int k = 0; k < hops; k++) {
            h = in.layer(k).normalised(c, h);
            smoothed.add(h);
        }
        int targets = h.rows();
        return smoothed.stream()
                .map(one -> weighed(c, one.firstRows(targets)))
                .reduce(Tensor::plus)
                .orElseThrow();
    }

    private static Tensor weighed(Context c, Tensor h) {
        return h.scaleRows(c.linear("retain", h, 1).sigmoid());
    }
}
