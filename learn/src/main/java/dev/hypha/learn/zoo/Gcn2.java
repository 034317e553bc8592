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
/// with D the degrees of A + I. Convolution and map of a layer are worked out as
///
///     H^l = relu((D^-1/2 (A + I) D^-1/2 drop(H^(l-1)) + alpha / (1 - alpha) H^0) M_l)
///     M_l = (1 - alpha) ((1 - beta_l) I + beta_l W_l)                          [hidden, hidden]
///
/// so that factors touch small matrices alone.
///
/// @param hidden width of a node's vector
/// @param layers convolutions L
/// @param alpha share of the first vector in each convolution
/// @param lambda how slowly maps give way to the identity in later layers
/// @param dropout share of features and of each layer's outputs dropped in training
/// @param mapsL2 L2 of the maps W_l beside that of the training; the authors' code has 0.01 on them and 0.0005 on the
///     two others
public record Gcn2(
        @Option(def = "64", help = "width of a node's vector", min = 1, max = 4096)
        int hidden,

        @Option(def = "8", help = "convolutions, one hop each", unit = "hops", min = 1, max = 256)
        int layers,

        @Option(def = "0.1", help = "share of the first vector in each convolution", min = 0, max = 0.99)
        double alpha,

        @Option(def = "0.5", help = "how slowly maps give way to the identity in later layers", min = 0, max = 100)
        double lambda,

        @Option(def = "0.6", help = "share of features and outputs dropped in training", min = 0, max = 0.95)
        double dropout,

        @Option(def = "0", help = "L2 of the convolutions' maps beside that of all", min = 0, max = 1)
        double mapsL2)
        implements NodeModel {
    public Gcn2 {
        Options.check(Gcn2.class, hidden, layers, alpha, lambda, dropout, mapsL2);
    }

    @Override
    public Tensor forward(Context c, NodeBatch in) {
        Tensor x = c.dropout(c.features(in), dropout);
        Tensor first = c.activated("in", c.product("in", x, hidden), Function.RELU, 0);
        Tensor again = first.scale((float) (alpha / (1 - alpha)));
        Tensor h = c.dropout(first, dropout);
        for (int l = 0; l < layers; l++) {
            Tensor spread = in.layer(l).normalised(c, h);
            Tensor sum = spread.plus(again.firstRows(spread.rows()));
            h = c.dropout(sum.times(map(c, l)).relu(), dropout);
        }
        return c.linear("out", h, c.outputs());
    }

    /// M of a layer, shape [hidden, hidden].
    private Tensor map(Context c, int layer) {
        Tensor identity = c.constant(hidden, hidden, i -> i / hidden == i % hidden ? 1 : 0);
        Tensor w = c.product("layer" + layer, identity, hidden);
        if (c.training() && mapsL2 > 0) c.penalise(w.multiply(w).sum().scale((float) (mapsL2 / 2)));
        double beta = Math.min(1, Math.log(lambda / (layer + 1) + 1));
        return w.scale((float) ((1 - alpha) * beta)).plus(identity.scale((float) ((1 - alpha) * (1 - beta))));
    }
}
