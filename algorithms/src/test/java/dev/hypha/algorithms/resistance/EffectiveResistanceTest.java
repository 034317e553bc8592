package dev.hypha.algorithms.resistance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.hypha.algorithms.Components;
import dev.hypha.algorithms.Edge;
import dev.hypha.algorithms.Graphs;
import dev.hypha.algorithms.SimpleGraph;
import dev.hypha.algorithms.Threads;
import dev.hypha.graph.InputException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Against currents found by plain elimination, closed forms, and walks that are counted.
class EffectiveResistanceTest {
    @Test
    void isWhatSendingOneAmpereTakes() {
        for (long seed = 0; seed < 40; seed++) {
            Random random = new Random(seed);
            SimpleGraph graph = Graphs.random(2 + random.nextInt(14), 0.25, random);
            EffectiveResistance exact = EffectiveResistance.exact(graph, new Threads(1 + (int) (seed % 3)));
            double total = 0;
            for (int u = 0; u < graph.nodes(); u++) {
                assertThat(exact.between(u, u)).isZero();
                for (int v = 0; v < u; v++) {
                    double slow = slow(graph, u, v);
                    total += Double.isInfinite(slow) ? 0 : slow;
                    if (Double.isInfinite(slow)) {
                        assertThat(exact.between(u, v)).isInfinite();
                    } else {
                        assertThat(exact.between(u, v)).as("seed %d", seed).isCloseTo(slow, within(1e-9));
                    }
                }
            }
            assertThat(exact.total()).as("seed %d", seed).isCloseTo(total, within(1e-8));
        }
    }

