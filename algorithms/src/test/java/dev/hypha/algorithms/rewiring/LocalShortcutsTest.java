package dev.hypha.algorithms.rewiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hypha.algorithms.Graphs;
import dev.hypha.algorithms.SimpleGraph;
import dev.hypha.algorithms.Threads;
import dev.hypha.algorithms.resistance.EffectiveResistance;
import dev.hypha.graph.Neighbors;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Barbero et al., ICLR 2024 (LASER): every added edge within the distance, edges per node bounded, those
/// least connected chosen, effective resistance lower.
class LocalShortcutsTest {
    @Test
    void everyNodeGetsTheLeastConnectedOfEachOrbit() {
        for (long seed = 0; seed < 40; seed++) {
            Random random = new Random(seed);
            SimpleGraph graph = Graphs.random(3 + random.nextInt(25), 0.12, random);
            var method = new LocalShortcuts(2 + random.nextInt(3), random.nextDouble(), random.nextInt(2), 4);
            int[][] distances = Graphs.distances(graph);
            double[][] walks = power(graph, 4);
            List<Neighbors> snapshots = method.snapshots(graph, seed, new Threads(1 + (int) (seed % 3)));
            assertThat(snapshots).hasSize(method.farthest() - 1);
            for (int hop = 2; hop <= method.farthest(); hop++) {
                Neighbors snapshot = snapshots.get(hop - 2);
                for (int node = 0; node < graph.nodes(); node++) {
                    check("seed " + seed, method, snapshot, node, hop, distances[node], walks[node]);
                }
            }
        }
    }

    private static void check(
            String message,
            LocalShortcuts method,
            Neighbors snapshot,
            int node,
            int hop,
            int[] distances,
            double[] walks) {
        int orbit = 0;
        double mostPicked = -1;
        double leastLeft = Double.MAX_VALUE;
        for (int other = 0; other < distances.length; other++) {
            boolean picked = snapshot.contains(node, other);
            if (distances[other] != hop) {
                assertThat(picked).as(message).isFalse();
            } else {
                orbit++;
                mostPicked = picked ? Math.max(mostPicked, walks[other]) : mostPicked;
                leastLeft = picked ? leastLeft : Math.min(leastLeft, walks[other]);
            }
        }
        assertThat(mostPicked).as(message).isLessThanOrEqualTo(leastLeft);
        assertThat(snapshot.degree(node))
                .as(message)
                .isEqualTo(Math.min(orbit, Math.max(method.least(), Math.round((float) (orbit * method.part())))));
    }

    /// (A + I)^k by products of whole matrices.
    private static double[][] power(SimpleGraph graph, int k) {
        int n = graph.nodes();
        double[][] power = new double[n][n];
        for (int i = 0; i < n; i++) {
            power[i][i] = 1;
        }
        for (int step = 0; step < k; step++) {
            double[][] next = new double[n][n];
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    for (int m = 0; m < n; m++) {
                        next[i][j] += m == j || graph.joined(m, j) ? power[i][m] : 0;
                    }
                }
            }
            power = next;
        }
        return power;
    }

    @Test
    void resistanceSinksAndTheGraphStaysSparse() {
        SimpleGraph graph = Graphs.connected(60, 20, new Random(4));
        var method = new LocalShortcuts(3, 0.1, 1, 8);
        SimpleGraph rewired = method.rewire(graph, 9, Threads.ONE);
        int[][] distances = Graphs.distances(graph);
        int bound = 0;
        for (int node = 0; node < 60; node++) {
            for (int hop = 2; hop <= 3; hop++) {
                int orbit = 0;
                for (int other = 0; other < 60; other++) {
                    orbit += distances[node][other] == hop ? 1 : 0;
                }
                bound += method.share(orbit);
            }
        }
        assertThat(rewired.pairs()).isBetween(graph.pairs() + 60, graph.pairs() + bound);
        assertThat(EffectiveResistance.exact(rewired, Threads.ONE).total())
                .isLessThan(0.5 * EffectiveResistance.exact(graph, Threads.ONE).total());
        for (var edge : graph.edgeList()) {
            assertThat(rewired.joined(edge.u(), edge.v())).isTrue();
        }
        for (var edge : rewired.edgeList()) {
            assertThat(distances[edge.u()][edge.v()]).isLessThanOrEqualTo(3);
        }
    }

    /// On a star all leaves are alike, so chance must decide: each is chosen about equally often.
    @Test
    void equalOnesAreDrawnEvenly() {
        int leaves = 11;
        int[][] edges = new int[leaves][];
        for (int i = 0; i < leaves; i++) {
            edges[i] = new int[] {0, 1 + i};
        }
        SimpleGraph star = SimpleGraph.of(leaves + 1, edges);
        var method = new LocalShortcuts(2, 0, 1, 8);
        int[] chosen = new int[leaves + 1];
        for (long key = 0; key < 2000; key++) {
            Neighbors snapshot = method.snapshots(star, key, Threads.ONE).getFirst();
            chosen[snapshot.source(snapshot.begin(1))]++;
        }
        assertThat(chosen[0] + chosen[1]).isZero();
        for (int leaf = 2; leaf <= leaves; leaf++) {
            assertThat(chosen[leaf]).isBetween(140, 260);
        }
        assertThat(method.rewire(star, 5, new Threads(3)).edgeList())
                .containsExactly(method.rewire(star, 5, Threads.ONE).edgeList());
    }

    @Test
    void optionsOutOfRangeAreRefused() {
        assertThatThrownBy(() -> new LocalShortcuts(1, 0.1, 1, 8)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new LocalShortcuts(2, Double.NaN, 1, 8)).isInstanceOf(IllegalArgumentException.class);
    }
}
