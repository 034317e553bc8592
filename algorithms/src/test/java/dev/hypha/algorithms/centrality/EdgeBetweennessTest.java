package dev.hypha.algorithms.centrality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hypha.algorithms.SimpleGraph;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class EdgeBetweennessTest {
    @Test
    void agreesWithAllShortestPathsWrittenDown() {
        for (long seed = 0; seed < 20; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            int nodes = 2 + random.nextInt(9);
            int[][] edges = new int[random.nextInt(2 * nodes)][2];
            for (int[] edge : edges) {
                edge[0] = random.nextInt(nodes);
                edge[1] = random.nextInt(nodes);
            }
            SimpleGraph graph = SimpleGraph.of(nodes, edges);
            Map<Long, Double> expected = slow(graph);
            double[] got = EdgeBetweenness.of(graph);
            for (int u = 0; u < nodes; u++) {
                for (int i = graph.offsets()[u]; i < graph.offsets()[u + 1]; i++) {
                    double value = expected.getOrDefault(edge(u, graph.neighbors()[i]), 0.0);
                    assertThat(got[i])
                            .as("seed %d, edge %d %d", seed, u, graph.neighbors()[i])
                            .isCloseTo(value, within(1e-9));
                }
            }
        }
    }

    private static long edge(int u, int v) {
        return (long) Math.min(u, v) << 32 | Math.max(u, v);
    }

    /// Every path of every pair, longer by a step at a time until some arrive.
    private static Map<Long, Double> slow(SimpleGraph graph) {
        Map<Long, Double> sums = new HashMap<>();
        for (int s = 0; s < graph.nodes(); s++) {
            for (int t = s + 1; t < graph.nodes(); t++) {
                List<List<Integer>> shortest = shortest(graph, s, t);
                for (List<Integer> path : shortest) {
                    for (int k = 1; k < path.size(); k++) {
                        sums.merge(edge(path.get(k - 1), path.get(k)), 1.0 / shortest.size(), Double::sum);
                    }
                }
            }
        }
        return sums;
    }

    private static List<List<Integer>> shortest(SimpleGraph graph, int s, int t) {
        List<List<Integer>> paths = List.of(List.of(s));
        for (int length = 1; length < graph.nodes(); length++) {
            List<List<Integer>> longer = new ArrayList<>();
            for (List<Integer> path : paths) {
                for (int v = 0; v < graph.nodes(); v++) {
                    if (!graph.joined(path.getLast(), v) || path.contains(v)) continue;
                    List<Integer> more = new ArrayList<>(path);
                    more.add(v);
                    longer.add(more);
                }
            }
            List<List<Integer>> arrived =
                    longer.stream().filter(path -> path.getLast() == t).toList();
            if (!arrived.isEmpty()) return arrived;
            paths = longer;
        }
        return List.of();
    }

    @Test
    void aBridgeCarriesAllPathsBetweenItsSides() {
        int[][] edges = {{0, 1}, {1, 2}, {0, 2}, {2, 3}, {3, 4}, {4, 5}, {3, 5}};
        SimpleGraph graph = SimpleGraph.of(6, edges);
        double[] got = EdgeBetweenness.of(graph);
        for (int i = graph.offsets()[2]; i < graph.offsets()[3]; i++) {
            if (graph.neighbors()[i] == 3) assertThat(got[i]).isEqualTo(9);
        }
    }
}
