package dev.hypha.algorithms.labels;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypha.algorithms.SharedData;
import dev.hypha.graph.Neighbors;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Platonov et al., ICLR 2023: planted copies are found, and the duplicates of Squirrel and Chameleon.
class DuplicatesTest {
    @Test
    void groupsAreThoseOfComparingAllPairs() {
        for (long seed = 0; seed < 100; seed++) {
            Random random = new Random(seed);
            int nodes = 4 + random.nextInt(20);
            int[][] edges = new int[random.nextInt(2 * nodes)][];
            for (int i = 0; i < edges.length; i++) {
                // Few ends, so that lists are often equal.
                edges[i] = new int[] {random.nextInt(3), random.nextInt(nodes)};
            }
            float[] values = new float[nodes];
            for (int i = 0; i < nodes; i++) {
                values[i] = random.nextInt(5) == 0 ? Float.NaN : random.nextInt(2);
            }
            Neighbors graph = SharedData.lists(nodes, edges, false);
            Duplicates found = Duplicates.of(graph, Duplicates.Profile.of(values));
            int[] all = IntStream.range(0, nodes).toArray();
            List<Integer> expected = new ArrayList<>();
            for (int u = 0; u < nodes; u++) {
                for (int v = 0; v < nodes; v++) {
                    if (u != v
                            && values[u] == values[v]
                            && graph.degree(u) > 0
                            && list(graph, u).equals(list(graph, v))) {
                        expected.add(u);
                        break;
                    }
                }
            }
            assertThat(found.leaking(all, all)).as("seed %d", seed).containsExactly(ints(expected));
            assertThat(found.nodes()).isEqualTo(expected.size());
            int half = nodes / 2;
            int[] trained = IntStream.range(0, half).toArray();
            int[] tested = IntStream.range(half, nodes).toArray();
            List<Integer> leaking = new ArrayList<>();
            for (int u = half; u < nodes; u++) {
                for (int v = 0; v < half; v++) {
                    if (values[u] == values[v]
                            && graph.degree(u) > 0
                            && list(graph, u).equals(list(graph, v))) {
                        leaking.add(u);
                        break;
                    }
                }
            }
            assertThat(found.leaking(trained, tested)).as("seed %d", seed).containsExactly(ints(leaking));
        }
    }

    private static int[] ints(List<Integer> list) {
        return list.stream().mapToInt(Integer::intValue).toArray();
    }

    private static List<Integer> list(Neighbors graph, int node) {
        return IntStream.range(0, graph.degree(node))
                .mapToObj(i -> graph.source(graph.begin(node) + i))
                .sorted()
                .toList();
    }

    /// The published filtered versions keep one node of each group by the regression target; labels are its
    /// five quantiles, so that groups by label are somewhat fewer, and never more.
    @Test
    void theFilteredGraphsHaveAboutOneNodePerGroup() {
        filtered("hetero_squirrel", 5201, 2223, 2204);
        filtered("hetero_chameleon", 2277, 890, 843);
    }

    private static void filtered(String name, int nodes, int published, int groups) {
        SharedData data = SharedData.of(name);
        int[] labels = data.labels();
        float[] values = new float[labels.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = labels[i];
        }
        Neighbors outgoing = SharedData.lists(labels.length, data.edges("edges_directed.csv"), true);
        Duplicates found = Duplicates.of(outgoing, Duplicates.Profile.of(values));
        int distinct = labels.length - found.nodes() + found.groups().size();
        assertThat(labels).hasSize(nodes);
        assertThat(distinct).isEqualTo(groups).isLessThanOrEqualTo(published);
    }
}
