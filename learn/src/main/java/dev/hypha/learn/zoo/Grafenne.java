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
///     g_f = a vector drawn for the feature f,   h_v = 0                                      [hidden] each
///     1.  u_v = relu(A h_v + att(v; g_f) + a)             over the features f that v has, x_vf not 0
///     2.  u_v = drop(relu(S u_v + N mean_j u_j + b))      over the sources j of the edges into v, `rounds` times
///     3.  g_f = relu(B g_f + att(f; u_v) + d)             over the nodes v that have f;   h_v = u_v
///     logits = C relu(A' h_v + att'(v; g_f) + a') + c     phase 1 once more, after all layers
///     att(i; y_j) = sum_j softmax_j(leaky_relu(L y_i + R y_j + E x_ij)) W y_j, heads apart
///
/// Departures: vectors of features are drawn by their numbers, where the authors' code maps one-hot vectors, whose
/// weights grow with the features. A node begins with nothing, not with ones. Batch norms are left out. Features are
/// edges here, so that answers have no derivatives by them. Where edges are sampled, features hear the nodes at hand.
///
/// @param hidden width of the vectors of nodes and features
/// @param heads that attend apart from each other; a divisor of `hidden`
/// @param blocks of three phases, the paper's layers
/// @param rounds of messages among nodes in a block; the authors' code has two
/// @param dropout share of the vectors of nodes dropped in training
public record Grafenne(
        @Option(def = "64", help = "width of the vectors of nodes and features", min = 1, max = 4096)
        int hidden,

        @Option(def = "4", help = "heads that attend apart from each other, a divisor of hidden", min = 1, max = 256)
        int heads,

        @Option(def = "1", help = "times that features, nodes and features again are gone over", min = 1, max = 64)
        int blocks,

        @Option(def = "2", help = "rounds of messages among nodes each time, one hop each", min = 1, max = 64)
        int rounds,

        @Option(def = "0.5", help = "share of the vectors of nodes dropped in training", min = 0, max = 0.95)
        double dropout)
        implements NodeModel {
    private static final float SLOPE = 0.2f;

    /// What the vectors of features are drawn from: they must be the same in every run.
    private static final long NAMES = 262;

    public Grafenne {
        Options.check(Grafenne.class, hidden, heads, blocks, rounds, dropout);
        if (hidden % heads != 0) {
            throw Options.refused("heads", heads, "which does not divide hidden, " + hidden, "Give a divisor of it.");
        }
    }

    @Override
    public int layers() {
        return blocks * rounds;
    }

    @Override
    public Tensor forward(Context c, NodeBatch in) {
        Tensor g = names(c, in.features().cols());
        Tensor h = null;
        for (int b = 0; b < blocks; b++) {
            String name = "block" + b;
            int first = b * rounds;
            FeatureNodes sources = FeatureNodes.of(in, in.layer(first).sources());
            h = described(c, name + ".features", sources, h, g);
            for (int r = 0; r < rounds; r++) h = convolved(c, name + ".nodes" + r, in.layer(first + r), h);
            FeatureNodes targets = FeatureNodes.of(in, h.rows());
            Tensor own = c.product(name + ".back.self", g, hidden);
            Tensor heard = attended(c, name + ".back", targets.toFeatures(), targets.featureValues(), g, h);
            g = c.activated(name + ".back", own.plus(heard), Function.RELU, 0);
        }
        FeatureNodes last = FeatureNodes.of(in, h.rows());
        return c.linear("answer", described(c, "last.features", last, h, g), c.outputs());
    }

    /// The vectors of features before training has seen them: signs, so that all are as long, and nearly orthogonal.
    private Tensor names(Context c, int features) {
        float length = (float) (1 / Math.sqrt(hidden));
        return c.constant(
                features, hidden, i -> Keys.split(Keys.split(NAMES, i / hidden), i % hidden) < 0 ? -length : length);
    }

    /// Phase 1.
    ///
    /// @param h null where nothing is known of nodes yet
    private Tensor described(Context c, String name, FeatureNodes graph, Tensor h, Tensor g) {
        Tensor heard = attended(c, name, graph.toNodes(), graph.nodeValues(), h, g);
        Tensor sum = h == null ? heard : heard.plus(c.product(name + ".self", h, hidden));
        return c.activated(name, sum, Function.RELU, 0);
    }

    /// A round of phase 2.
    private Tensor convolved(Context c, String name, LayerEdges edges, Tensor u) {
        Tensor own = c.product(name + ".self", u.firstRows(edges.targets()), hidden);
        Tensor others = c.product(name + ".neighbors", u.spmm(edges.pattern(), Reduce.MEAN), hidden);
        return c.activated(name, own.plus(others), Function.RELU, dropout);
    }

    /// @param targets null where nothing is known of them yet
    private Tensor attended(Context c, String name, Csr over, float[] values, Tensor targets, Tensor sources) {
        Tensor right = c.product(name + ".source", sources, heads);
        Tensor left =
                targets == null ? c.constant(over.rows(), heads, _ -> 0) : c.product(name + ".target", targets, heads);
        Tensor edge = c.product(name + ".value", c.constant(values.length, e -> values[e]), heads);
        Tensor scores = left.edgeSum(over, right).plus(edge).leakyRelu(SLOPE);
        return c.product(name, sources, hidden).spmm(over, scores.edgeSoftmax(over));
    }
}
