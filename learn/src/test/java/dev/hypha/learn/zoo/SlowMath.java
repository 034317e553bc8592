package dev.hypha.learn.zoo;

import static dev.hypha.learn.zoo.SmallGraph.INTO;
import static dev.hypha.learn.zoo.SmallGraph.NODES;
import static dev.hypha.learn.zoo.SmallGraph.looped;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/// Rows of all nodes of the [SmallGraph] in float64: what second readings of equations have in common.
final class SlowMath {
    private SlowMath() {}

    /// The features of all nodes.
    static double[][] features(SmallGraph graph) {
        double[][] rows = new double[NODES][];
        Arrays.setAll(rows, graph::features);
        return rows;
    }

    static double[][] each(double[][] rows, UnaryOperator<double[]> f) {
        return Arrays.stream(rows).map(f).toArray(double[][]::new);
    }

    /// a + weight b.
    static double[][] add(double[][] a, double weight, double[][] b) {
        double[][] sum = new double[a.length][];
        Arrays.setAll(sum, i -> SmallGraph.add(a[i], weight, b[i]));
        return sum;
    }

    static double[][] scale(double[][] rows, double factor) {
        return each(rows, row -> Arrays.stream(row).map(x -> factor * x).toArray());
    }

    /// x W + b of one node or all.
    static double[] linear(SmallGraph graph, double[] x, String name) {
        return graph.bias(graph.times(x, name), name);
    }

    static double[][] linear(SmallGraph graph, double[][] x, String name) {
        return each(x, row -> linear(graph, row, name));
    }

    /// A perceptron of two layers.
    static double[][] mlp(SmallGraph graph) {
        double[][] hidden = each(linear(graph, features(graph), "layer0"), SmallGraph::relu);
        return linear(graph, hidden, "layer1");
    }

    /// D^-1/2 (A + I) D^-1/2 x with the degrees of A + I.
    static double[][] smoothed(double[][] x) {
        double[][] out = new double[NODES][x[0].length];
        for (int i = 0; i < NODES; i++) {
            for (int j : looped(i)) {
                double weight =
                        1 / Math.sqrt((double) looped(i).size() * looped(j).size());
                out[i] = SmallGraph.add(out[i], weight, x[j]);
            }
        }
        return out;
    }

    /// D^-1/2 A D^-1/2 x without edges from a node to itself, and with the degrees of that A.
    static double[][] spread(double[][] x) {
        double[][] out = new double[NODES][x[0].length];
        for (int i = 0; i < NODES; i++) {
            for (int j : INTO[i]) {
                double degrees = (double) (looped(i).size() - 1) * (looped(j).size() - 1);
                if (j != i) out[i] = SmallGraph.add(out[i], 1 / Math.sqrt(degrees), x[j]);
            }
        }
        return out;
    }

    /// The softmax of scores.
    static double[] softmax(List<Double> scores) {
        double top = scores.stream().mapToDouble(s -> s).max().orElse(0);
        double sum = scores.stream().mapToDouble(s -> Math.exp(s - top)).sum();
        return scores.stream().mapToDouble(s -> Math.exp(s - top) / sum).toArray();
    }

    static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    static void assertClose(float[][] logits, double[][] expected) {
        for (int i = 0; i < NODES; i++) {
            assertThat(logits[i]).hasSize(expected[i].length);
            for (int c = 0; c < logits[i].length; c++) {
                assertThat((double) logits[i][c])
                        .as("node " + i + ", output " + c)
                        .isCloseTo(expected[i][c], within(1e-4 * (1 + Math.abs(expected[i][c]))));
            }
        }
    }
}
