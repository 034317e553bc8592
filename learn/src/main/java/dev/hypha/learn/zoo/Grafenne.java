package dev.hypha.learn.zoo;

import dev.hypha.learn.Context;
import dev.hypha.learn.Keys;
import dev.hypha.learn.LayerEdges;
import dev.hypha.learn.NodeBatch;
import dev.hypha.learn.NodeModel;
import dev.hypha.learn.Option;
import dev.hypha.learn.Options;
import dev.hypha.tensor.Csr;
import dev.hypha.tensor.Function;
import dev.hypha.tensor.Reduce;
import dev.hypha.tensor.Tensor;

/// Features as nodes of the graph, so that no parameter depends on how many there are: nodes may lack features, and
/// features may come that training has not seen. Gupta, Manchanda, Ranu, Bedathur, "GRAFENNE: learning on graphs with
/// heterogeneous and dynamic feature sets", ICML 2023, the three phases of a layer of section 3.
///
///     g_f = T_a(f) + T_b(f), rows of a table T of `names` rows,   h_v = 0               [hidden] each
///     1.  u_v = drop(A h_v + sum_f x_vf g_f + a)        over the features f that v has, x_vf not 0
///     2.  u   = drop(elu(D^-1/2 (E + I) D^-1/2 u B + b))    over the edges E among nodes, `rounds` times
///     3.  g_f = elu(C g_f + F mean_v x_vf u_v + c)      over the nodes v that have f;   h_v = u_v
///     logits = O h_v + o                                        after phase 2 of the last of `blocks`
///
/// A feature's number is hashed to its two rows: Svenstrup, Hansen, Winther, "Hash embeddings for efficient word
/// representations", NIPS 2017, without weights.
///
/// Departures: the authors' code maps one-hot vectors of features, so that its first map grows with the features; a
/// table of a given length does not. It attends over features and has means over neighbors in phase 2 (the paper
/// leaves the kind of message passing open), with maps, batch norms and relus beside. Sums of vectors as they are, and
/// the convolution of a GCN, are better on the validation nodes of Cora with most features hidden, where the few words
/// of a node are soon learned by heart. For the same reason features are not gone over once more before the answer, as
/// that code does with one block, not with two. Features are edges here, so that answers have no derivatives by them.
/// Where edges are sampled, features hear the nodes at hand.
///
/// @param hidden width of the vectors of nodes and features
/// @param blocks of three phases, the paper's layers
/// @param rounds of messages among nodes in a block
/// @param names rows of the table that features' first vectors are sums of
/// @param dropout share of the vectors of nodes dropped in training
public record Grafenne(
        @Option(def = "64", help = "width of the vectors of nodes and features", min = 1, max = 4096)
        int hidden,

        @Option(def = "1", help = "times that features and nodes are gone over", min = 1, max = 64)
        int blocks,

        @Option(def = "3", help = "rounds of messages among nodes each time, one hop each", min = 1, max = 64)
        int rounds,

        @Option(
                def = "4096",
                help = "rows of the table that features' first vectors are sums of",
                min = 2,
                max = 16777216)
        int names,

        @Option(def = "0.5", help = "share of the vectors of nodes dropped in training", min = 0, max = 0.95)
        double dropout)
        implements NodeModel {
    /// What the rows of a feature are drawn from: they must be the same in every run.
    private static final long NAMES = 262;

    public Grafenne {
        Options.check(Grafenne.class, hidden, blocks, rounds, names, dropout);
    }

    @Override
    public int layers() {
        return blocks * rounds;
    }

    @Override
    public Tensor forward(Context c, NodeBatch in) {
        Tensor g = named(c, in);
        Tensor h = null;
        for (int b = 0; b < blocks; b++) {
            String name = "block" + b;
            int first = b * rounds;
            if (b > 0) g = heard(c, name + ".back", FeatureNodes.of(in, h.rows()), g, h);
            h = described(
                    c, name + ".features", FeatureNodes.of(in, in.layer(first).sources()), h, g);
            for (int r = 0; r < rounds; r++) h = convolved(c, name + ".nodes" + r, in.layer(first + r), h);
        }
        return c.linear("answer", h, c.outputs());
    }

    /// The vectors that features begin with, shape [features, hidden].
    private Tensor named(Context c, NodeBatch in) {
        record Named(int features, int names) {}
        int features = in.features().cols();
        Csr rows = in.layer(0).once(new Named(features, names), Csr.class, () -> rows(features));
        return c.embeddingBag("names", rows, hidden, Reduce.SUM);
    }

    /// The rows of the table by feature.
    private Csr rows(int features) {
        int[] offsets = new int[features + 1];
        int[] rows = new int[Math.multiplyExact(2, features)];
        for (int f = 0; f < features; f++) {
            for (int i = 0; i < 2; i++) {
                rows[2 * f + i] = (int) Long.remainderUnsigned(Keys.split(Keys.split(NAMES, f), i), names);
            }
            offsets[f + 1] = 2 * f + 2;
        }
        return new Csr(features, names, offsets, rows);
    }

    /// Phase 1.
    ///
    /// @param h null where nothing is known of nodes yet
    private Tensor described(Context c, String name, FeatureNodes graph, Tensor h, Tensor g) {
        Tensor sum = g.spmm(graph.toNodes(), values(c, graph.nodeValues()));
        Tensor all = h == null ? sum : sum.plus(c.product(name + ".self", h, hidden));
        return c.dropout(c.bias(name, all), dropout);
    }

    /// A round of phase 2.
    private Tensor convolved(Context c, String name, LayerEdges edges, Tensor u) {
        return c.activated(name, edges.normalised(c, c.product(name, u, hidden)), Function.ELU, dropout);
    }

    /// Phase 3.
    private Tensor heard(Context c, String name, FeatureNodes graph, Tensor g, Tensor u) {
        Tensor own = c.product(name + ".self", g, hidden);
        Tensor mean = u.spmm(graph.toFeatures(), values(c, graph.featureValues()), Reduce.MEAN);
        return c.activated(name, own.plus(c.product(name, mean, hidden)), Function.ELU, 0);
    }

    private static Tensor values(Context c, float[] values) {
        return c.constant(values.length, e -> values[e]);
    }
}
