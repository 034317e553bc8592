package dev.hypha.learn.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hypha.algorithms.SimpleGraph;
import dev.hypha.algorithms.Threads;
import dev.hypha.algorithms.resistance.EffectiveResistance;
import dev.hypha.learn.LayerEdges;
import dev.hypha.learn.NodeModel;
import dev.hypha.learn.Options;
import dev.hypha.learn.Place;
import dev.hypha.learn.Progress;
import dev.hypha.learn.Weights;
import dev.hypha.learn.data.Arcs;
import dev.hypha.learn.zoo.Gcn;
import dev.hypha.learn.zoo.Sgc;
import dev.hypha.tensor.Csr;
import dev.hypha.tensor.KernelProvider;
import dev.hypha.tensor.Matrix;
import dev.hypha.tensor.Memory;
import dev.hypha.tensor.Purpose;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Di Giovanni et al., ICML 2023: Jacobians of pairs of nodes on generated graphs.
final class InputSensitivityTest {
    private static final int WIDTH = 4;
    private static final int OUTPUTS = 3;

    private final Memory memory = Memory.unlimited();
    private final KernelProvider provider = KernelProvider.choose(1);

    @AfterEach
    void free() {
        provider.close();
        memory.close();
    }

    private static SimpleGraph graph(int nodes, int more, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int[][] edges = new int[nodes - 1 + more][];
        for (int i = 1; i < nodes; i++) edges[i - 1] = new int[] {i, random.nextInt(i)};
        for (int i = nodes - 1; i < edges.length; i++) {
            edges[i] = new int[] {random.nextInt(nodes), random.nextInt(nodes)};
        }
        return SimpleGraph.of(nodes, edges);
    }

    private double[][] sensitivity(NodeModel model, Weights weights, SimpleGraph graph, long seed) {
        LayerEdges edges = Arcs.edges(new Csr(graph.nodes(), graph.nodes(), graph.offsets(), graph.neighbors()));
        SplittableRandom random = new SplittableRandom(seed);
        try (Matrix features = Matrix.of(memory, Purpose.FEATURES, graph.nodes(), WIDTH)) {
            for (long i = 0; i < features.size(); i++) features.put(i, (float) random.nextDouble(-1, 1));
            int[] targets = IntStream.range(0, graph.nodes()).toArray();
            Place place = new Place(provider, memory, Progress.SILENT);
            return InputSensitivity.of(model, weights, OUTPUTS, features, edges, targets, place);
        }
    }

    /// (D^-1/2 (A + I) D^-1/2)^k in float64.
    private static double[][] power(SimpleGraph graph, int k) {
        int n = graph.nodes();
        double[][] power = new double[n][n];
        for (int i = 0; i < n; i++) power[i][i] = 1;
        for (int step = 0; step < k; step++) {
            double[][] next = new double[n][n];
            for (int i = 0; i < n; i++) {
                for (int m = 0; m < n; m++) {
                    if (m != i && !graph.joined(i, m)) continue;
                    double weight = 1 / Math.sqrt((graph.degree(i) + 1.0) * (graph.degree(m) + 1.0));
                    for (int j = 0; j < n; j++) next[i][j] += weight * power[m][j];
                }
            }
            power = next;
        }
        return power;
    }

    /// The sum of the entries of |W_1| .. |W_m|.
    private static double weightSum(Weights weights, String... names) {
        double[] sums = new double[WIDTH];
        Arrays.fill(sums, 1);
        for (String name : names) {
            Matrix w = weights.parameters().get(name).value();
            double[] next = new double[w.cols()];
            for (int r = 0; r < w.rows(); r++) {
                for (int c = 0; c < w.cols(); c++) next[c] += sums[r] * Math.abs(w.get(r, c));
            }
            sums = next;
        }
        return Arrays.stream(sums).sum();
    }

    @Test
    void ofALinearModelItIsThePropagationTimesTheWeights() {
        SimpleGraph graph = graph(15, 8, 3);
        try (Weights weights = new Weights(memory, 5)) {
            Sgc model = Options.read(Sgc.class, Map.of("hops", "3"));
            double[][] found = sensitivity(model, weights, graph, 1);
            double[][] power = power(graph, 3);
            double sum = weightSum(weights, "classify.weight");
            for (int v = 0; v < 15; v++) {
                for (int u = 0; u < 15; u++) assertThat(found[v][u]).isCloseTo(sum * power[v][u], within(1e-4));
            }
        }
    }

