package dev.hypha.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hypha.graph.InputException;
import dev.hypha.graph.generating.PowerLaw;
import dev.hypha.tensor.Csr;
import dev.hypha.tensor.KernelProvider;
import dev.hypha.tensor.Memory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// That everything can be run and is what it says; how fast it is, no test asks.
final class BenchmarksTest {
    private static final PowerLaw SMALL = new PowerLaw(600, 6_000, 12, 4, 8, 0.3, 5);

    @Test
    void everyBenchmarkRunsBehindItsGate() {
        List<Benchmark> graphOnes = Benchmarks.all().stream()
                .filter(b -> !b.name().startsWith("product"))
                .toList();
        List<Row> rows = new ArrayList<>();
        try (Memory memory = Memory.unlimited();
                KernelProvider provider = KernelProvider.choose(2);
                BenchGraph graph = BenchGraphs.of(SMALL, memory)) {
            Limits limits = new Limits(1e10, 1e11);
            for (Benchmark benchmark : graphOnes) {
                rows.add(Benchmarks.row(benchmark, new Setting(provider, () -> graph, memory, 0.01), limits));
            }
        }
        assertThat(rows)
                .extracting(Row::name)
                .containsExactlyElementsOf(
                        graphOnes.stream().map(Benchmark::name).toList());
        assertThat(rows).allSatisfy(row -> {
            assertThat(row.millis().min()).isPositive();
            assertThat(row.millis().median())
                    .isBetween(row.millis().min(), row.millis().max());
            assertThat(row.bytes()).isPositive();
            assertThat(row.operations()).isPositive();
            assertThat(row.limitRatio()).isPositive();
            assertThat(row.gate()).contains("plain loops");
            assertThat(row.size()).contains("600 nodes");
        });
    }

    @Test
    void theGraphHasEachEdgeBothWaysInAscendingRows() {
        try (Memory memory = Memory.unlimited();
                BenchGraph graph = BenchGraphs.of(SMALL, memory)) {
            Csr edges = graph.edges().pattern();
            assertThat(edges.edges()).isEqualTo(6_000);
            assertThat(edges.transpose().indices()).isEqualTo(edges.indices());
            assertThat(edges.transpose().offsets()).isEqualTo(edges.offsets());
            for (int i = 0; i < edges.rows(); i++) {
                for (int e = edges.offsets()[i] + 1; e < edges.offsets()[i + 1]; e++) {
                    assertThat(edges.indices()[e]).isGreaterThan(edges.indices()[e - 1]);
                }
            }
            assertThat(graph.training()).hasSizeBetween(200, 400);
            assertThat(graph.labels()).hasSize(graph.training().length);
        }
    }

    @Test
    void aPartHasTheEdgesAmongItsNodes() {
        try (Memory memory = Memory.unlimited();
                BenchGraph graph = BenchGraphs.of(new PowerLaw(21_000, 60_000, 2, 3, 8, 0.3, 1), memory)) {
            BenchGraph part = graph.part();
            assertThat(part.nodes()).isEqualTo(20_000);
            Csr all = graph.edges().pattern();
            int expected = 0;
            for (int e = 0; e < all.offsets()[20_000]; e++) if (all.indices()[e] < 20_000) expected++;
            assertThat(part.edgeCount()).isEqualTo(expected);
        }
    }

    @Test
    void theGateStopsAWrongResult() {
        float[] plain = {1, -2, 3};
        assertThat(Gate.equal("sums", plain, new float[] {1, -2, 3.000001f}, 10))
                .contains("sums as plain loops");
        assertThatThrownBy(() -> Gate.equal("sums", plain, new float[] {1, -2, 3.01f}, 10))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("sums differs");
        assertThatThrownBy(() -> Gate.equal("sums", plain, new float[] {1, Float.NaN, 3}, 10))
                .hasMessageContaining("number 1 is NaN");
        assertThatThrownBy(() -> Gate.equal("sums", plain, new float[2], 10)).hasMessageContaining("3 against 2");
    }

    @Test
    void millisAreMedianAndExtremes() {
        assertThat(Millis.of(new double[] {5, 1, 3})).isEqualTo(new Millis(3, 1, 5));
        assertThat(Millis.of(new double[] {4, 1, 2, 8})).isEqualTo(new Millis(3, 1, 8));
    }

    @Test
    void theLimitIsTheSlowerOfBytesAndOperations() {
        Limits limits = new Limits(1e9, 1e9);
        assertThat(limits.ratio(new Millis(10, 9, 11), 1_000_000, 2_000_000)).isEqualTo(5);
        assertThat(limits.ratio(new Millis(10, 9, 11), 4_000_000, 2_000_000)).isEqualTo(2.5);
    }

    @Test
    void namesAndGroupsAreFoundAndOthersRefused() {
        assertThat(Benchmarks.named(List.of("epoch", "epoch/gcn")))
                .extracting(Benchmark::name)
                .contains("epoch/gcn", "epoch/gin")
                .doesNotHaveDuplicates();
        assertThat(Benchmarks.named(List.of())).isEqualTo(Benchmarks.all());
        assertThatThrownBy(() -> Benchmarks.named(List.of("spm"))).isInstanceOf(InputException.class);
    }
}
