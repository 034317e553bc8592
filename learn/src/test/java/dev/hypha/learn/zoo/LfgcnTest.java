package dev.hypha.learn.zoo;

import static dev.hypha.learn.zoo.SmallGraph.NODES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hypha.learn.Options;
import dev.hypha.tensor.Csr;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LfgcnTest {
    /// Which nodes are joined in the [SmallGraph], whatever the direction.
    private static final int[][] JOINED = {{1, 2, 3}, {0, 2}, {0, 1}, {0, 4}, {3}, {}};

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void agreesWithTheEquationReadOneNodeAtATime(int reach) {
        Lfgcn model = Options.read(Lfgcn.class, Map.of("hidden", "4", "alpha", "1.5", "reach", "" + reach));
        try (SmallGraph graph = new SmallGraph()) {
            float[][] logits = graph.logits(model, 2);
            double[][] hidden =
                    SlowMath.each(layer(graph, SlowMath.features(graph), "layer0", reach), SmallGraph::relu);
            SlowMath.assertClose(logits, layer(graph, hidden, "layer1", reach));
        }
    }

    private static double[][] layer(SmallGraph graph, double[][] h, String name, int reach) {
        double[][] mapped = SlowMath.each(h, row -> graph.times(row, name));
        int[][] distances = distances();
        double[][] out = new double[NODES][mapped[0].length];
        for (int i = 0; i < NODES; i++) {
            double sum = 0;
            for (int j = 0; j < NODES; j++) {
                if (distances[i][j] > reach) continue;
                double weight = i == j ? 1 : Math.pow(distances[i][j], -1.5);
                sum += weight;
                out[i] = SmallGraph.add(out[i], weight, mapped[j]);
            }
            double whole = sum;
            out[i] = Arrays.stream(out[i]).map(x -> x / whole).toArray();
        }
        return SlowMath.each(out, row -> graph.bias(row, name));
    }

    /// Floyd and Warshall's.
    private static int[][] distances() {
        int[][] d = new int[NODES][NODES];
        for (int i = 0; i < NODES; i++) {
            Arrays.fill(d[i], 1000);
            d[i][i] = 0;
            for (int j : JOINED[i]) d[i][j] = 1;
        }
        for (int k = 0; k < NODES; k++) {
            for (int i = 0; i < NODES; i++)
                for (int j = 0; j < NODES; j++) d[i][j] = Math.min(d[i][j], d[i][k] + d[k][j]);
        }
        return d;
    }

    @Test
    void rowsSumToOneAndFewJumpsGoToTheNearest() {
        // A path of seven nodes.
        Csr path = new Csr(7, 7, new int[] {0, 1, 3, 5, 7, 9, 11, 12}, new int[] {1, 0, 2, 1, 3, 2, 4, 3, 5, 4, 6, 5});
        LevyFlight flight = LevyFlight.of(path, 2, 6, 1, true);
        for (int i = 0; i < 7; i++) {
            double sum = 0;
            for (int e = flight.pattern().offsets()[i]; e < flight.pattern().offsets()[i + 1]; e++)
                sum += flight.shares()[e];
            assertThat(sum).isCloseTo(1, within(1e-6));
            assertThat(flight.pattern().degree(i)).isEqualTo(1 + path.degree(i) + 1);
        }
        assertThat(Arrays.copyOfRange(flight.pattern().indices(), 0, 3)).containsExactly(0, 1, 2);
        assertThat(Arrays.copyOfRange(flight.weights(), 0, 3)).containsExactly(1, 1, 0.25f);
        // The edges' betweenness on the path is 6, 10, 12, 12, 10, 6: on average 28 / 3.
        assertThat(flight.bridges()[1]).isCloseTo(18f / 28, within(1e-6f));
        assertThat(flight.bridges()[2]).as("a jump").isZero();
    }

    /// The limit that the paper names: with a large power what is left is the random walk.
    @Test
    void aLargePowerLeavesNeighborsAlone() {
        Csr edges = SmallGraph.edges().looped();
        LevyFlight flight = LevyFlight.of(edges, 1000, 5, 100, false);
        for (int i = 0; i < NODES; i++) {
            double near = 0;
            for (int e = flight.pattern().offsets()[i]; e < flight.pattern().offsets()[i + 1]; e++) {
                int j = flight.pattern().indices()[e];
                if (j == i || Arrays.stream(JOINED[i]).anyMatch(k -> k == j)) {
                    assertThat(flight.shares()[e]).isCloseTo(1f / (JOINED[i].length + 1), within(1e-6f));
                    near += flight.shares()[e];
                }
            }
            assertThat(near).isCloseTo(1, within(1e-6));
        }
    }

    @Test
    void neighborsTellWhatFeaturesDoNot() {
        Lfgcn model = Options.read(Lfgcn.class, Map.of("hidden", "16", "edge-drop", "0.2", "jumps", "8"));
        assertThat(PlantedCommunities.accuracy(model, 0.8)).isGreaterThan(0.8);
        assertThat(PlantedCommunities.accuracy(model, 1 / 3.0)).isLessThan(0.6);
    }
}
