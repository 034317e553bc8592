package dev.hypha.learn.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hypha.graph.InputException;
import dev.hypha.learn.TaskKind;
import dev.hypha.tensor.Csr;
import dev.hypha.tensor.Matrix;
import dev.hypha.tensor.Memory;
import dev.hypha.tensor.Purpose;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SplitsTest {
    private static final int NODES = 600;

    private final Memory memory = Memory.unlimited();

    /// Class 0 has a half of the nodes, class 1 a third, class 2 a sixth; every tenth has no label.
    private NodeData data(TaskKind kind, Split... splits) {
        float[] labels = new float[NODES];
        for (int i = 0; i < NODES; i++) labels[i] = i % 10 == 9 ? Float.NaN : i % 6 < 3 ? 0 : i % 6 < 5 ? 1 : 2;
        List<String> names = kind == TaskKind.REGRESSION ? List.of() : List.of("a", "b", "c");
        return new NodeData(
                "some",
                new Csr(NODES, NODES, new int[NODES + 1], new int[0]),
                false,
                Matrix.of(memory, Purpose.FEATURES, NODES, 1),
                new NodeLabels(kind, labels, names),
                IntStream.range(0, NODES).mapToObj(Integer::toString).toList(),
                List.of(splits),
                "",
                List.of());
    }

    @ParameterizedTest
    @CsvSource({"60/20/20, 1", "10/10/80, 1", "50/0/50, 1", "5/5/5, 0.15", "100/0/0, 1"})
    void sharesAreOfEveryClassAndOverlapNowhere(String asked, double used) {
        for (long seed = 0; seed < 20; seed++) {
            NodeData data = data(TaskKind.MULTICLASS);
            Split split = Splits.of(data, asked, seed);
            String[] wanted = asked.split("/", -1);
            int[] all = requireApart(data, split);
            assertThat(all.length).as("seed %d", seed).isBetween((int) (540 * used) - 3, (int) (540 * used) + 3);
            for (int c = 0; c < 3; c++) {
                long have = count(data, IntStream.range(0, NODES).toArray(), c);
                assertThat(count(data, split.train(), c))
                        .as("seed %d, class %d", seed, c)
                        .isEqualTo(Math.round(have * Integer.parseInt(wanted[0]) / 100.0));
            }
        }
    }

    private static int[] requireApart(NodeData data, Split split) {
        int[] all = Stream.of(split.train(), split.validation(), split.test())
                .flatMapToInt(Arrays::stream)
                .toArray();
        assertThat(Arrays.stream(all).distinct().count()).isEqualTo(all.length);
        assertThat(Arrays.stream(all).allMatch(data.target()::known)).isTrue();
        assertThat(split.train()).isSorted();
        return all;
    }

    private static long count(NodeData data, int[] nodes, int c) {
        return Arrays.stream(nodes).filter(node -> data.labels()[node] == c).count();
    }

    @Test
    void soManyOfEachClass() {
        NodeData data = data(TaskKind.MULTICLASS);
        Split split = Splits.of(data, "20-per-class", 7);
        for (int c = 0; c < 3; c++) {
            assertThat(count(data, split.train(), c)).isEqualTo(20);
            assertThat(count(data, split.validation(), c)).isEqualTo(30);
        }
        assertThat(requireApart(data, split)).hasSize(540);
        Split total = Splits.of(data, "20-per-class/100", 7);
        assertThat(total.train()).hasSize(60);
        assertThat(total.validation()).hasSize(100);
        assertThat(total.test()).hasSize(380);
        requireApart(data, total);
    }

    /// Edges join the first 300 nodes to one component and pair the others.
    @Test
    void ofTheLargestComponentOnly() {
        int[] offsets = new int[NODES + 1];
        int[] neighbors = new int[2 * 299 + 300];
        for (int i = 0, at = 0; i < NODES; i++) {
            if (i > 0 && i < 300) neighbors[at++] = i - 1;
            if (i < 299) neighbors[at++] = i + 1;
            if (i >= 300) neighbors[at++] = i % 2 == 0 ? i + 1 : i - 1;
            offsets[i + 1] = at;
        }
        NodeData data = data(TaskKind.MULTICLASS)
                .withEdges(new Csr(NODES, NODES, offsets, neighbors), "a path and pairs", "path");
        for (String asked : List.of("5-per-class", "5-per-class/50", "60/20/20")) {
            Split split = Splits.of(data, "largest/" + asked, 3);
            assertThat(split.name()).isEqualTo("largest/" + asked);
            int[] all = requireApart(data, split);
            assertThat(all).hasSize(270);
            assertThat(all).matches(nodes -> Arrays.stream(nodes).allMatch(node -> node < 300));
        }
        for (int c = 0; c < 3; c++) {
            assertThat(count(data, Splits.of(data, "largest/5-per-class", 3).train(), c))
                    .isEqualTo(5);
        }
    }

    @Test
    void everySeedDrawsAnotherAndAlwaysTheSame() {
        NodeData data = data(TaskKind.REGRESSION);
        assertThat(Splits.of(data, "60/20/20", 1).train())
                .isEqualTo(Splits.of(data, "60/20/20", 1).train());
        assertThat(Splits.of(data, "60/20/20", 1).train())
                .isNotEqualTo(Splits.of(data, "60/20/20", 2).train());
    }

    @Test
    void seedsTakeTheSplitsOfAFamilyInTurn() {
        Split fixed = new Split("public", new int[] {0}, new int[] {1}, new int[] {2});
        Split first = new Split("geom-0", new int[] {1}, new int[] {2}, new int[] {3});
        Split second = new Split("geom-1", new int[] {2}, new int[] {3}, new int[] {4});
        NodeData data = data(TaskKind.MULTICLASS, fixed, first, second);
        assertThat(Splits.usual(data)).isEqualTo("public");
        assertThat(Splits.of(data, "public", 5)).isSameAs(fixed);
        assertThat(Splits.of(data, "geom", 2)).isSameAs(first);
        assertThat(Splits.of(data, "geom", 3)).isSameAs(second);
        assertThat(Splits.of(data, "geom-1", 2)).isSameAs(second);
        assertThat(Splits.usual(data(TaskKind.MULTICLASS))).isEqualTo("60/20/20");
    }

    private NodeData timed(long[] times) {
        NodeData plain = data(TaskKind.MULTICLASS);
        return new NodeData(
                "timed",
                plain.arcs(),
                false,
                plain.features(),
                plain.target(),
                plain.nodeNames(),
                List.of(),
                times,
                "",
                List.of());
    }

    @ParameterizedTest
    @ValueSource(strings = {"time", "time/60/20/20", "60/20/20"})
    void theOldestAreLearnedFromAndNodesOfOneTimeStayTogether(String asked) {
        long[] times = new long[NODES];
        for (int i = 0; i < NODES; i++) times[i] = (i * 7919L % NODES) / 50;
        NodeData data = timed(times);
        Split split = Splits.of(data, asked, 0);
        assertThat(requireApart(data, split)).hasSize(540);
        assertThat(split.train().length).isBetween(324, 324 + 50);
        long last = Arrays.stream(split.train()).mapToLong(i -> times[i]).max().orElseThrow();
        long first =
                Arrays.stream(split.validation()).mapToLong(i -> times[i]).min().orElseThrow();
        long end =
                Arrays.stream(split.validation()).mapToLong(i -> times[i]).max().orElseThrow();
        assertThat(first).isGreaterThan(last);
        assertThat(Arrays.stream(split.test()).mapToLong(i -> times[i]).min().orElseThrow())
                .isGreaterThan(end);
    }

    @Test
    void nodesWithATimeAreNotDrawnByClass() {
        NodeData data = timed(LongStream.range(0, NODES).toArray());
        assertThatThrownBy(() -> Splits.of(data, "20-per-class", 0))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("would learn from the future");
    }

    @Test
    void emptyPartsAreSaid() {
        NodeData data = timed(new long[NODES]);
        Split all = Splits.of(data, "60/20/20", 0);
        assertThat(all.train()).hasSize(540);
        assertThat(all.notes()).hasSize(2);
        assertThat(all.notes().getFirst()).contains("no validation nodes");
        assertThat(all.notes().getLast()).contains("no test nodes");
        assertThat(Splits.of(data(TaskKind.MULTICLASS), "60/20/20", 0).notes()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "thirds           | MULTICLASS | none like that",
                "60/60/20         | MULTICLASS | shares cannot be had",
                "0/50/50          | MULTICLASS | training part is empty",
                "70-per-class     | MULTICLASS | class c has 80 nodes, and 101 are needed",
                "20-per-class     | REGRESSION | no one class per node",
                "time/60/20/20    | MULTICLASS | nodes have no time",
                "20-per-class/480 | MULTICLASS | only 480 nodes are left",
            })
    void whatCannotBeIsToldWithTheOption(String asked, TaskKind kind, String says) {
        assertThatThrownBy(() -> Splits.of(data(kind), asked, 0))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("Option --split is " + asked)
                .hasMessageContaining(says);
    }
}
