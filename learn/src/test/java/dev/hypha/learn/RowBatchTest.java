package dev.hypha.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hypha.graph.Graph;
import dev.hypha.graph.sampling.Pick;
import dev.hypha.graph.sampling.Subgraph;
import dev.hypha.graph.sampling.TemporalSampler;
import dev.hypha.tensor.Matrix;
import dev.hypha.tensor.Memory;
import dev.hypha.tensor.Purpose;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class RowBatchTest {
    private static final long DAY = Shop.DAY;

    private final Memory memory = Memory.unlimited();

    @AfterEach
    void free() {
        memory.close();
    }

    @Test
    void everyRowHasTheColumnsOfItsNodeAndAgesAtItsSeedsTime() {
        try (Shop shop = new Shop(memory, 30, 4)) {
            Graph graph = shop.graphOfRows();
            Seeds seeds = shop.seeds(TaskKind.BINARY, 0, 10);
            TemporalSampler sampler = new TemporalSampler(new int[] {-1, -1}, Pick.LAST);
            Subgraph sub = sampler.sample(graph, Shop.CUSTOMERS, seeds.node(), seeds.cutoff(), 1);
            RowBatch batch = RowBatch.of(graph, shop.features(), sub, seeds);
            for (int type = 0; type < 3; type++) {
                Features features = shop.features().get(type);
                NodeRows rows = batch.rows(type);
                assertThat(rows.count()).isEqualTo(sub.nodes(type).length).isPositive();
                for (int i = 0; i < rows.count(); i++) {
                    int node = sub.nodes(type)[i];
                    int p = rows.positions()[i];
                    assertThat(rows.dense()[p]).isEqualTo(features.dense().get(node, 0));
                    for (int c = 0; c < rows.codeColumns(); c++) {
                        assertThat(rows.codes(c)[p]).isEqualTo(features.codes()[c][node]);
                    }
                    if (type == Shop.ORDERS)
                        requireAges(rows, i, seeds.time()[sub.seedOf(type)[i]], graph.time(type, node));
                }
            }
            assertThat(batch.rows(Shop.PRODUCTS).distinct()).isLessThanOrEqualTo(30);
            assertThat(batch.rows(Shop.CUSTOMERS).distinct()).isEqualTo(10);
            assertThat(batch.rows(Shop.CUSTOMERS).ageWidth()).isZero();
        }
    }

    /// The order's own time, and the same instant once more as a column.
    private static void requireAges(NodeRows rows, int i, long now, long then) {
        float[] expected = new float[TimeEncoding.WIDTH + TimeEncoding.SHORT_WIDTH];
        float days = (float) ((now - then) / (double) DAY);
        TimeEncoding.write(days, expected, 0);
        TimeEncoding.writeShort(days, expected, TimeEncoding.WIDTH);
        int width = rows.ageWidth();
        assertThat(days).isNotNegative();
        assertThat(Arrays.copyOfRange(rows.ages(), i * width, (i + 1) * width)).isEqualTo(expected);
    }

    @Test
    void aSeedThatIsNotVisibleItselfHasNothing() {
        try (Graph.Builder builder = new Graph.Builder()) {
            builder.nodes("people", new long[] {0, 5 * DAY});
            try (Graph graph = builder.build()) {
                Features.Name name = new Features.Name("people", "x", "value");
                Features features = new Features(
                        Matrix.of(memory, Purpose.FEATURES, 2, 1, 7, 8),
                        new int[][] {{1, 2}},
                        new int[] {3},
                        new long[][] {{DAY, Long.MAX_VALUE}},
                        List.of(name),
                        List.of(name),
                        List.of(name));
                Seeds seeds = new Seeds(
                        new int[] {0, 1}, new long[] {3 * DAY, 3 * DAY}, new long[2], new float[2], new float[0]);
                GraphBatches source = new GraphBatches(
                        graph, List.of(features), new TemporalSampler(new int[] {1}, Pick.LAST), 0, seeds);
                NodeRows rows = source.batch(new int[] {1, 0}, 0).rows(0);
                int width = rows.ageWidth();
                assertThat(rows.dense()).containsExactly(0, 7);
                assertThat(rows.codes(0)).containsExactly(0, 1);
                assertThat(IntStream.range(0, width).mapToObj(i -> rows.ages()[i]))
                        .containsOnly(0f);
                assertThat(rows.ages()[width]).as("known").isEqualTo(1);
                assertThat(rows.ages()[2 * width - 1]).isEqualTo((float) (Math.log1p(2) / 8));
            }
        }
    }

    @Test
    void seedsMustFitAndNotSeeBeyondTheirTime() {
        assertThatThrownBy(() -> new Seeds(new int[1], new long[1], new long[2], new float[0], new float[0]))
                .hasMessageContaining("differ in length");
        assertThatThrownBy(() -> new Seeds(new int[1], new long[1], new long[] {1}, new float[0], new float[0]))
                .hasMessageContaining("beyond its own time");
        Seeds seeds = new Seeds(
                new int[] {4, 5, 6}, new long[] {1, 2, 3}, new long[] {0, 2, 1}, new float[] {1, 0, 1}, new float[] {
                    1, 2, 3, 4, 5, 6
                });
        Seeds two = seeds.rows(new int[] {2, 0});
        assertThat(two.node()).containsExactly(6, 4);
        assertThat(two.cutoff()).containsExactly(1, 0);
        assertThat(two.features()).containsExactly(5, 6, 1, 2);
        assertThat(two.featureWidth()).isEqualTo(2);
    }
}
