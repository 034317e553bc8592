package dev.hypha.learn.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import dev.hypha.learn.Place;
import dev.hypha.learn.Progress;
import dev.hypha.learn.data.Arcs;
import dev.hypha.learn.data.NodeData;
import dev.hypha.tensor.KernelProvider;
import dev.hypha.tensor.Matrix;
import dev.hypha.tensor.Memory;
import dev.hypha.tensor.Purpose;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// Graphs whose measures are known.
final class SquashingTest {
    private static Probe measured(int nodes, LongStream pairs) {
        try (Memory memory = Memory.unlimited();
                KernelProvider provider = KernelProvider.choose(2);
                NodeData data = Scenario.data(
                        memory,
                        new float[nodes],
                        pairs.sorted().toArray(),
                        Matrix.of(memory, Purpose.FEATURES, nodes, 2))) {
            Place place = new Place(provider, memory, Progress.SILENT);
            Probe empty = new Probe(List.of(), new Advice("mlp", false, List.of("none")));
            return empty.with(Squashing.of(data, 3, place));
        }
    }

    @Test
    void onARingEdgesAreFlatAndWalksLong() {
        Probe ring = measured(
                40, LongStream.range(0, 40).map(i -> i == 39 ? Arcs.pair(0, 39) : Arcs.pair((int) i, (int) i + 1)));
        // Both neighbors of one end lie one step beyond both of the other's: moving costs 1.
        assertThat(ring.value("curvature-mean")).isCloseTo(0, offset(1e-9));
        // 2 m d (n - d) / n: nine tenths of the way to the largest, where d is 18.
        assertThat(ring.value("commute-p90")).isCloseTo(2 * 18 * 22, offset(1e-6));
        double all = 0;
        for (int hop = 0; hop <= 4; hop++) all += ring.value("sensitivity-" + hop);
        assertThat(all).isCloseTo(1, offset(1e-6));
        assertThat(ring.value("sensitivity-4")).isBetween(1e-9, ring.value("sensitivity-2"));
    }

    @Test
    void betweenTwoCliquesThereIsABottleneck() {
        LongStream cliques = LongStream.range(0, 400)
                .filter(i -> i / 20 < i % 20)
                .flatMap(i -> LongStream.of(
                        Arcs.pair((int) i / 20, (int) i % 20), Arcs.pair(20 + (int) i / 20, 20 + (int) i % 20)));
        Probe barbell = measured(40, LongStream.concat(cliques, LongStream.of(Arcs.pair(0, 20))));
        assertThat(barbell.value("curvature-min")).isLessThan(-1.5);
        assertThat(barbell.value("curvature-negative")).isCloseTo(1 / 381.0, offset(1e-9));
        // 2 m (1 + 2 * 2/20) across, 2 m 2/20 within.
        assertThat(barbell.value("commute-p90")).isCloseTo(2 * 381 * 1.2, offset(40.0));
    }
}
