package dev.hypha.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.hypha.learn.metrics.Metric;
import dev.hypha.learn.zoo.Catalogue;
import dev.hypha.learn.zoo.GraphSage;
import dev.hypha.learn.zoo.HeteroSage;
import dev.hypha.tensor.KernelProvider;
import dev.hypha.tensor.Memory;
import dev.hypha.tensor.Purpose;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// What is estimated beside what the training then takes, by what its memory counted.
final class TrainingEstimateTest {
    private final Memory data = Memory.unlimited();
    private final KernelProvider provider = KernelProvider.choose(2);

    @AfterEach
    void free() {
        provider.close();
        data.close();
    }

    static Stream<NodeModel> nodeModels() {
        return Catalogue.entries().stream()
                .filter(entry -> NodeModel.class.isAssignableFrom(entry.type()))
                .map(entry -> (NodeModel) entry.make(Map.of()));
    }

    @ParameterizedTest
    @MethodSource("nodeModels")
    void isExactForWholeGraphsOfAnySize(NodeModel model) {
        for (int nodes : new int[] {100, 3_000, 20_000}) {
            try (SkewedGraph graph = new SkewedGraph(data, nodes);
                    Memory memory = Memory.unlimited()) {
                TrainingEstimate estimate = trained(graph.whole(model, 2, provider, memory));
                assertThat(memory.peak(Purpose.PARAMETERS)).isEqualTo(estimate.parameterBytes());
                assertThat(memory.peak(Purpose.ACTIVATIONS)).isEqualTo(estimate.activationBytes());
                assertThat(memory.peak()).isEqualTo(estimate.bytes());
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"1000, 16", "1000, 500", "20000, 64", "20000, 1024", "20000, 10000"})
    void isNearForSampledBatches(int nodes, int batch) {
        GraphSage model = Options.defaults(GraphSage.class);
        try (SkewedGraph graph = new SkewedGraph(data, nodes);
                Memory memory = Memory.unlimited()) {
            TrainingEstimate estimate = trained(graph.sampled(model, 2, batch, provider, memory));
            assertThat(memory.peak()).isCloseTo(estimate.bytes(), withinPercentage(15));
        }
    }

    @ParameterizedTest
    @CsvSource({"40, 16, 8", "400, 16, 32", "400, 256, 32", "2000, 256, 64"})
    void isNearForRowsOfADatabase(int customers, int batch, int channels) {
        RowModel model = Options.read(HeteroSage.class, Map.of("channels", "" + channels));
        try (Shop shop = new Shop(data, customers, 1);
                Memory memory = Memory.unlimited()) {
            Training options = Options.read(Training.class, Map.of("epochs", "3", "batch", "" + batch));
            Target target = Target.fit(TaskKind.BINARY, 1, new float[0]);
            BatchSource<RowBatch> train = shop.batches(model, shop.seeds(TaskKind.BINARY, 0, customers / 2));
            BatchSource<RowBatch> rest = shop.batches(model, shop.seeds(TaskKind.BINARY, customers / 2, customers));
            TrainingEstimate estimate =
                    trained(new Trainer.Setup<>(model, options, target, Metric.AUROC, train, rest, provider, memory));
            assertThat(memory.peak()).isCloseTo(estimate.bytes(), withinPercentage(15));
        }
    }

    private static <B extends Batch> TrainingEstimate trained(Trainer.Setup<B> setup) {
        TrainingEstimate estimate = TrainingEstimate.of(setup, 5);
        assertThat(setup.memory().peak()).as("what estimating took").isZero();
        try (Trainer<B> trainer = new Trainer<>(setup, Trainer.Control.NONE, 5)) {
            trainer.train().weights().close();
        }
        return estimate;
    }

    /// Asks how often memory was asked for, whenever the training says where it is.
    private record Asked(Memory memory, List<Long> counts) implements Progress {
        @Override
        public void at(long done, String state) {
            counts.add(memory.allocations());
        }
    }

    @ParameterizedTest
    @MethodSource("nodeModels")
    void noStepAllocates(NodeModel model) {
        try (SkewedGraph graph = new SkewedGraph(data, 2_000);
                Memory memory = Memory.unlimited()) {
            List<Long> counts = asked(graph.whole(model, 4, provider, memory));
            assertThat(counts).hasSizeGreaterThanOrEqualTo(4);
            assertThat(new HashSet<>(counts))
                    .as("requests for memory so far, step by step")
                    .hasSize(1);
        }
    }

    @Test
    void sampledStepsAllocateOnlyForABatchLargerThanAllBefore() {
        GraphSage model = Options.defaults(GraphSage.class);
        try (SkewedGraph graph = new SkewedGraph(data, 4_000);
                Memory memory = Memory.unlimited()) {
            List<Long> counts = asked(graph.sampled(model, 8, 100, provider, memory));
            assertThat(counts).hasSizeGreaterThanOrEqualTo(8 * 20);
            // A new largest size asks once within its step and once for the next, where both pieces become one.
            assertThat(counts.getLast() - counts.getFirst()).isLessThanOrEqualTo(2 * 8);
        }
    }

    private static List<Long> asked(Trainer.Setup<NodeBatch> setup) {
        List<Long> counts = new ArrayList<>();
        Trainer.Control control = new Trainer.Control(null, false, "", new Asked(setup.memory(), counts), () -> false);
        try (Trainer<NodeBatch> trainer = new Trainer<>(setup, control, 5)) {
            trainer.train().weights().close();
        }
        return counts;
    }
}
