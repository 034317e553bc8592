package dev.hypha.algorithms.labels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hypha.algorithms.SharedData;
import dev.hypha.graph.Neighbors;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntBinaryOperator;
import org.junit.jupiter.api.Test;

/// Sun et al., ICDE 2024 (AMUD): a directed cyclic block model keeps its directions, a homophilous
/// undirected one does not.
class EdgeDirectionTest {
    @Test
    void correlationsAreThoseOfWholeMatrices() {
        for (long seed = 0; seed < 60; seed++) {
            Random random = new Random(seed);
            int nodes = 5 + random.nextInt(15);
            int[][] edges = new int[3 * nodes][];
            for (int i = 0; i < edges.length; i++) {
                edges[i] = new int[] {random.nextInt(nodes), random.nextInt(nodes)};
            }
            int[] classes = random.ints(nodes, -1, 3).toArray();
            EdgeDirection found = of(nodes, edges, classes);
            boolean[][] a = new boolean[nodes][nodes];
            for (int[] edge : edges) {
                a[edge[0]][edge[1]] = true;
            }
            String message = "seed " + seed;
            same(message, found.there(), slow(classes, (u, v) -> steps(a, u, v, false, false)));
            same(message, found.sameTargets(), slow(classes, (u, v) -> steps(a, u, v, false, true)));
            same(message, found.sameSources(), slow(classes, (u, v) -> steps(a, u, v, true, false)));
            assertThat(found.rows()).isEqualTo(nodes);
        }
    }

    private static void same(String message, double found, double expected) {
        if (Double.isNaN(expected)) {
            assertThat(found).as(message).isNaN();
        } else {
            assertThat(found).as(message).isCloseTo(expected, within(1e-10));
        }
    }

    private static int steps(boolean[][] a, int u, int v, boolean firstBack, boolean secondBack) {
        for (int w = 0; w < a.length; w++) {
            if ((firstBack ? a[w][u] : a[u][w]) && (secondBack ? a[v][w] : a[w][v])) {
                return 1;
            }
        }
        return 0;
    }

    /// Pearson's correlation of the two ends' classes, each class by itself a variable: covariances over
    /// variances.
    private static double slow(int[] classes, IntBinaryOperator joined) {
        List<int[]> pairs = new ArrayList<>();
        for (int u = 0; u < classes.length; u++) {
            for (int v = 0; v < classes.length; v++) {
                if (u != v && classes[u] >= 0 && classes[v] >= 0 && joined.applyAsInt(u, v) == 1) {
                    pairs.add(new int[] {classes[u], classes[v]});
                }
            }
        }
        double same = 0;
        double chance = 0;
        for (int c = 0; c < 3; c++) {
            int label = c;
            double first = pairs.stream().filter(pair -> pair[0] == label).count() / (double) pairs.size();
            double second = pairs.stream().filter(pair -> pair[1] == label).count() / (double) pairs.size();
            same += pairs.stream()
                            .filter(pair -> pair[0] == label && pair[1] == label)
                            .count()
                    / (double) pairs.size();
            chance += first * second;
        }
        return (same - chance) / (1 - chance);
    }

    private static EdgeDirection of(int nodes, int[][] edges, int[] classes) {
        Neighbors incoming = SharedData.lists(nodes, edges, false);
        Neighbors outgoing = SharedData.lists(nodes, edges, true);
        return EdgeDirection.of(incoming, outgoing, classes, 1);
    }

    @Test
    void aCycleOfBlocksIsDirected() {
        for (long seed = 0; seed < 5; seed++) {
            EdgeDirection found = blocks(seed, 5, true, false);
            assertThat(found.score()).as("seed %d", seed).isGreaterThan(0.6);
            assertThat(found.directed()).isTrue();
        }
    }

    @Test
    void homophilousBlocksAreUndirected() {
        for (long seed = 0; seed < 5; seed++) {
            EdgeDirection bothWays = blocks(seed, 5, false, true);
            assertThat(bothWays.score()).as("seed %d", seed).isZero();
            // The same edges, each written in one direction only.
            EdgeDirection oneWay = blocks(seed, 5, false, false);
            assertThat(oneWay.score()).as("seed %d", seed).isLessThan(0.3);
            assertThat(oneWay.directed()).isFalse();
        }
    }

    /// Ten edges per node: 80 % to the same block, or to the next one where it is a cycle.
    private static EdgeDirection blocks(long seed, int blocks, boolean cycle, boolean bothWays) {
        Random random = new Random(seed);
        int nodes = 400;
        int[] classes = random.ints(nodes, 0, blocks).toArray();
        List<int[]> edges = new ArrayList<>();
        while (edges.size() < 4000) {
            int u = random.nextInt(nodes);
            int v = random.nextInt(nodes);
            boolean wanted = classes[v] == (classes[u] + (cycle ? 1 : 0)) % blocks;
            if (u != v && (wanted || random.nextDouble() < 0.06)) {
                edges.add(new int[] {u, v});
                if (bothWays) {
                    edges.add(new int[] {v, u});
                }
            }
        }
        return of(nodes, edges.toArray(int[][]::new), classes);
    }

    @Test
    void verdictsOnRealGraphsAreThoseOfThePaper() {
        assertThat(real("hetero_chameleon", "edges_directed.csv").directed()).isTrue();
        assertThat(real("hetero_squirrel", "edges_directed.csv").directed()).isTrue();
        assertThat(real("graphdata_cora_ml", "edges.csv").directed()).isFalse();
        assertThat(real("graphdata_citeseer_full", "edges.csv").directed()).isFalse();
    }

    private static EdgeDirection real(String name, String file) {
        SharedData data = SharedData.of(name);
        int[] labels = data.labels();
        return of(labels.length, data.edges(file), labels);
    }
}
