package dev.hypha.learn.zoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hypha.learn.Options;
import dev.hypha.tensor.KernelProvider;
import dev.hypha.tensor.Matrix;
import dev.hypha.tensor.Memory;
import dev.hypha.tensor.Purpose;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What every method without a trainer promises, whatever its paper says.
final class LabelMethodsTest {
    static Stream<LabelMethod> methods() {
        return Catalogue.labelMethods().stream().map(entry -> entry.make(few(entry.type())));
    }

    /// Few rounds and epochs where the method has such an option.
    private static Map<String, String> few(Class<? extends Record> type) {
        Map<String, String> options = new HashMap<>();
        for (Options.Entry option : Options.of(type)) {
            if (option.name().equals("rounds") || option.name().equals("epochs")) options.put(option.name(), "3");
        }
        return options;
    }

    @ParameterizedTest
    @MethodSource("methods")
    void answersAreProbabilitiesToTheSameBitsAndNothingIsHeld(LabelMethod method) {
        try (Memory memory = Memory.unlimited();
                PlantedCommunities graph = new PlantedCommunities(memory, 0.7);
                Matrix base = base(memory)) {
            LabelProblem problem = graph.problem(60, base);
            long before = memory.live();
            float[] one = answer(method, problem, memory, 1, 5);
            assertThat(answer(method, problem, memory, 1, 5)).as("again").isEqualTo(one);
            assertThat(answer(method, problem, memory, 3, 5))
                    .as("three threads")
                    .isEqualTo(one);
            assertThat(memory.live()).isEqualTo(before);
            for (int i = 0; i < one.length; i += 3) {
                assertThat(one[i] + one[i + 1] + one[i + 2]).isCloseTo(1, within(1e-5f));
                assertThat(Math.min(one[i], Math.min(one[i + 1], one[i + 2]))).isNotNegative();
            }
        }
    }

    /// A little more for the right class than for others.
    private static Matrix base(Memory memory) {
        Matrix base = Matrix.of(memory, Purpose.FEATURES, 600, 3);
        for (int i = 0; i < 600; i++) for (int c = 0; c < 3; c++) base.set(i, c, c == i % 3 ? 0.4f : 0.3f);
        return base;
    }

    private static float[] answer(LabelMethod method, LabelProblem problem, Memory memory, int threads, long key) {
        try (KernelProvider provider = KernelProvider.choose(threads)) {
            return method.answer(problem, provider, memory, key);
        }
    }
}
