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

/// Graph isomorphism network. Xu, Hu, Leskovec, Jegelka, "How powerful are graph neural networks?", ICLR 2019,
/// equation 4.1.
///
///     h_i^0 = x_i                                                                          [features]
///     h_i^l = drop(relu(V_l relu(W_l ((1 + eps) h_i^(l-1) + sum_j h_j^(l-1)) + b_l) + a_l))  [hidden]
///
/// over the sources j of the edges into i; the last layer is without drop and outer relu, and as wide as the outputs.
///
/// Departures: eps is given, not trained (the paper's GIN-0 is the default); no batch norm; the answer is read off the
/// last layer alone, as nodes and not graphs are answered for. The sum of maps is the map of the sum: whichever is
/// less work comes first.
///
/// @param hidden width of a node's vector between layers and within each
/// @param layers convolutions
/// @param epsilon how much more a node's own vector counts than a neighbor's
/// @param dropout share of a hidden layer's outputs dropped in training
public record Gin(
        @Option(def = "64", help = "width of a node's vector between layers", min = 1, max = 4096)
        int hidden,

        @Option(def = "2", help = "convolutions, one hop each", unit = "hops", min = 1, max = 16)
        int layers,

        @Option(def = "0", help = "how much more a node's own vector counts than a neighbor's", min = -1, max = 100)
        double epsilon,

        @Option(def = "0.5", help = "share of a hidden layer's outputs dropped in training", min = 0, max = 0.95)
        double dropout)
        implements NodeModel {
    public Gin {
        Options.check(Gin.class, hidden, layers, epsilon, dropout);
    }

    @Override
    public Tensor forward(Context c, NodeBatch in) {
        Tensor h = c.features(in);
        for (int l = 0; l < layers; l++) {
            boolean last = l == layers - 1;
            String name = "layer" + l;
            Tensor sum = convolved(c, name + ".in", in.layer(l), h);
            Tensor inner = c.activated(name + ".in", sum, Function.RELU, 0);
            Tensor outer = c.product(name + ".out", inner, last ? c.outputs() : hidden);
            h = last ? c.bias(name + ".out", outer) : c.activated(name + ".out", outer, Function.RELU, dropout);
        }
        return h;
    }

    private Tensor convolved(Context c, String name, LayerEdges edges, Tensor h) {
        return edges.mapFirst(h, hidden)
                ? summed(edges, c.product(name, h, hidden))
                : c.product(name, summed(edges, h), hidden);
    }

    private Tensor summed(LayerEdges edges, Tensor h) {
        if (epsilon == 0) return h.spmm(edges.plusSelf(), Reduce.SUM);
        Tensor own = h.firstRows(edges.targets()).scale((float) (1 + epsilon));
        return h.spmm(edges.pattern(), Reduce.SUM).plus(own);
    }
}
