package dev.hypha.learn.zoo;

import static dev.hypha.learn.zoo.SmallGraph.INTO;
import static dev.hypha.learn.zoo.SmallGraph.NODES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hypha.learn.Options;
import dev.hypha.tensor.Matrix;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class ConnNsdTest {
    private static final int STALK = 2;
    private static final int CHANNELS = 3;

    @Test
    void agreesWithTheEquationsReadOneNodeAtATime() {
        ConnNsd model =
                Options.read(ConnNsd.class, Map.of("stalk", "" + STALK, "channels", "" + CHANNELS, "layers", "2"));
        try (SmallGraph graph = new SmallGraph()) {
            float[][] logits = graph.logits(model, 2);
            double[][] x = new double[NODES][];
            for (int v = 0; v < NODES; v++) x[v] = elu(graph.bias(graph.times(graph.features(v), "in"), "in"));
            for (int l = 0; l < 2; l++) x = step(graph, "layer" + l, x);
            for (int v = 0; v < NODES; v++) {
                double[] expected = graph.bias(graph.times(x[v], "out"), "out");
                for (int c = 0; c < 2; c++) {
                    assertThat((double) logits[v][c]).as("node " + v).isCloseTo(expected[c], within(2e-4));
                }
            }
        }
    }

    private static double[][] step(SmallGraph graph, String name, double[][] x) {
        Matrix own = graph.weights.parameters().get(name + ".own.offsets").value();
        double[][] mixed = new double[NODES][];
        for (int v = 0; v < NODES; v++) mixed[v] = mixed(graph, name, x[v]);
        double[][] out = new double[NODES][STALK * CHANNELS];
        for (int i = 0; i < NODES; i++) {
            double[] sum = scaled(mixed[i], 1 / Math.sqrt(degree(i) + 1.0));
            for (int j : INTO[i]) {
                if (j == i) continue;
                double[][] turn = polar(product(basis(graph, i), basis(graph, j)));
                for (int col = 0; col < sum.length; col++) {
                    for (int b = 0; b < STALK; b++) {
                        sum[col] += turn[col / CHANNELS][b]
                                * mixed[j][b * CHANNELS + col % CHANNELS]
                                / Math.sqrt(degree(j) + 1.0);
                    }
                }
            }
            for (int col = 0; col < sum.length; col++) {
                double change = mixed[i][col] - sum[col] / Math.sqrt(degree(i) + 1.0);
                out[i][col] = (1 + Math.tanh(own.get(0, col / CHANNELS))) * x[i][col] - elu(new double[] {change})[0];
            }
        }
        return out;
    }

    private static double[] mixed(SmallGraph graph, String name, double[] x) {
        Matrix w1 = graph.weights.parameters().get(name + ".stalk.offsets").value();
        Matrix w2 = graph.weights.parameters().get(name + ".channels.offsets").value();
        double[] out = new double[x.length];
        for (int a = 0; a < STALK; a++) {
            for (int b = 0; b < STALK; b++) {
                double w = w1.get(b, a) + (a == b ? 1 : 0);
                for (int k = 0; k < CHANNELS; k++) {
                    for (int m = 0; m < CHANNELS; m++) {
                        out[a * CHANNELS + m] += w * x[b * CHANNELS + k] * (w2.get(k, m) + (k == m ? 1 : 0));
                    }
                }
            }
        }
        return out;
    }

    /// The first singular vectors of the differences to all nodes that an edge is shared with, by powers of the matrix
    /// of their products with what was found taken out; each with its largest element positive.
    private static double[][] basis(SmallGraph graph, int v) {
        double[][] moments = new double[3][3];
        for (int u : neighborhood(graph, v)) {
            double[] d = difference(graph, u, v);
            for (int a = 0; a < 3; a++) for (int b = 0; b < 3; b++) moments[a][b] += d[a] * d[b];
        }
        double[][] basis = new double[STALK][];
        for (int k = 0; k < STALK; k++) {
            double[] vector = {1, 0.7, -0.4};
            for (int round = 0; round < 20_000; round++) vector = unit(times(moments, vector));
            int largest = IntStream.range(0, 3)
                    .boxed()
                    .max(Comparator.comparing(absolute(vector)::get))
                    .orElseThrow();
            if (vector[largest] < 0) vector = scaled(vector, -1);
            double value = dot(vector, times(moments, vector));
            for (int a = 0; a < 3; a++) for (int b = 0; b < 3; b++) moments[a][b] -= value * vector[a] * vector[b];
            basis[k] = vector;
        }
        return basis;
    }

    private static List<Double> absolute(double[] vector) {
        return List.of(Math.abs(vector[0]), Math.abs(vector[1]), Math.abs(vector[2]));
    }

    /// Neighbors, and the nearest others by features where these are fewer than the stalk's dimensions.
    private static List<Integer> neighborhood(SmallGraph graph, int v) {
        TreeSet<Integer> near = new TreeSet<>();
        for (int i = 0; i < NODES; i++) {
            for (int j : INTO[i]) {
                if (i == v && j != v) near.add(j);
                if (j == v && i != v) near.add(i);
            }
        }
        IntStream.range(0, NODES)
                .filter(u -> u != v && !near.contains(u))
                .boxed()
                .sorted(Comparator.comparingDouble(u -> dot(difference(graph, u, v), difference(graph, u, v))))
                .limit(Math.max(0, STALK - near.size()))
                .toList()
                .forEach(near::add);
        return List.copyOf(near);
    }

    private static double[] difference(SmallGraph graph, int u, int v) {
        return SmallGraph.add(graph.features(u), -1, graph.features(v));
    }

    /// The orthogonal matrix nearest to a 2 x 2 matrix, by Newton's iteration: the mean of it and its inverse
    /// transposed.
    private static double[][] polar(double[][] m) {
        double[][] x = m;
        for (int round = 0; round < 100; round++) {
            double det = x[0][0] * x[1][1] - x[0][1] * x[1][0];
            x = new double[][] {
                {(x[0][0] + x[1][1] / det) / 2, (x[0][1] - x[1][0] / det) / 2},
                {(x[1][0] - x[0][1] / det) / 2, (x[1][1] + x[0][0] / det) / 2}
            };
        }
        return x;
    }

    private static double[][] product(double[][] left, double[][] right) {
        double[][] out = new double[STALK][STALK];
        for (int a = 0; a < STALK; a++) for (int b = 0; b < STALK; b++) out[a][b] = dot(left[a], right[b]);
        return out;
    }

    private static int degree(int v) {
        return (int) IntStream.of(INTO[v]).filter(j -> j != v).count();
    }

    private static double[] times(double[][] m, double[] x) {
        return new double[] {dot(m[0], x), dot(m[1], x), dot(m[2], x)};
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int c = 0; c < a.length; c++) sum += a[c] * b[c];
        return sum;
    }

    private static double[] unit(double[] x) {
        return scaled(x, 1 / Math.sqrt(dot(x, x)));
    }

    private static double[] scaled(double[] x, double factor) {
        return SmallGraph.add(new double[x.length], factor, x);
    }

    private static double[] elu(double[] x) {
        double[] out = x.clone();
        for (int c = 0; c < out.length; c++) out[c] = x[c] > 0 ? x[c] : Math.expm1(x[c]);
        return out;
    }
}
