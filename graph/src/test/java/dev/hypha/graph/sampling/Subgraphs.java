package dev.hypha.graph.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypha.graph.Adjacency;
import dev.hypha.graph.Graph;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// What must hold of every sample, whatever the graph and the question.
final class Subgraphs {
    private Subgraphs() {}

    /// The shape that the contract of [Subgraph] promises.
    static void check(Subgraph sample) {
        for (int type = 0; type < sample.nodeTypes().size(); type++) {
            int[] ends = sample.ends(type);
            assertThat(ends).hasSize(sample.hops() + 1).isSorted();
            assertThat(ends[sample.hops()]).isEqualTo(sample.nodes(type).length).isEqualTo(sample.seedOf(type).length);
            assertThat(ends[0]).isEqualTo(type == sample.seedType() ? sample.seeds() : 0);
            for (int hop = 0; hop <= sample.hops(); hop++) {
                int begin = hop == 0 ? 0 : ends[hop - 1];
                assertThat(Arrays.copyOfRange(sample.seedOf(type), begin, ends[hop]))
                        .isSorted();
            }
        }
        for (int i = 0; i < sample.seeds(); i++) {
            assertThat(sample.seedOf(sample.seedType())[i]).isEqualTo(i);
        }
        for (int type = 0; type < sample.edgeTypes().size(); type++) {
            checkEdges(sample, type);
        }
    }

    /// Rows of hop h have sources of hop h + 1 at most, so a layer finds all it needs in the rows of the layer before.
    private static void checkEdges(Subgraph sample, int type) {
        int[] offsets = sample.offsets(type);
        int[] rowEnds = sample.ends(sample.edgeTypes().get(type).target());
        int[] sourceEnds = sample.ends(sample.edgeTypes().get(type).source());
        assertThat(offsets)
                .hasSize(sample.hops() == 0 ? 1 : rowEnds[sample.hops() - 1] + 1)
                .startsWith(0)
                .isSorted();
        assertThat(offsets[offsets.length - 1]).isEqualTo(sample.sources(type).length);
        for (int hop = 0; hop < sample.hops(); hop++) {
            for (int i = 0; i < offsets[rowEnds[hop]]; i++) {
                assertThat(sample.sources(type)[i]).isBetween(0, sourceEnds[hop + 1] - 1);
            }
        }
    }

    /// Each row has distinct visible neighbors of the graph, as many as the fan-out lets it.
    static void checkNeighbors(Graph graph, Subgraph sample, int[] fanouts, long[] cutoffs) {
        for (int type = 0; type < sample.edgeTypes().size(); type++) {
            int target = sample.edgeTypes().get(type).target();
            for (int row = 0; row + 1 < sample.offsets(type).length; row++) {
                int hop = 0;
                while (row >= sample.ends(target)[hop]) {
                    hop++;
                }
                int node = sample.nodes(target)[row];
                List<Integer> taken = taken(sample, type, row);
                List<Integer> visible = node == Subgraph.UNSEEN
                        ? List.of()
                        : visible(graph, type, node, cutoffs[sample.seedOf(target)[row]]);
                int expected = fanouts[hop] < 0 ? visible.size() : Math.min(fanouts[hop], visible.size());
                assertThat(taken).hasSize(expected);
                List<Integer> left = new ArrayList<>(visible);
                taken.forEach(each -> assertThat(left.remove((Object) each))
                        .as("neighbor %d", each)
                        .isTrue());
            }
        }
    }

    static void assertSame(Subgraph one, Subgraph other, String message) {
        for (int type = 0; type < one.nodeTypes().size(); type++) {
            assertThat(other.nodes(type)).as(message).isEqualTo(one.nodes(type));
            assertThat(other.seedOf(type)).as(message).isEqualTo(one.seedOf(type));
            assertThat(other.ends(type)).as(message).isEqualTo(one.ends(type));
        }
        for (int type = 0; type < one.edgeTypes().size(); type++) {
            assertThat(other.offsets(type)).as(message).isEqualTo(one.offsets(type));
            assertThat(other.sources(type)).as(message).isEqualTo(one.sources(type));
        }
    }

    private static List<Integer> taken(Subgraph sample, int type, int row) {
        List<Integer> taken = new ArrayList<>();
        int source = sample.edgeTypes().get(type).source();
        for (int i = sample.offsets(type)[row]; i < sample.offsets(type)[row + 1]; i++) {
            taken.add(sample.nodes(source)[sample.sources(type)[i]]);
        }
        return taken;
    }

    private static List<Integer> visible(Graph graph, int type, int target, long cutoff) {
        List<Integer> visible = new ArrayList<>();
        Adjacency adjacency = graph.neighbors(type);
        for (long i = adjacency.begin(target); i < adjacency.end(target); i++) {
            long time = graph.time(graph.edgeTypes().get(type).source(), adjacency.source(i));
            if (time <= cutoff && time != Long.MAX_VALUE) {
                visible.add(adjacency.source(i));
            }
        }
        return visible;
    }
}
