package dev.hypha.learn.zoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hypha.learn.Options;
import dev.hypha.tensor.Csr;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

final class FeGnnTest {
    @Test
    void agreesWithTheEquationsReadOneNodeAtATime() {
        FeGnn model = Options.read(FeGnn.class, Map.of("hidden", "4", "hops", "2", "structure", "0"));
        try (SmallGraph graph = new SmallGraph()) {
            float[][] logits = graph.logits(model, 2);
            double[][] expanded = spaces(graph, 2);
            SlowMath.assertClose(logits, SlowMath.linear(graph, SlowMath.linear(graph, expanded, "expand"), "out"));
        }
    }

    private static double[][] spaces(SmallGraph graph, int hops) {
        double[][] h = SlowMath.each(SlowMath.features(graph), FeGnnTest::unit);
        List<double[][]> all = new ArrayList<>();
        for (int k = 0; k <= hops; k++) {
            all.add(transposed(SlowMath.each(transposed(h), FeGnnTest::unit)));
            h = SlowMath.spread(h);
        }
        double[][] rows = new double[h.length][];
        for (int i = 0; i < rows.length; i++) {
            int node = i;
            rows[i] = all.stream()
                    .flatMapToDouble(space -> DoubleStream.of(space[node]))
                    .toArray();
        }
        return rows;
    }

    private static double[] unit(double[] row) {
        double length = Math.sqrt(Arrays.stream(row).map(x -> x * x).sum());
        return Arrays.stream(row).map(x -> length > 0 ? x / length : 0).toArray();
    }

    private static double[][] transposed(double[][] x) {
        double[][] out = new double[x[0].length][x.length];
        for (int i = 0; i < x.length; i++) for (int c = 0; c < x[i].length; c++) out[c][i] = x[i][c];
        return out;
    }

    /// Of the scaled pattern B: columns are orthogonal, B B^T u = s u for each, and s falls.
    @Test
    void singularVectorsAreWhatTheyAreDefinedToBe() {
        Csr pattern = SmallGraph.edges().pattern();
        int n = pattern.rows();
        int count = n + 2; // two more than there can be
        float[] vectors = SingularVectors.of(pattern, count);
        double before = Double.MAX_VALUE;
        for (int k = 0; k < count; k++) {
            double[] u = column(vectors, k, n, count);
            double[] image = times(pattern, u);
            double value = 0;
            for (int i = 0; i < n; i++) value += u[i] * image[i];
            for (int i = 0; i < n; i++) assertThat(image[i]).isCloseTo(value * u[i], within(1e-4));
            assertThat(value).isLessThanOrEqualTo(before + 1e-6);
            before = value;
            for (int l = 0; l < k; l++) {
                double[] other = column(vectors, l, n, count);
                double dot = 0;
                for (int i = 0; i < n; i++) dot += u[i] * other[i];
                assertThat(dot).isCloseTo(0, within(1e-5));
            }
        }
        assertThat(column(vectors, count - 1, n, count)).containsOnly(0);
    }

    private static double[] column(float[] vectors, int k, int n, int count) {
        double[] u = new double[n];
        for (int i = 0; i < n; i++) u[i] = vectors[i * count + k];
        return u;
    }

    private static double[] times(Csr pattern, double[] u) {
        int n = pattern.rows();
        double[][] b = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int e = pattern.offsets()[i]; e < pattern.offsets()[i + 1]; e++) {
                b[i][pattern.indices()[e]] += 1 / Math.sqrt(pattern.degree(i));
            }
        }
        double[] out = new double[n];
        for (int i = 0; i < n; i++) {
            for (int l = 0; l < n; l++) for (int j = 0; j < n; j++) out[i] += b[i][j] * b[l][j] * u[l];
        }
        return out;
    }

    /// The claim: the rank of what weights are applied to is higher than that of one smoothed space, as
    /// shared weights have it.
    @Test
    void expandedFeaturesHaveAHigherRank() {
        try (SmallGraph graph = new SmallGraph()) {
            double[][] shared = SlowMath.smoothed(SlowMath.smoothed(SlowMath.features(graph)));
            assertThat(rank(spaces(graph, 2))).isGreaterThan(rank(shared));
        }
    }

    private static int rank(double[][] rows) {
        List<double[]> basis = new ArrayList<>();
        for (double[] row : rows) {
            double[] rest = row.clone();
            for (int pass = 0; pass < 2; pass++) {
                for (double[] b : basis) {
                    double dot = 0;
                    for (int c = 0; c < b.length; c++) dot += b[c] * rest[c];
                    rest = SmallGraph.add(rest, -dot, b);
                }
            }
            if (Math.sqrt(Arrays.stream(rest).map(x -> x * x).sum()) > 1e-8) basis.add(unit(rest));
        }
        return basis.size();
    }

    @Test
    void neighborsTellWhatFeaturesDoNot() {
        FeGnn model = Options.read(FeGnn.class, Map.of("hidden", "16", "structure", "8"));
        assertThat(PlantedCommunities.accuracy(model, 0.8, "0.2")).isGreaterThan(0.85);
        assertThat(PlantedCommunities.accuracy(model, 1 / 3.0, "0.2")).isLessThan(0.6);
    }
}
