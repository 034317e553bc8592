package dev.hypha.learn.zoo;

import static dev.hypha.learn.zoo.SmallGraph.INTO;
import static dev.hypha.learn.zoo.SmallGraph.NODES;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hypha.learn.Options;
import dev.hypha.tensor.Csr;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class LcmTest {
    private static final int HIDDEN = 3;

    @Test
    void agreesWithTheEquationsReadOneNodeAtATime() {
        Lcm model = Options.read(Lcm.class, Map.of("hidden", "" + HIDDEN));
        try (SmallGraph graph = new SmallGraph()) {
            float[][] logits = graph.logits(model, 2);
            double[][] hidden = SlowMath.each(layer(graph, SlowMath.features(graph), "layer0"), SmallGraph::relu);
            SlowMath.assertClose(logits, layer(graph, hidden, "layer1"));
        }
    }

    private static double[][] layer(SmallGraph graph, double[][] h, String name) {
        double[][] messages = SlowMath.each(SlowMath.linear(graph, h, name + ".message"), SmallGraph::relu);
        double[][] out = new double[NODES][];
        for (int i = 0; i < NODES; i++) {
            List<double[]> level = new ArrayList<>();
            for (int j : INTO[i]) level.add(messages[j]);
            double[] reduced = level.isEmpty() ? new double[HIDDEN] : tree(graph, name, level);
            double[] own = graph.times(h[i], name + ".self");
            out[i] = graph.bias(SmallGraph.add(own, 1, graph.times(reduced, name + ".neighbors")), name);
        }
        return out;
    }

    private static double[] tree(SmallGraph graph, String name, List<double[]> level) {
        if (level.size() == 1) return level.getFirst();
        List<double[]> next = new ArrayList<>();
        for (int k = 0; k < level.size(); k += 2) {
            boolean pair = k + 1 < level.size();
            next.add(pair ? combined(graph, name, level.get(k), level.get(k + 1)) : level.get(k));
        }
        return tree(graph, name, next);
    }

    private static double[] combined(SmallGraph graph, String name, double[] x, double[] y) {
        double[] sum = SmallGraph.add(gated(graph, name, x, y), 1, gated(graph, name, y, x));
        return Arrays.stream(sum).map(v -> v / 2).toArray();
    }

    private static double[] gated(SmallGraph graph, String name, double[] x, double[] y) {
        double[] update = SlowMath.linear(graph, beside(x, y), name + ".update");
        double[] reset = SlowMath.linear(graph, beside(x, y), name + ".reset");
        double[] left = y.clone();
        for (int c = 0; c < y.length; c++) left[c] *= SlowMath.sigmoid(reset[c]);
        double[] fresh = SlowMath.linear(graph, beside(x, left), name + ".fresh");
        double[] out = new double[y.length];
        for (int c = 0; c < y.length; c++) {
            double z = SlowMath.sigmoid(update[c]);
            out[c] = (1 - z) * Math.tanh(fresh[c]) + z * y[c];
        }
        return out;
    }

    private static double[] beside(double[] x, double[] y) {
        return DoubleStream.concat(Arrays.stream(x), Arrays.stream(y)).toArray();
    }

    /// d elements are reduced in ceil(log2 d) levels, and every one is used once.
    @Test
    void treesAreBalancedAndUseEachElementOnce() {
        for (int degree = 0; degree <= 33; degree++) {
            int[] sources = IntStream.range(0, degree + 1).toArray();
            // A second target with one source, which waits at each level.
            Csr pattern = new Csr(2, degree + 1, new int[] {0, degree, degree + 1}, sources);
            ReductionTree tree = ReductionTree.of(pattern);
            int expected = degree <= 1 ? 0 : (int) Math.ceil(Math.log(degree) / Math.log(2) - 1e-9);
            assertThat(tree.levels()).as("degree " + degree).hasSize(expected);
            long[] sums = Arrays.stream(sources).mapToLong(j -> 1L << j).toArray();
            for (ReductionTree.Level level : tree.levels()) {
                long[] before = sums;
                sums = IntStream.range(0, level.left().length)
                        .mapToLong(i -> level.left()[i] == level.right()[i]
                                ? before[level.left()[i]]
                                : before[level.left()[i]] + before[level.right()[i]])
                        .toArray();
            }
            Csr roots = tree.roots();
            assertThat(roots.degree(0)).isEqualTo(Math.min(1, degree));
            if (degree > 0) assertThat(sums[roots.indices()[0]]).isEqualTo((1L << degree) - 1);
            assertThat(sums[roots.indices()[roots.offsets()[1]]]).isEqualTo(1L << degree);
        }
    }

    @Test
    void neighborsTellWhatFeaturesDoNot() {
        Lcm model = Options.read(Lcm.class, Map.of("hidden", "8", "dropout", "0.2"));
        assertThat(PlantedCommunities.accuracy(model, 0.8, "0.05")).isGreaterThan(0.7);
        assertThat(PlantedCommunities.accuracy(model, 1 / 3.0, "0.05")).isLessThan(0.6);
    }

    /// The paper's claim: what sums cannot tell of sets larger than those seen in training, a learned
    /// operation can.
    @Test
    void parityOfSetsFourTimesAsLarge() {
        Map<String, String> small = Map.of("hidden", "16", "layers", "1");
        double learned = Sets.parity(Options.read(Lcm.class, small), 100, "0.02");
        double summed = Sets.parity(Options.read(Gin.class, small), 100, "0.02");
        assertThat(learned).isGreaterThan(0.95).isGreaterThan(summed + 0.2);
    }
}
