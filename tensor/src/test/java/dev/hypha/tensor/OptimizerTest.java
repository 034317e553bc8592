package dev.hypha.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OptimizerTest {
    @TempDir
    private Path folder;

    private final Memory memory = Memory.unlimited();
    private final KernelProvider provider = KernelProvider.choose(2);

    @AfterEach
    void free() {
        memory.close();
        provider.close();
    }

    static Stream<Optimizer> optimizers() {
        return Stream.of(new Sgd(0.05f, 0), new Sgd(0.02f, 0.9f), new Adam(0.05f), new AdamW(0.05f, 0.01f));
    }

    private Parameters parameters(long key) {
        SplittableRandom random = new SplittableRandom(key);
        Parameters parameters = new Parameters(memory);
        for (int i = 0; i < 3; i++) {
            Matrix value = parameters.add("p" + i, 7 + i, 5).value();
            for (int j = 0; j < value.size(); j++) value.put(j, (float) random.nextGaussian());
        }
        parameters.addUntrained("moments", 2, 5).value().fill(9);
        return parameters;
    }

    /// Gradients of the distance to 1, with some noise from the step's number.
    private static void setGradients(Parameters parameters, long step) {
        SplittableRandom noise = new SplittableRandom(step);
        for (Parameter p : parameters) {
            if (!p.trained()) continue;
            for (int i = 0; i < p.value().size(); i++) {
                p.gradient().put(i, (float) (p.value().at(i) - 1 + 0.01 * noise.nextGaussian()));
            }
        }
    }

    private static List<float[]> values(Parameters parameters) {
        return Stream.of("p0", "p1", "p2", "moments")
                .map(name -> parameters.get(name).value().toArray())
                .toList();
    }

    @ParameterizedTest
    @MethodSource("optimizers")
    void findsTheMinimum(Optimizer optimizer) {
        Parameters parameters = parameters(1);
        try (OptimizerState state = optimizer.start(parameters, memory)) {
            for (int i = 0; i < 400; i++) {
                setGradients(parameters, i);
                state.step(provider);
            }
            for (Parameter p : parameters) {
                float expected = p.trained() ? 1 : 9;
                for (float x : p.value().toArray()) assertThat(x).isCloseTo(expected, within(0.05f));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("optimizers")
    void goesOnFromAFileToTheSameBits(Optimizer optimizer) throws IOException {
        Parameters whole = parameters(2);
        OptimizerState state = optimizer.start(whole, memory);
        Path weights = folder.resolve("weights");
        Path moments = folder.resolve("moments");
        for (int i = 0; i < 20; i++) {
            if (i == 10) {
                whole.save(weights, java.util.Map.of());
                state.save(moments);
            }
            setGradients(whole, i);
            state.step(provider, 1f / (i + 1));
        }
        Parameters resumed = parameters(3);
        resumed.load(weights);
        OptimizerState again = optimizer.start(resumed, memory);
        again.load(moments);
        assertThat(again.step()).isEqualTo(10);
        for (int i = 10; i < 20; i++) {
            setGradients(resumed, i);
            again.step(provider, 1f / (i + 1));
        }
        for (int i = 0; i < 4; i++) {
            assertThat(values(resumed).get(i)).containsExactly(values(whole).get(i));
        }
    }

    @Test
    void anotherOptimizersStateIsRefused() throws IOException {
        Parameters parameters = parameters(4);
        Path file = folder.resolve("state");
        new Adam(0.1f).start(parameters, memory).save(file);
        OptimizerState other = new AdamW(0.1f, 0).start(parameters, memory);
        assertThatThrownBy(() -> other.load(file))
                .isInstanceOf(SafetensorsException.class)
                .hasMessageContaining("of 'adam', not of adamw");
    }

    /// Kingma and Ba: the first step is of the learning rate's size, whatever the gradient's.
    @Test
    void adamsFirstStepIsTheLearningRate() {
        Parameters parameters = new Parameters(memory);
        Parameter p = parameters.add("p", 1, 40);
        for (int i = 0; i < 40; i++) p.gradient().put(i, (i % 2 == 0 ? 1 : -1) * (float) Math.pow(10, i % 7 - 3));
        new Adam(0.25f).start(parameters, memory).step(provider);
        for (int i = 0; i < 40; i++) {
            assertThat(p.value().at(i)).isCloseTo(i % 2 == 0 ? -0.25f : 0.25f, within(1e-5f));
        }
    }

    @Test
    void decayWorksWithoutAGradient() {
        Parameters parameters = new Parameters(memory);
        Parameter p = parameters.add("p", 1, 3);
        p.value().fill(2);
        new AdamW(0.1f, 0.5f).start(parameters, memory).step(provider);
        assertThat(p.value().toArray()).containsOnly(1.9f);
    }

    @Test
    void clippingKeepsDirectionAndBoundsTheNorm() {
        Parameters parameters = parameters(5);
        setGradients(parameters, 1);
        double norm = parameters.gradientNorm(provider);
        float first = parameters.get("p0").gradient().at(3);
        assertThat(parameters.clipGradients(provider, 2 * norm)).isEqualTo(norm);
        assertThat(parameters.get("p0").gradient().at(3)).isEqualTo(first);
        assertThat(parameters.clipGradients(provider, norm / 4)).isEqualTo(norm);
        assertThat(parameters.gradientNorm(provider)).isCloseTo(norm / 4, within(1e-5 * norm));
        assertThat(parameters.get("p0").gradient().at(3)).isCloseTo(first / 4, within(1e-6f));
    }

    @Test
    void settingsOutOfRangeAreRefused() {
        assertThatThrownBy(() -> new Adam(Float.NaN)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Adam(0.1f, 1, 0.9f, 1e-8f)).hasMessageContaining("beta1");
        assertThatThrownBy(() -> new AdamW(0.1f, -1)).hasMessageContaining("decay");
        assertThatThrownBy(() -> new Sgd(-0.1f, 0)).hasMessageContaining("learning rate");
        assertThatThrownBy(() -> new Sgd(0.1f, 1)).hasMessageContaining("momentum");
    }

    @Test
    void namesAreUnique() {
        Parameters parameters = parameters(6);
        assertThatThrownBy(() -> parameters.add("p0", 1, 1)).hasMessageContaining("'p0'");
        assertThatThrownBy(() -> parameters.get("q")).hasMessageContaining("'q'");
        assertThat(parameters.elements()).isEqualTo(35 + 40 + 45);
    }

    @Test
    void theBestValuesAreKeptAndComeBack() {
        Parameters parameters = parameters(7);
        List<float[]> before = values(parameters);
        try (Parameters best = parameters.copy()) {
            for (Parameter p : parameters) p.value().fill(0);
            parameters.copyFrom(best);
        }
        for (int i = 0; i < 4; i++) assertThat(values(parameters).get(i)).containsExactly(before.get(i));
    }
}
