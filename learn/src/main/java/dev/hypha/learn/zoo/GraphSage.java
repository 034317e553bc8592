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
///     h_i^0 = x_i                                                            [features]
///     h_i^l = drop(relu(W_l h_i^(l-1) + V_l mean_j h_j^(l-1) + b_l))         [hidden]
///
/// over the sources j of the edges into i; the last layer is without drop and relu, and as wide as the outputs.
///
/// Departures: two maps and a sum instead of one map of both beside each other, which is the same; vectors are not
/// scaled to length 1 after each layer. The mean of maps is the map of the mean: whichever is less work comes first.
///
/// @param hidden width of a node's vector between layers
/// @param layers convolutions
/// @param dropout share of a hidden layer's outputs dropped in training
public record GraphSage(
        @Option(def = "64", help = "width of a node's vector between layers", min = 1, max = 4096)
        int hidden,

        @Option(def = "2", help = "convolutions, one hop each", unit = "hops", min = 1, max = 16)
        int layers,

        @Option(def = "0.5", help = "share of a hidden layer's outputs dropped in training", min = 0, max = 0.95)
        double dropout)
        implements NodeModel {
    public GraphSage {
        Options.check(GraphSage.class, hidden, layers, dropout);
    }

    @Override
    public Tensor forward(Context c, NodeBatch in) {
        Tensor h = c.features(in);
        for (int l = 0; l < layers; l++) {
            boolean last = l == layers - 1;
            Tensor sum = convolved(c, "layer" + l, in.layer(l), h, last ? c.outputs() : hidden);
            h = last ? c.bias("layer" + l, sum) : c.activated("layer" + l, sum, Function.RELU, dropout);
        }
        return h;
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
