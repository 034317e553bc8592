package dev.hypha.learn.zoo;

import dev.hypha.learn.Context;
import dev.hypha.learn.NodeBatch;
import dev.hypha.learn.NodeModel;
import dev.hypha.learn.Option;
import dev.hypha.learn.Options;
import dev.hypha.tensor.Function;
import dev.hypha.tensor.Tensor;

/// Graph convolutional network. Kipf and Welling, "Semi-supervised classification with graph convolutional networks",
/// ICLR 2017, equation 2.
///
///     H^0 = X                                                          [nodes, features]
///     H^l = drop(relu(D^-1/2 (A + I) D^-1/2 H^(l-1) W_l + b_l))        [nodes, hidden]
///
/// with D the degrees of A + I; the last layer is without drop and relu, and as wide as the outputs.
///
/// Departures: a bias per layer, as the authors' later code has it; features are not dropped. Where edges are sampled,
/// they are weighed up as `LayerEdges.normalised` says.
///
/// @param hidden width of a node's vector between layers
/// @param layers convolutions
/// @param dropout share of a hidden layer's outputs dropped in training
public record Gcn(
        @Option(def = "64", help = "width of a node's vector between layers", min = 1, max = 4096)
        int hidden,

        @Option(def = "2", help = "convolutions, one hop each", unit = "hops", min = 1, max = 16)
        int layers,

        @Option(def = "0.5", help = "share of a hidden layer's outputs dropped in training", min = 0, max = 0.95)
        double dropout)
        implements NodeModel {
    public Gcn {
        Options.check(Gcn.class, hidden, layers, dropout);
    }

    @Override
    public Tensor forward(Context c, NodeBatch in) {
        Tensor h = c.features(in);
        for (int l = 0; l < layers; l++) {
            boolean last = l == layers - 1;
            Tensor mapped = c.product("layer" + l, h, last ? c.outputs() : hidden);
            Tensor sum = in.layer(l).normalised(c, mapped);
            h = last ? c.bias("layer" + l, sum) : c.activated("layer" + l, sum, Function.RELU, dropout);
        }
        return h;
    }
}
