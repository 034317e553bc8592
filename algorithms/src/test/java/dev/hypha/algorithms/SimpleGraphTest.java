package dev.hypha.algorithms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hypha.graph.NeighborLists;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;

/// Random edges against sets of pairs.
class SimpleGraphTest {
    @Test
    void holdsTheEdgesThatASetHolds() {
        for (long seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            int nodes = 1 + random.nextInt(12);
            int[][] edges = new int[random.nextInt(40)][];
            Set<Edge> set = new HashSet<>();
            for (int i = 0; i < edges.length; i++) {
                edges[i] = new int[] {random.nextInt(nodes), random.nextInt(nodes)};
                if (edges[i][0] != edges[i][1]) {
                    set.add(Edge.between(edges[i][0], edges[i][1]));
                }
            }
            String message = "seed " + seed;
            SimpleGraph graph = SimpleGraph.of(nodes, edges);
            check(message, graph, nodes, set);
            check(message, SimpleGraph.of(SharedData.lists(nodes, edges, seed % 2 == 0)), nodes, set);
            List<Edge> added = someEdges(nodes, random);
            List<Edge> removed = someEdges(nodes, random);
            set.addAll(added);
            removed.forEach(set::remove);
            check(message, graph.changed(added, removed), nodes, set);
        }
    }

    private static List<Edge> someEdges(int nodes, Random random) {
        List<Edge> edges = new ArrayList<>();
        for (int i = 0; nodes > 1 && i < random.nextInt(9); i++) {
            int u = random.nextInt(nodes);
            edges.add(Edge.between(u, (u + 1 + random.nextInt(nodes - 1)) % nodes));
        }
        return edges;
    }

    private static void check(String message, SimpleGraph graph, int nodes, Set<Edge> edges) {
        assertThat(graph.nodes()).as(message).isEqualTo(nodes);
        assertThat(graph.edgeList())
                .as(message)
                .containsExactly(edges.stream().sorted().toArray(Edge[]::new));
        // The pattern says of itself whether it ascends.
        assertThat(NeighborLists.of(graph.offsets(), graph.neighbors()).sorted())
                .as(message)
                .isTrue();
        for (int u = 0; u < nodes; u++) {
            for (int v = 0; v < nodes; v++) {
                boolean joined = u != v && edges.contains(Edge.between(u, v));
                assertThat(graph.joined(u, v)).as(message).isEqualTo(joined);
                assertThat(graph.contains(u, v)).as(message).isEqualTo(joined);
            }
        }
    }

    @Test
    void anEdgeToNowhereIsRefused() {
        assertThatThrownBy(() -> SimpleGraph.of(3, new int[][] {{0, 1}, {1, 3}}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("from 1 to 3");
        assertThatThrownBy(() -> new Edge(2, 2)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void componentsAreThoseOfSpreadNumbers() {
        for (long seed = 0; seed < 50; seed++) {
            Random random = new Random(seed);
            SimpleGraph graph = Graphs.random(1 + random.nextInt(20), 0.08, random);
            Components components = Components.of(graph);
            int[][] distances = Graphs.distances(graph);
            for (int u = 0; u < graph.nodes(); u++) {
                assertThat(components.nodes().get(components.of()[u])).contains(u);
                for (int v = 0; v < graph.nodes(); v++) {
                    assertThat(components.of()[u] == components.of()[v])
                            .as("seed %d", seed)
                            .isEqualTo(distances[u][v] < 1_000_000);
                }
            }
        }
    }

    @Test
    void everyItemIsDoneOnceAndFailuresComeBack() {
        for (int threads = 1; threads <= 4; threads++) {
            var done = new AtomicIntegerArray(1000);
            new Threads(threads).forEach(1000, () -> done::incrementAndGet);
            for (int i = 0; i < 1000; i++) {
                assertThat(done.get(i)).isOne();
            }
            var failing = new Threads(threads);
            assertThatThrownBy(() -> failing.forEach(100, () -> i -> {
                        if (i == 57) {
                            throw new ArithmeticException("item 57");
                        }
                    }))
                    .hasMessage("item 57");
        }
    }
}
