package dev.hypha.learn.zoo;

import static dev.hypha.learn.zoo.SmallGraph.INTO;
import static dev.hypha.learn.zoo.SmallGraph.NODES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hypha.learn.Options;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FaberNetTest {
    @ParameterizedTest
    @CsvSource({"1, 0.5, false, 0, none", "3, 0.3, false, -1, none", "2, 1, true, 0.2, concat", "4, 0, false, 0, max"})
    void agreesWithThePolynomialOfTheMatrix(int order, double share, boolean zeroOrder, double slope, String jumping) {
        FaberNet model = Options.read(
                FaberNet.class,
                Map.of(
                        "hidden", "4",
                        "convolutions", "2",
                        "order", "" + order,
                        "share", "" + share,
                        "zero-order", "" + zeroOrder,
                        "slope", "" + slope,
                        "jumping", jumping));
        try (SmallGraph graph = new SmallGraph()) {
            float[][] logits = graph.logits(model, 2);
            double[][] expected = slow(graph, model);
            for (int i = 0; i < NODES; i++) {
                for (int c = 0; c < 2; c++) {
                    assertThat((double) logits[i][c]).as("node " + i).isCloseTo(expected[i][c], within(1e-4));
                }
            }
        }
    }

    private static double[][] slow(SmallGraph graph, FaberNet model) {
        double[][] into = operator(model.exponent());
        double[][] h = new double[NODES][];
        for (int i = 0; i < NODES; i++) h[i] = graph.features(i);
        double[][][] all = new double[model.convolutions()][][];
        for (int l = 0; l < model.convolutions(); l++) {
            boolean answers = l == model.convolutions() - 1 && model.jumping() == Jumping.NONE;
            double[][] out = new double[NODES][answers ? 2 : 4];
            if (model.share() > 0) add(out, model.share(), graph, "layer" + l + ".from", transposed(into), h, model);
            if (model.share() < 1) add(out, 1 - model.share(), graph, "layer" + l + ".into", into, h, model);
            for (int i = 0; i < NODES; i++) {
                out[i] = graph.bias(out[i], "layer" + l);
                if (!answers) out[i] = atLengthOne(out[i], model.slope());
            }
            h = out;
            all[l] = out;
        }
        if (model.jumping() == Jumping.NONE) return h;
        double[][] answer = new double[NODES][];
        for (int i = 0; i < NODES; i++) {
            double[] read = new double[model.jumping() == Jumping.CONCAT ? 8 : 4];
            for (int c = 0; c < read.length; c++) {
                read[c] =
                        model.jumping() == Jumping.CONCAT ? all[c / 4][i][c % 4] : Math.max(all[0][i][c], all[1][i][c]);
            }
            answer[i] = graph.bias(graph.times(read, "answer"), "answer");
        }
        return answer;
    }

    private static double[] atLengthOne(double[] x, double slope) {
        double[] out = new double[x.length];
        double square = 0;
        for (int c = 0; c < x.length; c++) {
            out[c] = x[c] > 0 ? x[c] : slope * x[c];
            square += out[c] * out[c];
        }
        for (int c = 0; c < x.length; c++) out[c] /= Math.sqrt(square + 1e-12);
        return out;
    }

    /// Adds factor times the sum over k of c_k T^k h W_k, each power multiplied out.
    private static void add(
            double[][] out, double factor, SmallGraph graph, String name, double[][] t, double[][] h, FaberNet model) {
        double[][] power = new double[NODES][NODES];
        for (int i = 0; i < NODES; i++) power[i][i] = 1;
        for (int k = 0; k <= model.order(); k++) {
            if (k > 0) power = product(power, t);
            if (k == 0 && !model.zeroOrder()) continue;
            double weight = k < 2 ? factor : factor * Math.pow(2, 1 - k);
            for (int i = 0; i < NODES; i++) {
                for (int j = 0; j < NODES; j++) {
                    out[i] = SmallGraph.add(out[i], weight * power[i][j], graph.times(h[j], name + k));
                }
            }
        }
    }

    /// Row i: whom i hears from along arcs, divided by the powers of both degrees.
    private static double[][] operator(double exponent) {
        double[][] count = new double[NODES][NODES];
        double[] out = new double[NODES];
        for (int i = 0; i < NODES; i++) {
            for (int j : INTO[i]) {
                count[i][j]++;
                out[j]++;
            }
        }
        for (int i = 0; i < NODES; i++) {
            for (int j = 0; j < NODES; j++) {
                if (count[i][j] > 0) count[i][j] /= Math.pow(INTO[i].length * out[j], exponent);
            }
        }
        return count;
    }

    private static double[][] transposed(double[][] m) {
        double[][] out = new double[NODES][NODES];
        for (int i = 0; i < NODES; i++) for (int j = 0; j < NODES; j++) out[j][i] = m[i][j];
        return out;
    }

    private static double[][] product(double[][] a, double[][] b) {
        double[][] out = new double[NODES][NODES];
        for (int i = 0; i < NODES; i++) {
            for (int j = 0; j < NODES; j++) for (int k = 0; k < NODES; k++) out[i][j] += a[i][k] * b[k][j];
        }
        return out;
    }

    /// The paper's claim on small data.
    @Test
    void directionsTellWhatEdgesAloneDoNot() {
        FaberNet model = Options.read(FaberNet.class, Map.of("hidden", "16", "order", "1"));
        assertThat(CyclicCommunities.accuracy(model, true)).isGreaterThan(0.85);
        assertThat(CyclicCommunities.accuracy(model, false)).isLessThan(0.7);
    }
}
