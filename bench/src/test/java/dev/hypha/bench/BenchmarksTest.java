package dev.hypha.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.hypha.graph.InputException;
import dev.hypha.graph.generating.PowerLaw;
import dev.hypha.learn.Pauses;
import dev.hypha.tensor.Csr;
import dev.hypha.tensor.KernelProvider;
import dev.hypha.tensor.Matrix;
import dev.hypha.tensor.Memory;
import dev.hypha.tensor.Purpose;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
            assertThat(row.limitRatio()).isPositive();
            assertThat(row.gate()).isNotBlank();
            assertThat(row.size()).startsWith("power law, ");
            assertThat(row.use().offHeap()).containsKey(Purpose.FEATURES);
            row.use().residentBytes().ifPresent(bytes -> assertThat(bytes).isGreaterThan(1 << 20));
            assertThat(row.use().pauseMillis()).isNotNegative();
        });
        assertThat(rows.stream().filter(row -> row.name().contains("epoch/")))
                .hasSize(5)
                .allSatisfy(row -> {
                    long used = Stream.of(Purpose.PARAMETERS, Purpose.ACTIVATIONS, Purpose.WORKSPACE)
                            .mapToLong(purpose -> row.use().offHeap().getOrDefault(purpose, 0L))
                            .sum();
                    assertThat(row.figures().get("estimateBytes"))
                            .as(row.name())
                            .isCloseTo((double) used, withinPercentage(15));
                });
        assertThat(figure(rows, "attention/8x8", "workspaceBytes")).isPositive();
        assertThat(figure(rows, "attention/gatv2-8x8", "workspaceNumbersPerNodeAndFeature"))
                .isBetween(1.0, 20.0);
        assertThat(figure(rows, "sample/labor", "seedsPerSecond")).isPositive();
        assertThat(figure(rows, "sample/features", "nodesPerBatch")).isBetween(200.0, 600.0);
        assertThat(figure(rows, "import/gzip", "edgesPerSecond")).isPositive();
    }

    private static double figure(List<Row> rows, String name, String figure) {
        return rows.stream()
                .filter(row -> row.name().equals(name))
                .findFirst()
                .orElseThrow()
                .figures()
                .get(figure);
    }

    @Test
    void aTrainingThatCannotFitIsRefusedBeforeItTakesAnything() {
        try (Memory memory = new Memory(100_000);
                KernelProvider provider = KernelProvider.choose(1);
                BenchGraph graph = BenchGraphs.of(SMALL, memory)) {
            long held = memory.allocations();
            Setting setting = new Setting(provider, () -> graph, memory, 0.01);
            for (Benchmark benchmark : Benchmarks.named(List.of("epoch", "sampled-epoch"))) {
                assertThatThrownBy(() -> benchmark.start().run(setting))
                        .isInstanceOfSatisfying(InputException.class, e -> {
                            assertThat(e.kind()).isEqualTo("memory-limit");
                            assertThat(e).hasMessageMatching("training .* needs [0-9.]+ MB .* of 0.1 MB are free");
                            assertThat((long) e.where().get("neededBytes"))
                                    .isGreaterThan((long) e.where().get("freeBytes"));
                            assertThat(e.hint()).contains("--memory");
                        });
            }
            assertThat(memory.allocations()).isEqualTo(held);
        }
    }

    @Test
    void anImportLeavesNothingBehind(@TempDir Path folder) throws IOException {
        try (Memory memory = Memory.unlimited();
                KernelProvider provider = KernelProvider.choose(1);
                BenchGraph graph = BenchGraphs.of(SMALL, memory)) {
            Benchmark.Measured found =
                    ImportBenchmarks.imported(new Setting(provider, () -> graph, memory, 0.01), folder);
            assertThat(found.size()).startsWith("power law, 3,000 rows");
            assertThat(found.gate()).isEqualTo("the store holds the file's 3000 edges");
        }
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aProductIsTimedBesideTheBlasCalledDirectly() {
        try (Memory memory = Memory.unlimited();
                KernelProvider provider = KernelProvider.choose(2)) {
            Setting setting = new Setting(provider, () -> null, memory, 0.01);
            Benchmark.Measured found = DenseBenchmarks.product(setting, 96);
            assertThat(found.gate()).contains("64 rows as plain loops");
            assertThat(found.operations()).isEqualTo(2L * 96 * 96 * 96);
            if (!provider.name().equals("blas")) return;
            assertThat(found.figures().get("partOfBlas")).isPositive();
            assertThat(found.figures().get("blasMillis")).isPositive();
            assertThat(memory.live()).isZero();
        }
    }

    @Test
    void theBlasCalledDirectlyMultiplies() {
        try (Memory memory = Memory.unlimited();
                KernelProvider provider = KernelProvider.choose(1)) {
            if (!provider.name().equals("blas")) return;
            Matrix a = Matrix.of(memory, Purpose.WORKSPACE, 2, 3);
            Matrix b = Matrix.of(memory, Purpose.WORKSPACE, 3, 1);
            Matrix out = Matrix.of(memory, Purpose.WORKSPACE, 2, 1);
            a.copyFrom(new float[] {1, 2, 3, 4, 5, 6});
            b.copyFrom(new float[] {1, 10, 100});
            try (DirectBlas blas = DirectBlas.loaded(2).orElseThrow()) {
                blas.product(a, b, out);
            }
            assertThat(out.toArray()).containsExactly(321, 654);
        }
    }

    @Test
    void theGarbageCollectorsPausesAreHeard() {
        try (Pauses pauses = new Pauses()) {
            assertThat(pauses.longestMillis()).isNotNegative();
            List<byte[]> held = new ArrayList<>();
            for (int i = 0; i < 64; i++) held.add(new byte[1 << 20]);
            System.gc();
            assertThat(held).hasSize(64);
            assertThat(pauses.longestMillis()).isPositive();
        }
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
