package dev.hypha.learn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypha.learn.zoo.Catalogue;
import dev.hypha.tensor.KernelProvider;
import dev.hypha.tensor.Memory;
import dev.hypha.tensor.Parameter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Trainings of every model over nodes, on a graph large enough that all loops are split: the same weights to the bit
/// with any number of threads.
final class SameBitsTest {
    static Stream<NodeModel> nodeModels() {
        return Catalogue.entries().stream()
                .filter(entry -> NodeModel.class.isAssignableFrom(entry.type()))
                .map(entry -> (NodeModel) entry.make(Map.of()));
    }

    @ParameterizedTest
    @MethodSource("nodeModels")
    void threadsDoNotChangeWeights(NodeModel model) {
        for (boolean sampled : new boolean[] {false, true}) {
            Map<String, List<Float>> alone = trained(model, 1, sampled);
            for (int threads : new int[] {2, 4}) {
                assertThat(trained(model, threads, sampled))
                        .as("%d threads, sampled: %s", threads, sampled)
                        .isEqualTo(alone);
            }
        }
    }

    private static Map<String, List<Float>> trained(NodeModel model, int threads, boolean sampled) {
        try (Memory memory = Memory.unlimited();
                KernelProvider provider = KernelProvider.choose(threads);
                SkewedGraph graph = new SkewedGraph(memory, 6_000);
                Trainer<NodeBatch> trainer = new Trainer<>(
                        sampled
                                ? graph.sampled(model, 1, 1_500, provider, memory)
                                : graph.whole(model, 2, provider, memory),
                        Trainer.Control.NONE,
                        5);
                Weights weights = trainer.train().weights()) {
            Map<String, List<Float>> values = new LinkedHashMap<>();
            for (Parameter p : weights.parameters()) {
                float[] of = p.value().toArray();
                values.put(
                        p.name(),
                        Stream.iterate(0, i -> i < of.length, i -> i + 1)
                                .map(i -> of[i])
                                .toList());
            }
            return values;
        }
    }
}
