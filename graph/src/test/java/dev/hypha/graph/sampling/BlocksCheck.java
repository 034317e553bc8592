package dev.hypha.graph.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypha.graph.Neighbors;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.IntStream;

/// What must hold of all [Blocks], whoever sampled them.
final class BlocksCheck {
    private BlocksCheck() {}

    /// The shape that the contract of [Blocks] promises, and that nothing in it is made up.
    static void check(Neighbors graph, int[] seeds, Blocks blocks) {
        int[] ends = blocks.ends();
        int[] nodes = blocks.nodes();
        assertThat(ends).hasSize(blocks.hops() + 1).isSorted();
        assertThat(ends[blocks.hops()]).isEqualTo(nodes.length);
        assertThat(Arrays.stream(nodes)).allMatch(node -> node >= 0 && node < graph.targets());
        assertThat(IntStream.of(blocks.seedRows()).map(row -> nodes[row])).containsExactly(box(seeds));
        assertThat(IntStream.of(blocks.seedRows()).distinct().count()).isEqualTo(ends[0]);
        if (blocks.seedOf().length == 0) {
            assertThat(nodes).doesNotHaveDuplicates();
            checkOrder(blocks);
        } else {
            checkScopes(blocks);
        }
        checkRows(blocks);
        if (blocks.weights().length > 0) {
            assertThat(blocks.weights()).hasSameSizeAs(blocks.sources());
            for (float weight : blocks.weights()) {
                assertThat(weight).isBetween(0f, Float.MAX_VALUE);
            }
        }
        if (blocks.positions().length > 0) {
            checkEdges(graph, blocks);
        }
    }

    /// Same bits.
    static void same(Blocks one, Blocks other) {
        assertThat(one).usingRecursiveComparison().isEqualTo(other);
    }

    private static Integer[] box(int[] values) {
        return IntStream.of(values).boxed().toArray(Integer[]::new);
    }

    /// Seeds first, then in the order of first appearance.
    private static void checkOrder(Blocks blocks) {
        Set<Integer> met = new LinkedHashSet<>();
        IntStream.range(0, blocks.ends()[0]).forEach(met::add);
        IntStream.of(blocks.sources()).forEach(met::add);
        assertThat(met)
                .containsExactly(box(IntStream.range(0, blocks.nodes().length).toArray()));
    }

    /// No edge leads from one seed's scope to another's, and no node is twice in one.
    private static void checkScopes(Blocks blocks) {
        assertThat(blocks.seedOf()).hasSameSizeAs(blocks.nodes());
        Set<Long> met = new HashSet<>();
        for (int local = 0; local < blocks.nodes().length; local++) {
            assertThat(met.add(((long) blocks.seedOf()[local] << 32) + blocks.nodes()[local]))
                    .isTrue();
        }
        for (int row = 0; row + 1 < blocks.offsets().length; row++) {
            for (int i = blocks.offsets()[row]; i < blocks.offsets()[row + 1]; i++) {
                assertThat(blocks.seedOf()[blocks.sources()[i]]).isEqualTo(blocks.seedOf()[row]);
            }
        }
    }

    /// Rows of hop h have sources of hop h + 1 at most, so a layer finds all it needs in the rows of the
    /// layer before.
    private static void checkRows(Blocks blocks) {
        int[] ends = blocks.ends();
        int[] offsets = blocks.offsets();
        assertThat(offsets)
                .hasSize(blocks.hops() == 0 ? 1 : ends[blocks.hops() - 1] + 1)
                .startsWith(0)
                .isSorted();
        assertThat(offsets[offsets.length - 1]).isEqualTo(blocks.sources().length);
        for (int hop = 0; hop < blocks.hops(); hop++) {
            for (int i = 0; i < offsets[ends[hop]]; i++) {
                assertThat(blocks.sources()[i]).isBetween(0, ends[hop + 1] - 1);
            }
        }
    }

    /// Each edge is the graph's edge at its position, in the list of its row's node, and no other edge of
    /// the row.
    private static void checkEdges(Neighbors graph, Blocks blocks) {
        assertThat(blocks.positions()).hasSameSizeAs(blocks.sources());
        for (int row = 0; row + 1 < blocks.offsets().length; row++) {
            int target = blocks.nodes()[row];
            Set<Long> taken = new HashSet<>();
            for (int i = blocks.offsets()[row]; i < blocks.offsets()[row + 1]; i++) {
                long position = blocks.positions()[i];
                assertThat(taken.add(position)).isTrue();
                assertThat(position).isBetween(graph.begin(target), graph.end(target) - 1);
                assertThat(blocks.nodes()[blocks.sources()[i]]).isEqualTo(graph.source(position));
            }
        }
    }
}