    /// The check: the paper's bound is never violated.
    @Test
    void theBoundHolds() {
        Gcn model = Options.read(Gcn.class, Map.of("layers", "4", "hidden", "8"));
        for (long seed = 0; seed < 10; seed++) {
            SimpleGraph graph = graph(20, 10, seed);
            try (Weights weights = new Weights(memory, seed)) {
                double[][] found = sensitivity(model, weights, graph, seed);
                double[][] power = power(graph, 4);
                double sum = weightSum(weights, "layer0.weight", "layer1.weight", "layer2.weight", "layer3.weight");
                double largest = 0;
                for (int v = 0; v < 20; v++) {
                    for (int u = 0; u < 20; u++) {
                        assertThat(found[v][u]).as("seed %d", seed).isLessThanOrEqualTo(sum * power[v][u] * 1.0001);
                        if (power[v][u] == 0) assertThat(found[v][u]).isZero();
                        largest = Math.max(largest, found[v][u]);
                    }
                }
                assertThat(largest).isPositive();
            }
        }
    }

    /// The check: what takes long to commute to is heard little. As in theorem 5.5 of the paper, what two
    /// nodes hear of each other is set against what each hears of itself, per degree, over networks of all
    /// depths.
    @Test
    void longCommutesAreHeardLittle() {
        for (long seed = 0; seed < 3; seed++) {
            SimpleGraph graph = graph(20, 6, seed);
            double[][] heard = new double[20][20];
            for (int layers = 1; layers <= 12; layers++) {
                Gcn model = Options.read(Gcn.class, Map.of("layers", "" + layers, "hidden", "16"));
                for (long draw = 0; draw < 2; draw++) {
                    try (Weights weights = new Weights(memory, 100 * seed + draw)) {
                        addNormalised(sensitivity(model, weights, graph, draw), graph, heard);
                    }
                }
            }
            assertThat(spearman(graph, heard)).as("seed %d", seed).isLessThanOrEqualTo(-0.8);
        }
    }

    /// Adds sensitivities per root of the degrees, so scaled that weights of one depth count as much as of
    /// another.
    private static void addNormalised(double[][] found, SimpleGraph graph, double[][] sums) {
        int n = found.length;
        double all = 0;
        double degrees = 0;
        for (int v = 0; v < n; v++) {
            degrees += graph.degree(v) + 1;
            for (int u = 0; u < n; u++) all += root(graph, v, u) * found[v][u];
        }
        for (int v = 0; v < n; v++) {
            for (int u = 0; u < n; u++) sums[v][u] += found[v][u] / root(graph, v, u) * degrees / all;
        }
    }

    private static double root(SimpleGraph graph, int v, int u) {
        return Math.sqrt((graph.degree(v) + 1.0) * (graph.degree(u) + 1.0));
    }

    private static double spearman(SimpleGraph graph, double[][] heard) {
        EffectiveResistance resistance = EffectiveResistance.exact(graph, Threads.ONE);
        int n = graph.nodes();
        double[] times = new double[n * (n - 1) / 2];
        double[] sensitivities = new double[times.length];
        int at = 0;
        for (int v = 0; v < n; v++) {
            for (int u = 0; u < v; u++) {
                times[at] = 2.0 * graph.pairs() * resistance.between(v, u);
                sensitivities[at++] = heard[v][u] + heard[u][v] - heard[v][v] - heard[u][u];
            }
        }
        double[] a = ranks(times);
        double[] b = ranks(sensitivities);
        double middle = (times.length - 1) / 2.0;
        double both = 0;
        double first = 0;
        for (int i = 0; i < times.length; i++) {
            both += (a[i] - middle) * (b[i] - middle);
            first += (a[i] - middle) * (a[i] - middle);
        }
        return both / first;
    }

    private static double[] ranks(double[] values) {
        Integer[] order = IntStream.range(0, values.length).boxed().toArray(Integer[]::new);
        Arrays.sort(order, Comparator.comparingDouble(i -> values[i]));
        double[] ranks = new double[values.length];
        for (int i = 0; i < order.length; i++) ranks[order[i]] = i;
        return ranks;
    }
}
