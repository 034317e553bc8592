package dev.hypha.learn.zoo;

import dev.hypha.learn.Context;
import dev.hypha.learn.NodeBatch;
import dev.hypha.learn.NodeModel;
import dev.hypha.learn.Option;
import dev.hypha.learn.Options;
import dev.hypha.learn.sheaf.BlockProduct;
import dev.hypha.learn.sheaf.CayleyMap;
import dev.hypha.learn.sheaf.Diffusion;
import dev.hypha.learn.sheaf.SheafEdges;
import dev.hypha.learn.sheaf.SheafLaplacian;
import dev.hypha.tensor.Csr;
import dev.hypha.tensor.Function;
import dev.hypha.tensor.Tensor;

/// Neural sheaf diffusion. Bodnar, Di Giovanni, Chamberlain, Lio, Bronstein, "Neural sheaf diffusion: a topological
/// perspective on heterophily and oversmoothing in GNNs", NeurIPS 2022, equations 5 and 6.
///
///     X^0     = drop(elu(W X + b))                                            [nodes, stalk x channels]
///     F_ve    = map(tanh(V_l [x_v ; x_u]))                    for either end v of an edge e = (v, u)
///     X^(l+1) = (1 + tanh(eps_l)) X^l - elu(Delta_l (I x W_1l) drop(X^l) W_2l)
///     logits  = W' X^L + b'
///
/// where Delta_l is the normalised Laplacian of the sheaf with these maps (see [SheafLaplacian]). Maps are a
/// diagonal matrix, a rotation, or any matrix; rotations are also weighed by `s_e = sigmoid(w [x_v ; x_u]) sigmoid(w
/// [x_u ; x_v])`, as in the authors' experiments. Two more dimensions may be added with maps that are not learned,
/// whose Laplacians are of I + A and of I - A.
///
/// Departures: rotations are Cayley transforms, the paper's are products of reflections; both reach the same
/// group. The authors' code perturbs degree blocks so that an SVD has a gradient; the gradient here needs none.
/// Every end of an edge that is looked at tells its own maps, so that on sampled or one-way edges the blocks of
/// the diagonal stand for all edges of a node, as [SheafEdges] says; the Laplacian is symmetric where all edges go
/// both ways.
///
/// @param maps what restriction maps may be
/// @param stalk dimension of the space on each node whose maps are learned
/// @param channels vectors in each such space
/// @param layers steps of diffusion
/// @param lowPass whether stalks have a dimension more with the graph's own Laplacian
/// @param highPass whether stalks have a dimension more with the Laplacian of opposite signs
/// @param dropout share of a hidden layer's outputs dropped in training
/// @param inputDropout share of the features dropped in training
public record Nsd(
        @Option(def = "orthogonal", help = "what restriction maps may be")
        Maps maps,

        @Option(def = "3", help = "dimension of the space on each node", min = 1, max = 8)
        int stalk,

        @Option(def = "16", help = "vectors in the space on each node", min = 1, max = 1024)
        int channels,

        @Option(def = "2", help = "steps of diffusion, one hop each", unit = "hops", min = 1, max = 16)
        int layers,

        @Option(def = "false", help = "whether to add a dimension with the graph's own Laplacian")
        boolean lowPass,

        @Option(def = "false", help = "whether to add a dimension with the Laplacian of opposite signs")
        boolean highPass,

        @Option(def = "0.5", help = "share of a hidden layer's outputs dropped in training", min = 0, max = 0.95)
        double dropout,

        @Option(def = "0", help = "share of the features dropped in training", min = 0, max = 0.95)
        double inputDropout)
        implements NodeModel {
    /// What restriction maps may be.
    public enum Maps {
        /// Each dimension is stretched by itself.
        DIAGONAL,
        /// Rotations: Conn(ection) sheaves.
        ORTHOGONAL,
        /// Any matrix.
        GENERAL
    }

    public Nsd {
        Options.check(Nsd.class, maps, stalk, channels, layers, lowPass, highPass, dropout, inputDropout);
        if (maps == Maps.ORTHOGONAL && stalk == 1) {
            throw Options.refused("stalk", stalk, "but rotations need two dimensions", "Give at least 2.");
        }
    }

    private int dimensions() {
        return stalk + (lowPass ? 1 : 0) + (highPass ? 1 : 0);
    }

    @Override
    public Tensor forward(Context c, NodeBatch in) {
        Tensor given = c.dropout(c.features(in), inputDropout);
        Tensor x = c.activated("in", c.product("in", given, dimensions() * channels), Function.ELU, dropout);
        Diffusion diffusion = new Diffusion(c, dimensions(), channels, dropout);
        for (int l = 0; l < layers; l++) {
            SheafEdges edges = SheafEdges.of(in.layer(l));
            Tensor seen = l == 0 ? x : c.dropout(x, dropout);
            x = diffusion.step("layer" + l, laplacian(c, "layer" + l, edges, seen), x);
        }
        return c.linear("out", x, c.outputs());
    }

    private Diffusion.Laplacian laplacian(Context c, String name, SheafEdges edges, Tensor seen) {
        Diffusion.Laplacian learned = learned(c, name, edges, seen);
        if (dimensions() == stalk) return learned;
        return x -> {
            Tensor out = learned.times(x.sliceColumns(0, stalk * channels));
            int at = stalk;
            if (lowPass) out = out.concat(SheafLaplacian.fixed(c, edges, 1, dimension(x, at++)));
            if (highPass) out = out.concat(SheafLaplacian.fixed(c, edges, -1, dimension(x, at)));
            return out;
        };
    }

    private Tensor dimension(Tensor x, int a) {
        return x.sliceColumns(a * channels, (a + 1) * channels);
    }

    private Diffusion.Laplacian learned(Context c, String name, SheafEdges edges, Tensor seen) {
        int numbers = switch (maps) {
            case DIAGONAL -> stalk;
            case ORTHOGONAL -> CayleyMap.parameters(stalk);
            case GENERAL -> stalk * stalk;
        };
        Ends ends = Ends.of(c, name + ".maps", edges.pattern(), seen, numbers);
        Tensor targets = ends.ofTargets.tanh();
        Tensor sources = ends.ofSources.tanh();
        return switch (maps) {
            case DIAGONAL -> x -> SheafLaplacian.diagonal(c, edges, targets, sources, x);
            case GENERAL -> x -> SheafLaplacian.general(c, edges, stalk, targets, sources, x);
            case ORTHOGONAL -> {
                Tensor blocks =
                        BlockProduct.transposed(stalk, CayleyMap.of(stalk, targets), CayleyMap.of(stalk, sources));
                Ends scores = Ends.of(c, name + ".weights", edges.pattern(), seen, 1);
                Tensor weights = scores.ofTargets.sigmoid().multiply(scores.ofSources.sigmoid());
                yield x -> SheafLaplacian.connection(c, edges, stalk, blocks, weights, x);
            }
        };
    }

    /// V [x_v ; x_u] for the two ends v of every edge, u the other one; shape [edges, numbers] each.
    private record Ends(Tensor ofTargets, Tensor ofSources) {
        static Ends of(Context c, String name, Csr pattern, Tensor x, int numbers) {
            Tensor own = c.product(name + ".own", x, numbers);
            Tensor other = c.product(name + ".other", x, numbers);
            return new Ends(
                    own.firstRows(pattern.rows()).edgeSum(pattern, other),
                    other.firstRows(pattern.rows()).edgeSum(pattern, own));
        }
    }
}
