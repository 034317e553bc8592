package dev.hypha.learn.zoo;

import dev.hypha.learn.Context;
import dev.hypha.learn.NodeBatch;
import dev.hypha.learn.NodeModel;
import dev.hypha.learn.Option;
import dev.hypha.learn.Options;
import dev.hypha.tensor.Function;
import dev.hypha.tensor.Tensor;

/// GCNII: a graph convolutional network with initial residual and identity mapping. Chen, Wei, Huang, Ding, Li, "Simple
/// and deep graph convolutional networks", ICML 2020, equation 5.
///
///     H^0 = relu(drop(X) W_in + b_in)                                          [nodes, hidden]
///     S^l = (1 - alpha) D^-1/2 (A + I) D^-1/2 drop(H^(l-1)) + alpha H^0
///     H^l = relu((1 - beta_l) S^l + beta_l S^l W_l),   beta_l = log(lambda / l + 1)
///     logits = drop(H^L) W_out + b_out                                         [nodes, outputs]
///
/// with D the degrees of A + I.
///
/// @param hidden width of a node's vector
/// @param layers convolutions L
/// @param alpha share of the first vector in each convolution
/// @param lambda how slowly maps give way to the identity in later layers
/// @param dropout share of features and of each layer's outputs dropped in training
public record Gcn2(
        @Option(def = "64", help = "width of a node's vector", min = 1, max = 4096)
        int hidden,

        @Option(def = "8", help = "convolutions, one hop each", unit = "hops", min = 1, max = 256)
        int layers,

        @Option(def = "0.1", help = "share of the first vector in each convolution", min = 0, max = 1)
        double alpha,

        @Option(def = "0.5", help = "how slowly maps give way to the identity in later layers", min = 0, max = 100)
        double lambda,

        @Option(def = "0.6", help = "share of features and outputs dropped in training", min = 0, max = 0.95)
        double dropout)
        implements NodeModel {
    public Gcn2 {
        Options.check(Gcn2.class, hidden, layers, alpha, lambda, dropout);
    }

    @Override
    public Tensor forward(Context c, NodeBatch in) {
        Tensor x = c.dropout(c.features(in), dropout);
        Tensor first = c.activated("in", c.product("in", x, hidden), Function.RELU, 0);
        Tensor h = c.dropout(first, dropout);
        for (int l = 0; l < layers; l++) {
            Tensor spread = in.layer(l).normalised(c, h).scale((float) (1 - alpha));
            Tensor sum = spread.plus(first.firstRows(spread.rows()).scale((float) alpha));
            float beta = (float) Math.min(1, Math.log(lambda / (l + 1) + 1));
            Tensor mapped = c.product("layer" + l, sum, hidden).scale(beta);
            h = c.dropout(sum.scale(1 - beta).plus(mapped).relu(), dropout);
        }
        return c.linear("out", h, c.outputs());
    }
}
