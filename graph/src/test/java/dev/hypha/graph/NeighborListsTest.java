package dev.hypha.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class NeighborListsTest {
    @Test
    void anAdjacencyAndItsArraysAreTheSameNeighbors() {
        for (long number = 0; number < 100; number++) {
            var random = new Random(number);
            try (var builder = new Graph.Builder()) {
                int nodes = 1 + random.nextInt(20);
                EdgeList list = builder.edges("edges", builder.nodes("nodes", nodes), 0);
                int[][] counts = new int[nodes][nodes];
                for (int i = 0; i < random.nextInt(100); i++) {
                    int source = random.nextInt(nodes);
                    int target = random.nextInt(nodes);
                    list.add(source, target);
                    counts[target][source]++;
                }
                try (Graph graph = builder.build()) {
                    Neighbors stored = graph.neighbors(0);
                    assertThat(stored.sorted()).isTrue();
                    check(stored, counts);
                    check(lists(stored, true), counts);
                    check(lists(stored, false), counts);
                }
            }
        }
    }

    @Test
    void unsortedListsAreReadThrough() {
        Neighbors graph = NeighborLists.of(new int[] {0, 3, 3, 3}, new int[] {2, 0, 1});
        assertThat(graph.sorted()).isFalse();
        check(graph, new int[][] {{1, 1, 1}, {0, 0, 0}, {0, 0, 0}});
    }

    @Test
    void refusesWhatIsNoPattern() {
        int[][] offsets = {{}, {1, 1}, {0, 2}, {0, 2, 1}, {0, 3, 1}, {0, 1}, {0, 1}};
        int[][] sources = {{}, {0}, {0}, {0}, {0}, {1}, {-1}};
        for (int i = 0; i < offsets.length; i++) {
            int[] begin = offsets[i];
            int[] list = sources[i];
            assertThatThrownBy(() -> NeighborLists.of(begin, list)).isInstanceOf(IllegalArgumentException.class);
            long[] wide = Arrays.stream(begin).asLongStream().toArray();
            assertThatThrownBy(() -> NeighborLists.of(wide, list)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void refusesWeightsThatAreNone() {
        Neighbors graph = NeighborLists.of(new int[] {0, 1}, new int[] {0});
        for (float[] weights : new float[][] {{}, {1, 2}, {-1}, {Float.NaN}, {Float.POSITIVE_INFINITY}}) {
            assertThatThrownBy(() -> graph.withWeights(weights)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(graph.weighted()).isFalse();
        assertThat(graph.weight(0)).isEqualTo(1);
        assertThat(graph.withWeights(new float[] {3}).weight(0)).isEqualTo(3);
    }

    private static Neighbors lists(Neighbors graph, boolean wide) {
        int[] sources =
                LongStream.range(0, graph.edges()).mapToInt(graph::source).toArray();
        LongStream offsets = LongStream.rangeClosed(0, graph.targets())
                .map(i -> i == graph.targets() ? graph.edges() : graph.begin((int) i));
        return wide
                ? NeighborLists.of(offsets.toArray(), sources)
                : NeighborLists.of(offsets.mapToInt(Math::toIntExact).toArray(), sources);
    }

    private static void check(Neighbors graph, int[][] counts) {
        assertThat(graph.targets()).isEqualTo(counts.length);
        for (int target = 0; target < counts.length; target++) {
            int[] left = counts[target].clone();
            for (long i = graph.begin(target); i < graph.end(target); i++) {
                left[graph.source(i)]--;
            }
            assertThat(left).containsOnly(0);
            for (int source = 0; source < counts.length; source++) {
                assertThat(graph.contains(target, source)).isEqualTo(counts[target][source] > 0);
            }
        }
    }
}