    /// The voltage at u when v is grounded, by elimination on the Laplacian without v's row, within u's
    /// component.
    private static double slow(SimpleGraph graph, int u, int v) {
        int[] of = Components.of(graph).of();
        if (of[u] != of[v]) {
            return Double.POSITIVE_INFINITY;
        }
        int[] rest = IntStream.range(0, graph.nodes())
                .filter(i -> i != v && of[i] == of[u])
                .toArray();
        int n = rest.length;
        double[][] a = new double[n][n + 1];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                a[i][j] = i == j ? graph.degree(rest[i]) : graph.joined(rest[i], rest[j]) ? -1 : 0;
            }
            a[i][n] = rest[i] == u ? 1 : 0;
        }
        for (int k = 0; k < n; k++) {
            for (int i = 0; i < n; i++) {
                double factor = i == k ? 0 : a[i][k] / a[k][k];
                for (int j = k; j <= n; j++) {
                    a[i][j] -= factor * a[k][j];
                }
            }
        }
        int at = Arrays.binarySearch(rest, u);
        return a[at][n] / a[at][at];
    }

    @Test
    void closedForms() {
        EffectiveResistance path = EffectiveResistance.exact(Graphs.path(200), new Threads(2));
        assertThat(path.between(0, 199)).isCloseTo(199, within(1e-7));
        assertThat(path.between(31, 33)).isCloseTo(2, within(1e-8));
        EffectiveResistance cycle = EffectiveResistance.exact(Graphs.cycle(10), Threads.ONE);
        assertThat(cycle.between(0, 3)).isCloseTo(3 * 7 / 10.0, within(1e-10));
        EffectiveResistance clique = EffectiveResistance.exact(Graphs.clique(8), Threads.ONE);
        assertThat(clique.between(2, 5)).isCloseTo(2 / 8.0, within(1e-10));
        // n nodes of a clique: every pair 2/n.
        assertThat(clique.total()).isCloseTo(28 * 2 / 8.0, within(1e-9));
    }

    /// Sizes around the blocks of the elimination.
    @Test
    void theInverseIsOneAtAllSizes() {
        for (int n : new int[] {1, 2, 7, 31, 32, 33, 64, 97}) {
            Random random = new Random(n);
            double[][] a = new double[n][n];
            for (int i = 0; i < n; i++) {
                for (int j = 0; j <= i; j++) {
                    a[i][j] = random.nextDouble() - 0.5;
                    a[j][i] = a[i][j];
                }
                a[i][i] = n;
            }
            double[][] inverse = Arrays.stream(a).map(double[]::clone).toArray(double[][]::new);
            DenseAlgebra.invert(inverse, new Threads(2));
            double[][] alone = Arrays.stream(a).map(double[]::clone).toArray(double[][]::new);
            DenseAlgebra.invert(alone, Threads.ONE);
            assertThat(Arrays.deepEquals(inverse, alone)).isTrue();
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    double sum = 0;
                    for (int k = 0; k < n; k++) {
                        sum += a[i][k] * inverse[k][j];
                    }
                    assertThat(sum).as("size %d", n).isCloseTo(i == j ? 1 : 0, within(1e-10));
                }
            }
        }
    }

    /// The check of GTR: incremental resistance matches the pseudo-inverse to 1e-8.
    @Test
    void edgesAddedOneByOneGiveTheInverseOfAll() {
        for (long seed = 0; seed < 10; seed++) {
            Random random = new Random(seed);
            int n = 10 + random.nextInt(60);
            SimpleGraph graph = Graphs.connected(n, n / 3, random);
            int[] nodes = IntStream.range(0, n).toArray();
            LaplacianInverse followed = LaplacianInverse.of(graph, nodes, Threads.ONE);
            followed.gain(0, 1, Threads.ONE);
            for (int i = 0; i < 15; i++) {
                int u = random.nextInt(n);
                int v = (u + 1 + random.nextInt(n - 1)) % n;
                if (!graph.joined(u, v)) {
                    Edge edge = Edge.between(u, v);
                    double before = followed.total();
                    double gain = followed.gain(u, v, Threads.ONE);
                    followed.add(edge, new Threads(2));
                    graph = graph.changed(List.of(edge), List.of());
                    assertThat(before - followed.total()).as("seed %d", seed).isCloseTo(gain, within(1e-7));
                }
            }
            LaplacianInverse fresh = LaplacianInverse.of(graph, nodes, Threads.ONE);
            for (int u = 0; u < n; u++) {
                for (int v = 0; v < n; v++) {
                    assertThat(followed.resistance(u, v)).isCloseTo(fresh.resistance(u, v), within(1e-8));
                    assertThat(followed.gain(u, v, Threads.ONE)).isCloseTo(fresh.gain(u, v, Threads.ONE), within(1e-7));
                }
            }
        }
    }

    @Test
    void theEstimateErrsAsItSays() {
        SimpleGraph graph = Graphs.connected(120, 150, new Random(7));
        EffectiveResistance exact = EffectiveResistance.exact(graph, Threads.ONE);
        EffectiveResistance estimated = EffectiveResistance.estimated(graph, 400, 11, new Threads(2));
        assertThat(estimated.relativeError()).isCloseTo(Math.sqrt(2.0 / 400), within(1e-12));
        double squares = 0;
        int pairs = 0;
        double worst = 0;
        for (int u = 0; u < 120; u++) {
            for (int v = 0; v < u; v++) {
                double error = estimated.between(u, v) / exact.between(u, v) - 1;
                squares += error * error;
                worst = Math.max(worst, Math.abs(error));
                pairs++;
            }
        }
        assertThat(Math.sqrt(squares / pairs))
                .isBetween(0.3 * estimated.relativeError(), 1.2 * estimated.relativeError());
        assertThat(worst).isLessThan(6 * estimated.relativeError());
        assertThat(estimated.total()).isCloseTo(exact.total(), within(0.1 * exact.total()));
        EffectiveResistance alone = EffectiveResistance.estimated(graph, 400, 11, Threads.ONE);
        assertThat(alone.between(3, 77)).isEqualTo(estimated.between(3, 77));
    }

    @Test
    void theEstimateKnowsPartsWithoutConnection() {
        SimpleGraph graph = SimpleGraph.of(6, new int[][] {{0, 1}, {1, 2}, {3, 4}});
        EffectiveResistance estimated = EffectiveResistance.estimated(graph, 50, 3, Threads.ONE);
        assertThat(estimated.between(0, 3)).isInfinite();
        assertThat(estimated.between(5, 3)).isInfinite();
        // One edge with signs: exact whatever is drawn.
        assertThat(estimated.between(3, 4)).isCloseTo(1, within(1e-9));
    }

    @Test
    void commuteTimesAreThoseOfWalks() {
        SimpleGraph graph = Graphs.barbell(4, 3);
        EffectiveResistance resistance = EffectiveResistance.exact(graph, Threads.ONE);
        Random random = new Random(5);
        long steps = 0;
        int rounds = 20_000;
        for (int round = 0; round < rounds; round++) {
            steps += walk(graph, 3, 5, random) + walk(graph, 5, 3, random);
        }
        double expected = 2.0 * graph.pairs() * resistance.between(3, 5);
        assertThat((double) steps / rounds).isCloseTo(expected, within(0.05 * expected));
    }

    private static long walk(SimpleGraph graph, int from, int to, Random random) {
        int at = from;
        long steps = 0;
        while (at != to) {
            at = graph.neighbors()[graph.offsets()[at] + random.nextInt(graph.degree(at))];
            steps++;
        }
        return steps;
    }

    @Test
    void theReportDrawsFromTheLargestPart() {
        SimpleGraph graph = SimpleGraph.of(9, new int[][] {{7, 8}, {1, 2}, {2, 3}, {3, 4}, {4, 1}});
        CommuteTimes times = CommuteTimes.of(graph, 500, 3, Threads.ONE);
        // A cycle of 4: opposite nodes 2 * 4 * 1, adjacent ones 2 * 4 * 3/4.
        assertThat(times.max()).isCloseTo(8, within(1e-9));
        assertThat(times.median()).isCloseTo(6, within(1e-9));
        assertThat(times.mean()).isBetween(6.3, 7.0);
        assertThat(times.relativeError()).isZero();
        assertThat(CommuteTimes.of(graph, 500, 3, new Threads(3))).isEqualTo(times);
        assertThat(CommuteTimes.of(SimpleGraph.of(2, new int[0][]), 10, 3, Threads.ONE)
                        .mean())
                .isNaN();
    }

    @Test
    void tooLargeAComponentIsRefused() {
        SimpleGraph path = Graphs.path(LaplacianInverse.LARGEST + 1);
        assertThatThrownBy(() -> EffectiveResistance.exact(path, Threads.ONE))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("5001 nodes");
        // A report takes the estimate instead.
        assertThat(CommuteTimes.of(Graphs.connected(1500, 1500, new Random(1)), 50, 1, new Threads(2))
                        .relativeError())
                .isCloseTo(0.1, within(1e-12));
    }
}
