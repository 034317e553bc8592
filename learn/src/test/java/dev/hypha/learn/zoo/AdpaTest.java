package dev.hypha.learn.zoo;

import static dev.hypha.learn.zoo.SmallGraph.INTO;
import static dev.hypha.learn.zoo.SmallGraph.NODES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hypha.learn.Context;
import dev.hypha.learn.DecoupledModel;
import dev.hypha.learn.NodeBatch;
import dev.hypha.learn.NodeModel;
import dev.hypha.learn.Options;
import dev.hypha.tensor.Tensor;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class AdpaTest {
    private static final int STEPS = 2;

    /// Patterns and, as matrices to be multiplied from the left, whom each step of them hears from.
    private static final Map<String, String[]> PATTERNS = Map.of(
            "a", new String[] {"from"},
            "t", new String[] {"into"},
            "aa", new String[] {"from", "from"},
            "at", new String[] {"from", "into"},
            "ta", new String[] {"into", "from"},
            "tt", new String[] {"into", "into"});

    private static final String[] ORDER = {"a", "t", "aa", "at", "ta", "tt"};

    @Test
    void agreesWithTheEquationsReadOneNodeAtATime() {
        Adpa model = Options.read(Adpa.class, Map.of("hidden", "3", "hops", "" + STEPS));
        for (NodeModel form : new NodeModel[] {model, new Whole(model)}) {
            try (SmallGraph graph = new SmallGraph()) {
                float[][] logits = graph.logits(form, 2);
                for (int i = 0; i < NODES; i++) {
                    double[] expected = slow(graph, i);
                    for (int c = 0; c < 2; c++) {
                        assertThat((double) logits[i][c]).as("node " + i).isCloseTo(expected[c], within(1e-4));
                    }
                }
            }
        }
    }

    /// The two halves one after the other.
    private record Whole(DecoupledModel model) implements NodeModel {
        @Override
        public int layers() {
            return model.layers();
        }

        @Override
        public Tensor forward(Context c, NodeBatch in) {
            return model.classify(c, model.propagate(c, in));
        }
    }

    private static double[] slow(SmallGraph graph, int node) {
        double[] all = ended(graph, "own", graph.times(graph.features(node), "own"));
        for (String pattern : ORDER) {
            double[][] x = new double[STEPS + 1][];
            for (int k = 0; k <= STEPS; k++) x[k] = followed(graph, PATTERNS.get(pattern), k, node);
            String name = "pattern." + pattern;
            double reference = graph.bias(new double[1], name + ".score")[0];
            for (int k = 0; k <= STEPS; k++) reference += graph.times(x[k], name + ".all")[k];
            double[] weights = new double[STEPS + 1];
            double total = 0;
            for (int k = 0; k <= STEPS; k++) {
                double score = reference + graph.times(x[k], name + ".own")[0];
                weights[k] = Math.exp(1 / (1 + Math.exp(-score)));
                total += weights[k];
            }
            double[] mean = new double[3];
            for (int k = 0; k <= STEPS; k++) mean = SmallGraph.add(mean, weights[k] / total, x[k]);
            double[] head = ended(graph, name, graph.times(mean, name));
            double[] more = new double[all.length + head.length];
            System.arraycopy(all, 0, more, 0, all.length);
            System.arraycopy(head, 0, more, all.length, head.length);
            all = more;
        }
        return graph.bias(graph.times(all, "answer"), "answer");
    }

    private static double[] ended(SmallGraph graph, String name, double[] x) {
        return SmallGraph.relu(graph.bias(x, name));
    }

    /// Row `node` of (G_1 G_2)^k X, or G_1^k X, where a pattern's first matrix stands on the left.
    private static double[] followed(SmallGraph graph, String[] ways, int k, int node) {
        if (k == 0) return graph.features(node);
        return along(graph, ways, 0, k, node);
    }

    private static double[] along(SmallGraph graph, String[] ways, int at, int k, int node) {
        if (at == ways.length) return followed(graph, ways, k - 1, node);
        double[] sum = new double[3];
        for (int other = 0; other < NODES; other++) {
            boolean into = ways[at].equals("into");
            int count = into ? count(node, other) : count(other, node);
            if (count == 0) continue;
            double degrees = into ? in(node) * out(other) : out(node) * in(other);
            sum = SmallGraph.add(sum, count / Math.sqrt(degrees), along(graph, ways, at + 1, k, other));
        }
        return sum;
    }

    /// Arcs that lead from one node to another.
    private static int count(int to, int from) {
        int count = 0;
        for (int j : INTO[to]) count += j == from ? 1 : 0;
        return count;
    }

    private static double in(int node) {
        return INTO[node].length;
    }

    private static double out(int node) {
        int out = 0;
        for (int i = 0; i < NODES; i++) out += count(i, node);
        return out;
    }

    /// The check of the paper: classes in a ring, told directions, beside a graph convolution that is not.
    @Test
    void isTenPointsAboveAGraphConvolutionOnADirectedRing() {
        Adpa model = Options.read(Adpa.class, Map.of("hidden", "16"));
        Gcn gcn = Options.read(Gcn.class, Map.of("hidden", "16"));
        double directed = CyclicCommunities.accuracy(model, true);
        assertThat(directed).isGreaterThan(0.7);
        assertThat(directed).isGreaterThan(CyclicCommunities.accuracy(gcn, true) + 0.1);
    }
}
