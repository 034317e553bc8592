package dev.hypha.learn.zoo;

import static dev.hypha.learn.zoo.SmallGraph.INTO;
import static dev.hypha.learn.zoo.SmallGraph.NODES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.hypha.graph.InputException;
import dev.hypha.learn.Options;
import dev.hypha.tensor.Matrix;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NsdTest {
    private static final int STALK = 2;
    private static final int CHANNELS = 2;

    @ParameterizedTest
    @CsvSource({"diagonal, false", "orthogonal, false", "general, false", "diagonal, true", "orthogonal, true"})
    void agreesWithTheEquationsReadOneBlockAtATime(String maps, boolean fixed) {
        Nsd model = Options.read(
                Nsd.class,
                Map.of(
                        "maps", maps,
                        "stalk", "" + STALK,
                        "channels", "" + CHANNELS,
                        "low-pass", "" + fixed,
                        "high-pass", "" + fixed));
        try (SmallGraph graph = new SmallGraph()) {
            float[][] logits = graph.logits(model, 2);
            double[][] expected = new Slow(graph, model).logits();
            for (int i = 0; i < NODES; i++) {
                for (int c = 0; c < 2; c++) {
                    assertThat((double) logits[i][c]).as("node " + i).isCloseTo(expected[i][c], within(2e-4));
                }
            }
        }
    }

    @Test
    void rotationsNeedTwoDimensions() {
        assertThatThrownBy(() -> Options.read(Nsd.class, Map.of("stalk", "1")))
                .isInstanceOfSatisfying(
                        InputException.class, e -> assertThat(e.hint()).contains("at least 2"));
        assertThat(Options.read(Nsd.class, Map.of("stalk", "1", "maps", "diagonal"))
                        .stalk())
                .isEqualTo(1);
    }

    @Test
    void neighborsTellWhatFeaturesDoNot() {
        Nsd model = Options.read(Nsd.class, Map.of("maps", "diagonal", "stalk", "2", "channels", "8", "dropout", "0"));
        assertThat(PlantedCommunities.accuracy(model, 0.8)).isGreaterThan(0.6);
        assertThat(PlantedCommunities.accuracy(model, 1 / 3.0)).isLessThan(0.55);
    }

    /// Blocks of 2 x 2 one at a time, in float64.
    private record Slow(SmallGraph graph, Nsd model) {
        double[][] logits() {
            double[][] x = new double[NODES][];
            for (int v = 0; v < NODES; v++) {
                x[v] = elu(graph.bias(graph.times(graph.features(v), "in"), "in"));
            }
            for (int l = 0; l < model.layers(); l++) x = step("layer" + l, x);
            for (int v = 0; v < NODES; v++) x[v] = graph.bias(graph.times(x[v], "out"), "out");
            return x;
        }

        private int dimensions() {
            return STALK + one(model.lowPass()) + one(model.highPass());
        }

        private static int one(boolean there) {
            return there ? 1 : 0;
        }

        private double[][] step(String name, double[][] x) {
            Matrix own = graph.weights.parameters().get(name + ".own.offsets").value();
            double[][] mixed = new double[NODES][];
            for (int v = 0; v < NODES; v++) mixed[v] = mixed(name, x[v]);
            double[][] out = new double[NODES][];
            for (int v = 0; v < NODES; v++) {
                double[] change = elu(laplacian(name, x, mixed, v));
                out[v] = new double[change.length];
                for (int col = 0; col < change.length; col++) {
                    out[v][col] = (1 + Math.tanh(own.get(0, col / CHANNELS))) * x[v][col] - change[col];
                }
            }
            return out;
        }

        /// (I x W_1) x W_2: dimensions first, then channels.
        private double[] mixed(String name, double[] x) {
            Matrix w1 = graph.weights.parameters().get(name + ".stalk.offsets").value();
            Matrix w2 =
                    graph.weights.parameters().get(name + ".channels.offsets").value();
            double[] out = new double[x.length];
            for (int a = 0; a < dimensions(); a++) {
                for (int b = 0; b < dimensions(); b++) {
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

        private double[] laplacian(String name, double[][] seen, double[][] x, int i) {
            double[] out = new double[x[i].length];
            for (int k = 0; k < CHANNELS; k++) {
                double[] sum = times(root(name, seen, i), pick(x[i], k));
                for (int j : INTO[i]) {
                    if (j == i) continue;
                    double[][] block = product(transposed(map(name, seen, i, j)), map(name, seen, j, i));
                    sum = plus(sum, times(block, times(root(name, seen, j), pick(x[j], k))));
                }
                double[] turned = times(root(name, seen, i), sum);
                for (int a = 0; a < STALK; a++) out[a * CHANNELS + k] = pick(x[i], k)[a] - turned[a];
                for (int a = STALK; a < dimensions(); a++) {
                    int sign = a == STALK ? 1 : -1;
                    int col = a * CHANNELS + k;
                    double fixed = x[i][col] / Math.sqrt(degree(i) + 1);
                    for (int j : INTO[i]) if (j != i) fixed += sign * x[j][col] / Math.sqrt(degree(j) + 1);
                    out[col] = x[i][col] - fixed / Math.sqrt(degree(i) + 1);
                }
            }
            return out;
        }

        private static double[] pick(double[] x, int channel) {
            return new double[] {x[channel], x[CHANNELS + channel]};
        }

        private static int degree(int v) {
            int degree = 0;
            for (int j : INTO[v]) degree += j == v ? 0 : 1;
            return degree;
        }

        /// (D_v + I)^-1/2, where D_v is the mean over the edges that v is an end of, times its degree.
        private double[][] root(String name, double[][] seen, int v) {
            double[][] sum = new double[2][2];
            int met = 0;
            for (int i = 0; i < NODES; i++) {
                for (int j : INTO[i]) {
                    if (i == j || (i != v && j != v)) continue;
                    double[][] own = map(name, seen, v, i == v ? j : i);
                    double[][] square = product(transposed(own), own);
                    for (int a = 0; a < 2; a++) for (int b = 0; b < 2; b++) sum[a][b] += square[a][b];
                    met++;
                }
            }
            double factor = met == 0 ? 0 : (double) degree(v) / met;
            double p = factor * sum[0][0] + 1;
            double q = factor * sum[0][1];
            double r = factor * sum[1][1] + 1;
            // The square root of a positive 2 x 2 matrix M is (M + s I) / t, s^2 = det M, t^2 = trace M + 2 s.
            double s = Math.sqrt(p * r - q * q);
            double t = Math.sqrt(p + r + 2 * s);
            double det = ((p + s) * (r + s) - q * q) / (t * t);
            return new double[][] {{(r + s) / t / det, -q / t / det}, {-q / t / det, (p + s) / t / det}};
        }

        /// The map of node v at its edge with u.
        private double[][] map(String name, double[][] x, int v, int u) {
            double[] n = numbers(name + ".maps", x, v, u);
            for (int m = 0; m < n.length; m++) n[m] = Math.tanh(n[m]);
            return switch (model.maps()) {
                case DIAGONAL -> new double[][] {{n[0], 0}, {0, n[1]}};
                case GENERAL -> new double[][] {{n[0], n[1]}, {n[2], n[3]}};
                case ORTHOGONAL -> {
                    double weight = sigmoid(numbers(name + ".weights", x, v, u)[0])
                            * sigmoid(numbers(name + ".weights", x, u, v)[0]);
                    double angle = 2 * Math.atan(n[0]);
                    double cos = weight * Math.cos(angle);
                    double sin = weight * Math.sin(angle);
                    yield new double[][] {{cos, -sin}, {sin, cos}};
                }
            };
        }

        private double[] numbers(String name, double[][] x, int v, int u) {
            return plus(graph.times(x[v], name + ".own"), graph.times(x[u], name + ".other"));
        }

        private static double sigmoid(double x) {
            return 1 / (1 + Math.exp(-x));
        }

        private static double[] elu(double[] x) {
            double[] out = new double[x.length];
            for (int c = 0; c < out.length; c++) out[c] = x[c] > 0 ? x[c] : Math.expm1(x[c]);
            return out;
        }

        private static double[] plus(double[] a, double[] b) {
            return SmallGraph.add(a, 1, b);
        }

        private static double[] times(double[][] m, double[] x) {
            return new double[] {m[0][0] * x[0] + m[0][1] * x[1], m[1][0] * x[0] + m[1][1] * x[1]};
        }

        private static double[][] transposed(double[][] m) {
            return new double[][] {{m[0][0], m[1][0]}, {m[0][1], m[1][1]}};
        }

        private static double[][] product(double[][] a, double[][] b) {
            double[] first = times(a, new double[] {b[0][0], b[1][0]});
            double[] second = times(a, new double[] {b[0][1], b[1][1]});
            return new double[][] {{first[0], second[0]}, {first[1], second[1]}};
        }
    }
}
