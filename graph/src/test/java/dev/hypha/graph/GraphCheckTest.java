package dev.hypha.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/// Each array of a graph is damaged behind its back; [Graph#check] must see every damage and name the part.
class GraphCheckTest {
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;

    @Test
    void findsAChangedTime() {
        damaged(graph -> graph.times(1).segment().setAtIndex(LONG, 2, 31), "orders", "times");
    }

    @Test
    void findsFallingOffsets() {
        damaged(graph -> offsets(graph).setAtIndex(LONG, 1, 5), "placed", "fall at target 1");
    }

    @Test
    void findsOffsetsThatEndElsewhere() {
        damaged(graph -> offsets(graph).setAtIndex(LONG, 2, 2), "placed", "end at 2 of 3");
    }

    @Test
    void findsOffsetsThatDoNotBeginAtZero() {
        damaged(graph -> offsets(graph).setAtIndex(LONG, 0, 1), "placed", "does not begin at 0");
    }

    @Test
    void findsASourceThatIsNoNode() {
        damaged(graph -> sources(graph).setAtIndex(INT, 0, 3), "placed", "no source 3");
        damaged(graph -> sources(graph).setAtIndex(INT, 0, -1), "placed", "no source -1");
    }

    @Test
    void findsNeighborsOutOfOrder() {
        damaged(
                graph -> {
                    sources(graph).setAtIndex(INT, 1, 2);
                    sources(graph).setAtIndex(INT, 2, 1);
                },
                "placed",
                "unordered");
    }

    @Test
    void findsAnotherEdgeInGoodOrder() {
        // Target 0 has the one neighbor 0; any other is in range and in order, but is not in the reverse.
        damaged(graph -> sources(graph).setAtIndex(INT, 0, 1), "placed", "not the transpose of back");
    }

    @Test
    void findsAnEdgeMovedToAnotherTarget() {
        damaged(graph -> offsets(graph).setAtIndex(LONG, 1, 2), "placed", "not the transpose");
    }

    @Test
    void findsDamageByChecksumWhereThereIsNoReverse() {
        try (var builder = new Graph.Builder()) {
            int type = builder.nodes("a", 3);
            builder.edges("e", type, type).add(0, 1);
            try (Graph graph = builder.build()) {
                graph.check();
                sources(graph).setAtIndex(INT, 0, 2);
                assertThatThrownBy(graph::check).hasMessageContaining("e: the edges do not match their checksum");
            }
        }
    }

    private static void damaged(Consumer<Graph> damage, String part, String problem) {
        try (Graph graph = sample()) {
            graph.check();
            damage.accept(graph);
            assertThatThrownBy(graph::check)
                    .isInstanceOfSatisfying(
                            CorruptGraphException.class,
                            e -> assertThat(e.part()).isEqualTo(part))
                    .hasMessageContaining(problem);
        }
    }

    private static Graph sample() {
        try (var builder = new Graph.Builder()) {
            int customers = builder.nodes("customers", 2);
            int orders = builder.nodes("orders", new long[] {10, 20, 30});
            EdgeList placed = builder.edges("placed", orders, customers);
            builder.reversed("back", placed);
            placed.add(2, 1);
            placed.add(0, 0);
            placed.add(1, 1);
            return builder.build();
        }
    }

    private static MemorySegment offsets(Graph graph) {
        return graph.neighbors(0).offsetSegment();
    }

    private static MemorySegment sources(Graph graph) {
        return graph.neighbors(0).sourceSegment();
    }
}
