package dev.hypha.learn.zoo;

import dev.hypha.learn.Context;
import dev.hypha.learn.LayerEdges;
import dev.hypha.learn.NodeBatch;
import dev.hypha.learn.NodeModel;
import dev.hypha.learn.Option;
import dev.hypha.learn.Options;
import dev.hypha.tensor.Function;
import dev.hypha.tensor.Reduce;
import dev.hypha.tensor.Tensor;

/// GraphSAGE with mean aggregation. Hamilton, Ying, Leskovec, "Inductive representation learning on large graphs",
/// NeurIPS 2017, algorithm 1.
///
///     h_i^l = drop(relu(W_l h_i^(l-1) + V_l mean_j h_j^(l-1) + b_l))         [hidden]
///
/// over the sources j of the edges into i; stacked as [Stack] says.
///
/// Departures: two maps and a sum instead of one map of both beside each other, which is the same; vectors are not
/// scaled to length 1 after each layer. The mean of maps is the map of the mean: whichever is less work comes first.
///
/// @param hidden width of a node's vector between layers
/// @param stack how layers stand on one another
public record GraphSage(
        @Option(def = "64", help = "width of a node's vector between layers", min = 1, max = 4096)
        int hidden,

        Stack stack)
        implements NodeModel {
    public GraphSage {
        Options.check(GraphSage.class, hidden, stack);
    }

    @Override
    public int layers() {
        return stack.layers();
    }

    @Override
    public Tensor forward(Context c, NodeBatch in) {
        return stack.run(
                c,
                c.features(in),
                hidden,
                Function.RELU,
                (at, h) -> convolved(c, at.name(), in.layer(at.index()), h, at.width()));
    }

    private static Tensor convolved(Context c, String name, LayerEdges edges, Tensor h, int out) {
        Tensor own = c.product(name + ".self", h.firstRows(edges.targets()), out);
        String others = name + ".neighbors";
        return own.plus(
                edges.mapFirst(h, out)
                        ? c.product(others, h, out).spmm(edges.pattern(), Reduce.MEAN)
                        : c.product(others, h.spmm(edges.pattern(), Reduce.MEAN), out));
    }
}
