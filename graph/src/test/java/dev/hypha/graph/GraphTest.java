package dev.hypha.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class GraphTest {
    @Test
    void neighborsStandByTimeThenNumber() {
        for (long seed = 0; seed < 300; seed++) {
            var plain = RandomGraph.of(new Random(seed));
            try (Graph graph = plain.build()) {
                graph.check();
                for (int type = 0; type < plain.directed().size(); type++) {
                    RandomGraph.Edges edges = plain.directed().get(type);
                    for (int target = 0;
                            target < plain.nodes().get(edges.target()).count();
                            target++) {
                        assertThat(neighbors(graph.neighbors(type), target))
                                .as("seed %d, edge type %d, target %d", seed, type, target)
                                .isEqualTo(expected(plain, edges, target));
                    }
                }
            }
        }
    }

    @Test
    void visibleNeighborsAreExactlyThoseUpToTheCutoff() {
        for (long seed = 0; seed < 300; seed++) {
            var random = new Random(seed);
            var plain = RandomGraph.of(random);
            long cutoff = random.nextInt(5) == 0 ? Long.MAX_VALUE : random.nextInt(-7, 12);
            try (Graph graph = plain.build()) {
                for (int type = 0; type < plain.directed().size(); type++) {
                    RandomGraph.Edges edges = plain.directed().get(type);
                    RandomGraph.Nodes sources = plain.nodes().get(edges.source());
                    for (int target = 0;
                            target < plain.nodes().get(edges.target()).count();
                            target++) {
                        Adjacency adjacency = graph.neighbors(type);
                        long visible = expected(plain, edges, target).stream()
                                .filter(source ->
                                        sources.time(source) <= cutoff && sources.time(source) != Long.MAX_VALUE)
                                .count();
                        assertThat(adjacency.visibleEnd(target, cutoff) - adjacency.begin(target))
                                .as("seed %d, edge type %d, target %d, cut-off %d", seed, type, target, cutoff)
                                .isEqualTo(visible);
                    }
                }
            }
        }
    }

    @Test
    void orderOfAddingEdgesIsIrrelevant() {
        for (long seed = 0; seed < 100; seed++) {
            var random = new Random(seed);
            var plain = RandomGraph.of(random);
            try (Graph one = plain.build();
                    Graph other = plain.shuffled(random).build()) {
                for (int type = 0; type < one.edgeTypes().size(); type++) {
                    assertThat(one.neighbors(type).checksum())
                            .as("seed %d, edge type %d", seed, type)
                            .isEqualTo(other.neighbors(type).checksum());
                }
            }
        }
    }

    @Test
    void tellsItsPartsTimesAndBytes() {
        try (var builder = new Graph.Builder()) {
            int customers = builder.nodes("customers", 3);
            int orders = builder.nodes("orders", new long[] {20, 10});
            EdgeList placed = builder.edges("orders.customer", orders, customers);
            placed.add(0, 2);
            placed.add(1, 2);
            builder.reversed("customers of orders", placed);
            try (Graph graph = builder.build()) {
                assertThat(graph.nodeType("orders")).isEqualTo(orders);
                assertThat(graph.time(customers, 1)).isEqualTo(Visibility.ALWAYS);
                assertThat(graph.time(orders, 1)).isEqualTo(10);
                assertThat(graph.timed(customers)).isFalse();
                assertThat(graph.reverse(0)).hasValue(1);
                assertThat(graph.reverse(1)).hasValue(0);
                assertThat(neighbors(graph.neighbors(0), 2)).containsExactly(1, 0);
                assertThat(neighbors(graph.neighbors(graph.edgeType("customers of orders")), 0))
                        .containsExactly(2);
                // Times of 2 orders; offsets of 3 and 2 targets and one more each; 2 edges twice.
                assertThat(graph.bytes()).isEqualTo(2 * 8 + (4 + 3) * 8 + 2 * 2 * 4);
                assertThat(placed.size()).isEqualTo(2);
            }
        }
    }

    @Test
    void growsOverManyChunksOfEdges() {
        int count = 3_000_000;
        try (var builder = new Graph.Builder()) {
            int type = builder.nodes("numbers", 1000);
            EdgeList edges = builder.edges("sums", type, type);
            for (int i = 0; i < count; i++) {
                edges.add(i % 1000, i / 1000 % 1000);
            }
            builder.reversed("sums back", edges);
            try (Graph graph = builder.build()) {
                graph.check();
                assertThat(graph.neighbors(0).edges()).isEqualTo(count);
                assertThat(neighbors(graph.neighbors(0), 7))
                        .hasSize(3000)
                        .startsWith(0, 0, 0, 1)
                        .endsWith(999);
            }
        }
    }

    @Test
    void refusesWhatIsNoGraph() {
        try (var builder = new Graph.Builder()) {
            int type = builder.nodes("a", 2);
            EdgeList edges = builder.edges("e", type, type);
            builder.reversed("back", edges);
            assertThatThrownBy(() -> edges.add(2, 0)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> edges.add(0, -1)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> builder.nodes("a", 1)).hasMessageContaining("a second type named a");
            assertThatThrownBy(() -> builder.edges("e", type, type)).hasMessageContaining("a second type named e");
            assertThatThrownBy(() -> builder.reversed("again", edges)).hasMessageContaining("already reversed");
            assertThatThrownBy(() -> builder.nodes("b", -1)).hasMessageContaining("negative");
            assertThatThrownBy(() -> builder.edges("x", type, 5)).isInstanceOf(IndexOutOfBoundsException.class);
            Graph graph = builder.build();
            assertThatThrownBy(builder::build).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> graph.nodeType("b")).hasMessageContaining("no type named b");
            assertThatThrownBy(() -> graph.time(type, 2)).isInstanceOf(IndexOutOfBoundsException.class);
            graph.close();
            assertThatThrownBy(() -> graph.neighbors(0).begin(0)).isInstanceOf(IllegalStateException.class);
        }
    }

    static List<Integer> neighbors(Adjacency adjacency, int target) {
        List<Integer> sources = new ArrayList<>();
        for (long i = adjacency.begin(target); i < adjacency.end(target); i++) {
            sources.add(adjacency.source(i));
        }
        return sources;
    }

    private static List<Integer> expected(RandomGraph plain, RandomGraph.Edges edges, int target) {
        RandomGraph.Nodes sources = plain.nodes().get(edges.source());
        return edges.pairs().stream()
                .filter(pair -> pair[1] == target)
                .map(pair -> pair[0])
                .sorted(Comparator.<Integer>comparingLong(sources::time).thenComparing(source -> source))
                .toList();
    }
}
