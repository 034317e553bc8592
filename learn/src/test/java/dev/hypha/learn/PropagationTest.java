package dev.hypha.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.hypha.learn.zoo.Catalogue;
import dev.hypha.tensor.KernelProvider;
import dev.hypha.tensor.Matrix;
import dev.hypha.tensor.Memory;
import dev.hypha.tensor.Purpose;
import dev.hypha.tensor.Tensor;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What is propagated once beforehand, beside what a pass over the whole graph says.
final class PropagationTest {
    private static final int NODES = 800;

    static Stream<DecoupledModel> models() {
        return Catalogue.entries().stream()
                .filter(entry -> DecoupledModel.class.isAssignableFrom(entry.type()))
                .map(entry -> (DecoupledModel) entry.make(Map.of()));
    }

    @ParameterizedTest
    @MethodSource("models")
    void weightsLearnedOnPropagatedRowsAnswerOnTheWholeGraph(DecoupledModel model) {
        try (Memory memory = Memory.unlimited();
                KernelProvider provider = KernelProvider.choose(2);
                SkewedGraph graph = new SkewedGraph(memory, NODES);
                Matrix rows = new Propagation(model, graph.features(), graph.edges(), provider).run(memory)) {
            FeatureRows train = new FeatureRows(rows, graph.nodes(0, NODES / 2), SkewedGraph.labels(NODES / 2));
            Trainer.Setup<NodeBatch> setup = graph.setup(model.onPropagated(), 20, 50, train, train, provider, memory);
            try (Trainer<NodeBatch> trainer = new Trainer<>(setup, Trainer.Control.NONE, 3);
                    Weights weights = trainer.train().weights()) {
                Target target = setup.target();
                int[] all = graph.nodes(0, NODES);
                float[] once = new Predictor<>(model.onPropagated(), weights, target, provider, memory)
                        .predict(new FeatureRows(rows, all, new float[0]), 100, 0, Progress.SILENT);
                float[] whole = new Predictor<>(model, weights, target, provider, memory)
                        .predict(
                                new WholeGraph(graph.features(), graph.edges(), model.layers(), all, new float[0]),
                                NODES,
                                0,
                                Progress.SILENT);
                assertThat(IntStream.range(0, once.length)
                                .mapToDouble(i -> once[i])
                                .distinct()
                                .count())
                        .isGreaterThan(NODES);
                for (int i = 0; i < once.length; i++) assertThat(once[i]).isCloseTo(whole[i], within(1e-4f));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("models")
    void takesWhatItSaid(DecoupledModel model) {
        try (Memory data = Memory.unlimited();
                Memory memory = Memory.unlimited();
                KernelProvider provider = KernelProvider.choose(2);
                SkewedGraph graph = new SkewedGraph(data, NODES)) {
            Propagation propagation = new Propagation(model, graph.features(), graph.edges(), provider);
            long bytes = propagation.bytes();
            propagation.run(memory).close();
            assertThat(memory.peak()).isEqualTo(bytes);
            assertThat(memory.live()).isZero();
        }
    }

    /// Not a model that can be propagated once: it asks for a parameter on the way.
    private record Learning() implements DecoupledModel {
        @Override
        public int layers() {
            return 1;
        }

        @Override
        public Tensor propagate(Context c, NodeBatch in) {
            return c.linear("early", c.features(in), 2);
        }

        @Override
        public Tensor classify(Context c, Tensor x) {
            return x;
        }
    }

    @Test
    void aParameterOnTheWayIsRefused() {
        try (Memory memory = Memory.unlimited();
                KernelProvider provider = KernelProvider.choose(1);
                SkewedGraph graph = new SkewedGraph(memory, 20)) {
            Propagation propagation = new Propagation(new Learning(), graph.features(), graph.edges(), provider);
            assertThatThrownBy(propagation::bytes)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("early");
            assertThatThrownBy(() -> new Propagation(
                            new Learning(), Matrix.of(memory, Purpose.FEATURES, 3, 1), graph.edges(), provider))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
