package dev.hypha.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Every reduction of every kind of message is what its definition says, read one number at a time in float64.
class ReduceTest {
    private static final int SOURCES = 30;
    private static final int TARGETS = 25;

    private final Memory memory = Memory.unlimited();
    private final Workspace workspace = new Workspace(memory);

    @AfterEach
    void free() {
        memory.close();
    }

    static Stream<Arguments> cases() {
        return KernelProvider.NAMES.stream()
                .flatMap(kernels -> Arrays.stream(Reduce.values())
                        .flatMap(reduce -> Stream.of(0, 1, 3).map(heads -> Arguments.of(kernels, reduce, heads))));
    }

    @ParameterizedTest(name = "{0} {1}, {2} heads")
    @MethodSource("cases")
    void everyReductionIsWhatItsDefinitionSays(String kernels, Reduce reduce, int heads) {
        for (int width : new int[] {3, 21, 48, 99, 129, 702}) {
            SplittableRandom random = new SplittableRandom(width);
            Matrix x = random(SOURCES, width, random);
            Csr pattern = pattern(random);
            Matrix weights = heads == 0 ? null : random(pattern.edges(), heads, random);
            try (KernelProvider provider = KernelProvider.of(kernels, 2);
                    Tape tape = new Tape(provider, workspace, false)) {
                Tensor w = weights == null ? null : tape.constant(weights);
                Matrix y = tape.constant(x).embeddingBag(pattern, w, reduce).value();
                for (int i = 0; i < TARGETS; i++) {
                    for (int c = 0; c < width; c++) {
                        double wanted = defined(pattern, weights, x, reduce, i, c);
                        assertThat((double) y.get(i, c))
                                .as("width %d, row %d, column %d", width, i, c)
                                .isCloseTo(wanted, within(1e-5 * (1 + Math.abs(wanted))));
                    }
                }
            }
        }
    }

    private static double defined(Csr pattern, Matrix weights, Matrix x, Reduce reduce, int i, int c) {
        double[] messages = new double[pattern.degree(i)];
        for (int k = 0; k < messages.length; k++) {
            int e = pattern.offsets()[i] + k;
            double w = weights == null ? 1 : weights.get(e, c / (x.cols() / weights.cols()));
            messages[k] = w * x.get(pattern.indices()[e], c);
        }
        return switch (reduce) {
            case SUM -> Arrays.stream(messages).sum();
            case MEAN -> Arrays.stream(messages).average().orElse(0);
            case MAX -> Arrays.stream(messages).max().orElse(0);
            case MIN -> Arrays.stream(messages).min().orElse(0);
        };
    }

    private Matrix random(int rows, int cols, SplittableRandom random) {
        Matrix m = Matrix.of(memory, Purpose.WORKSPACE, rows, cols);
        for (long i = 0; i < m.size(); i++) m.put(i, (float) random.nextGaussian());
        return m;
    }

    /// Every fifth target has no source.
    private static Csr pattern(SplittableRandom random) {
        int[] offsets = new int[TARGETS + 1];
        for (int i = 0; i < TARGETS; i++) offsets[i + 1] = offsets[i] + (i % 5 == 0 ? 0 : 1 + random.nextInt(8));
        return new Csr(
                TARGETS,
                SOURCES,
                offsets,
                random.ints(offsets[TARGETS], 0, SOURCES).toArray());
    }

    @Test
    void weightsThatDoNotFitAreRefused() {
        Csr pattern = pattern(new SplittableRandom(1));
        try (KernelProvider provider = KernelProvider.of("plain", 1);
                Tape tape = new Tape(provider, workspace, false)) {
            Tensor x = tape.constant(SOURCES, 4, new float[4 * SOURCES]);
            Tensor three = tape.constant(pattern.edges(), 3, new float[3 * pattern.edges()]);
            Tensor few = tape.constant(1, 1, 1);
            for (Reduce reduce : Reduce.values()) {
                assertThatThrownBy(() -> x.spmm(pattern, three, reduce)).isInstanceOf(ShapeException.class);
                assertThatThrownBy(() -> x.spmm(pattern, few, reduce)).isInstanceOf(ShapeException.class);
            }
        }
    }
}
