package dev.hypha.learn.zoo;

import static dev.hypha.learn.zoo.SmallGraph.NODES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hypha.learn.Options;
import dev.hypha.tensor.Matrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Every way of stacking, with layers that look at each node alone, beside its equations read in float64.
final class StackTest {
    private static final int LAYERS = 3;
    private static final int HIDDEN = 4;
    private static final int OUTPUTS = 2;

    static Stream<Arguments> ways() {
        return Arrays.stream(Norm.values())
                .flatMap(norm -> Arrays.stream(Jumping.values()).map(jumping -> Arguments.of(norm, jumping)));
    }

    @ParameterizedTest(name = "norm {0}, jumping {1}")
    @MethodSource("ways")
    void agreesWithTheEquations(Norm norm, Jumping jumping) {
        for (boolean residual : new boolean[] {false, true}) {
            Mlp model = new Mlp(HIDDEN, new Stack(LAYERS, 0.5, 0.5, residual, norm, jumping));
            try (SmallGraph graph = new SmallGraph()) {
                float[][] logits = graph.logits(model, OUTPUTS);
                double[][] expected = slow(graph, model.stack());
                for (int i = 0; i < NODES; i++) {
                    for (int c = 0; c < OUTPUTS; c++) {
                        assertThat((double) logits[i][c])
                                .as("node %d, residual: %s", i, residual)
                                .isCloseTo(expected[i][c], within(1e-4));
                    }
                }
            }
        }
    }

    private static double[][] slow(SmallGraph graph, Stack stack) {
        double[][] h = new double[NODES][];
        Arrays.setAll(h, graph::features);
        List<double[][]> hidden = new ArrayList<>();
        for (int l = 0; l < LAYERS; l++) {
            String name = "layer" + l;
            double[][] sum = each(h, x -> graph.times(x, name));
            if (l == LAYERS - 1 && stack.jumping() == Jumping.NONE) return each(sum, x -> graph.bias(x, name));
            if (stack.residual()) {
                double[][] own = l == 0 ? each(h, x -> graph.times(x, name + ".skip")) : h;
                for (int i = 0; i < NODES; i++) sum[i] = SmallGraph.add(sum[i], 1, own[i]);
            }
            h = each(normed(graph, stack.norm(), name, sum), SmallGraph::relu);
            hidden.add(h);
        }
        double[][] read = jumped(stack.jumping(), hidden);
        return each(read, x -> graph.bias(graph.times(x, "answer"), "answer"));
    }

    private static double[][] normed(SmallGraph graph, Norm norm, String name, double[][] x) {
        return switch (norm) {
            case NONE -> each(x, row -> graph.bias(row, name));
            case LAYER -> each(x, row -> scaledAndShifted(graph, name, standardised(row)));
            case BATCH -> each(x, row -> scaledAndShifted(graph, name, byMoments(graph, name, row)));
            case PAIR -> paired(x);
        };
    }

    private static double[] standardised(double[] row) {
        double mean = Arrays.stream(row).average().orElseThrow();
        double variance =
                Arrays.stream(row).map(v -> (v - mean) * (v - mean)).average().orElseThrow();
        return Arrays.stream(row)
                .map(v -> (v - mean) / Math.sqrt(variance + 1e-5))
                .toArray();
    }

    private static double[] byMoments(SmallGraph graph, String name, double[] row) {
        Matrix moments = graph.weights.parameters().get(name + ".moments").value();
        double[] out = row.clone();
        for (int c = 0; c < out.length; c++) {
            out[c] = (row[c] - moments.get(0, c)) / Math.sqrt(moments.get(1, c) + 1e-5);
        }
        return out;
    }

    private static double[] scaledAndShifted(SmallGraph graph, String name, double[] row) {
        Matrix gamma = graph.weights.parameters().get(name + ".gamma").value();
        Matrix beta = graph.weights.parameters().get(name + ".beta").value();
        double[] out = row.clone();
        for (int c = 0; c < out.length; c++) out[c] = row[c] * gamma.get(0, c) + beta.get(0, c);
        return out;
    }

    /// The mean of all rows is 0 and the mean of their squared lengths 1.
    private static double[][] paired(double[][] x) {
        double[] mean = new double[x[0].length];
        for (double[] row : x) mean = SmallGraph.add(mean, 1.0 / x.length, row);
        double[] middle = mean;
        double[][] centred = each(x, row -> SmallGraph.add(row, -1, middle));
        double square = 0;
        for (double[] row : centred) for (double v : row) square += v * v / x.length;
        double root = Math.sqrt(square);
        return each(centred, row -> Arrays.stream(row).map(v -> v / root).toArray());
    }

    private static double[][] jumped(Jumping jumping, List<double[][]> hidden) {
        double[][] out = new double[NODES][];
        for (int i = 0; i < NODES; i++) {
            int node = i;
            List<double[]> rows = hidden.stream().map(h -> h[node]).toList();
            out[i] = switch (jumping) {
                case NONE, LAST -> rows.getLast();
                case CONCAT -> rows.stream().flatMapToDouble(Arrays::stream).toArray();
                case MAX -> {
                    double[] most = rows.getFirst().clone();
                    for (double[] row : rows) for (int c = 0; c < most.length; c++) most[c] = Math.max(most[c], row[c]);
                    yield most;
                }
            };
        }
        return out;
    }

    private interface OfRow {
        double[] of(double[] row);
    }

    private static double[][] each(double[][] x, OfRow f) {
        return Arrays.stream(x).map(f::of).toArray(double[][]::new);
    }

    /// Oversmoothing, and what is said to keep it off: many layers, with and without residual connections and a norm.
    @Test
    void deepStacksLearnWithResidualAndNorm() {
        Map<String, String> deep = Map.of("hidden", "16", "layers", "16", "dropout", "0");
        Map<String, String> mended = new HashMap<>(deep);
        mended.putAll(Map.of("residual", "true", "norm", "layer", "jumping", "concat"));
        double plain = PlantedCommunities.accuracy(Options.read(Gcn.class, deep), 0.8);
        double better = PlantedCommunities.accuracy(Options.read(Gcn.class, mended), 0.8);
        assertThat(better).isGreaterThan(0.85).isGreaterThan(plain + 0.05);
    }
}
