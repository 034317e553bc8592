package dev.hypha.learn.zoo;

import dev.hypha.learn.Context;
import dev.hypha.learn.LayerEdges;
import dev.hypha.learn.NodeBatch;
import dev.hypha.learn.NodeModel;
import dev.hypha.learn.Option;
import dev.hypha.learn.Options;
import dev.hypha.learn.sheaf.Connection;
import dev.hypha.learn.sheaf.Diffusion;
import dev.hypha.learn.sheaf.SheafEdges;
import dev.hypha.learn.sheaf.SheafLaplacian;
import dev.hypha.tensor.Function;
import dev.hypha.tensor.Tensor;

/// Neural sheaf diffusion with a connection Laplacian. Barbero, Bodnar, Saez de Ocariz Borde, Bronstein, Velickovic,
/// Lio, "Sheaf neural networks with connection Laplacians", TAG-ML workshop at ICML 2022, section 3.
///
///     X^0     = drop(elu(W X + b))                                            [nodes, stalk x channels]
///     X^(l+1) = (1 + tanh(eps_l)) X^l - elu(Delta (I x W_1l) drop(X^l) W_2l)
///     logits  = W' X^L + b'
///
/// where Delta is the normalised Laplacian of the rotations that [Connection] reads off the features: the sheaf is the
/// same in every layer and step, and is not learned.
///
/// Departures: see [Connection] for what the paper leaves open. On sampled edges the rotations are those of the
/// neighborhoods as sampled.
///
/// @param stalk dimension of the space on each node, not more than there are features
/// @param channels vectors in each such space
/// @param layers steps of diffusion
/// @param dropout share of a hidden layer's outputs dropped in training
/// @param inputDropout share of the features dropped in training
public record ConnNsd(
        @Option(def = "3", help = "dimension of the space on each node", min = 2, max = 8)
        int stalk,

        @Option(def = "16", help = "vectors in the space on each node", min = 1, max = 1024)
        int channels,

        @Option(def = "2", help = "steps of diffusion, one hop each", unit = "hops", min = 1, max = 16)
        int layers,

        @Option(def = "0.5", help = "share of a hidden layer's outputs dropped in training", min = 0, max = 0.95)
        double dropout,

        @Option(def = "0", help = "share of the features dropped in training", min = 0, max = 0.95)
        double inputDropout)
        implements NodeModel {
    public ConnNsd {
        Options.check(ConnNsd.class, stalk, channels, layers, dropout, inputDropout);
    }

    @Override
    public Tensor forward(Context c, NodeBatch in) {
        Tensor given = c.dropout(c.features(in), inputDropout);
        Tensor x = c.activated("in", c.product("in", given, stalk * channels), Function.ELU, dropout);
        Diffusion diffusion = new Diffusion(c, stalk, channels, dropout);
        Tensor blocks = null;
        for (int l = 0; l < layers; l++) {
            LayerEdges layer = in.layer(l);
            SheafEdges edges = SheafEdges.of(layer);
            if (l == 0 || layer != in.layer(l - 1)) {
                float[] turns =
                        Connection.blocks(layer, in.features(), in.nodes().orElse(null), stalk);
                blocks = c.constant(edges.pattern().edges(), stalk * stalk, turns);
            }
            Tensor turned = blocks;
            x = diffusion.step("layer" + l, y -> SheafLaplacian.connection(c, edges, stalk, turned, null, y), x);
        }
        return c.linear("out", x, c.outputs());
    }
}
