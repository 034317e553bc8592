package dev.hypha.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A few training steps of a model with all the operations that are split over threads: the same bits with any number
/// of them, again and again, at sizes where loops are split and sizes where they are not.
class SameBitsTest {
    private static final int WIDTH = 72;

    @ParameterizedTest
    @ValueSource(strings = {"blas", "vector"})
    void threadsDoNotChangeResults(String name) {
        for (int rows : new int[] {50, 1000}) {
            List<float[]> alone = train(name, 1, rows);
            for (int threads : new int[] {1, 2, 3}) {
                List<float[]> again = train(name, threads, rows);
                for (int i = 0; i < alone.size(); i++) assertThat(again.get(i)).containsExactly(alone.get(i));
            }
        }
    }

    private static List<float[]> train(String name, int threads, int rows) {
        try (Memory memory = Memory.unlimited();
                KernelProvider provider = KernelProvider.of(name, threads);
                Workspace workspace = new Workspace(memory);
                Parameters parameters = new Parameters(memory)) {
            SplittableRandom random = new SplittableRandom(rows);
            Matrix input = Matrix.of(memory, Purpose.FEATURES, rows, WIDTH);
            fill(input, random);
            fill(parameters.add("in", WIDTH, WIDTH).value(), random);
            fill(parameters.add("out", 2 * WIDTH, 4).value(), random);
            fill(parameters.add("table", 500, WIDTH).value(), random);
            fill(parameters.add("bias", 1, WIDTH).value(), random);
            fill(parameters.add("gain", 1, WIDTH).value(), random);
            fill(parameters.add("edges", 4 * rows, 1).value(), random);
            Csr pattern = pattern(rows, random);
            int[] picked = random.ints(rows, 0, 500).toArray();
            int[] classes = random.ints(rows, 0, 4).toArray();
            Matrix running = Matrix.of(memory, Purpose.PARAMETERS, 2, WIDTH);
            OptimizerState state = new AdamW(0.01f, 0.01f).start(parameters, memory);
            for (int step = 0; step < 2; step++) {
                parameters.zeroGradients();
                try (Tape tape = new Tape(provider, workspace, true)) {
                    Tensor bias = tape.parameter(parameters.get("bias"));
                    Tensor gain = tape.parameter(parameters.get("gain"));
                    Tensor h = tape.constant(input)
                            .times(tape.parameter(parameters.get("in")))
                            .addBias(bias)
                            .layerNorm(gain, bias, 1e-5f)
                            .leakyRelu(0.1f)
                            .dropout(0.2f, step);
                    Tensor table = tape.parameter(parameters.get("table")).gather(picked);
                    Tensor mean = h.spmm(pattern, Reduce.MEAN)
                            .plus(h.spmm(pattern, Reduce.MAX))
                            .plus(h.spmm(pattern, Scaling.symmetric(pattern)));
                    Tensor weighted = table.spmm(pattern, tape.parameter(parameters.get("edges")))
                            .batchNorm(gain, bias, running, 0.1f, 1e-5f, true);
                    Tensor vector = tape.parameter(parameters.get("bias"));
                    Attention gat = new Attention(Attention.Form.GATV2, 8, 0.2f, 0.1f, step);
                    mean = mean.plus(h.attend(pattern, gat, h, h, vector));
                    Attention dot = new Attention(Attention.Form.DOT, 3, 0.2f);
                    mean = mean.plus(h.attend(pattern, dot, h, h, null));
                    mean.concat(weighted.multiply(h))
                            .times(tape.parameter(parameters.get("out")))
                            .softmaxCrossEntropy(classes)
                            .backward();
                }
                parameters.clipGradients(provider, 1);
                state.step(provider);
            }
            List<float[]> values = new ArrayList<>();
            for (Parameter p : parameters) values.add(p.value().toArray());
            values.add(running.toArray());
            return values;
        }
    }

    private static void fill(Matrix m, SplittableRandom random) {
        for (int i = 0; i < m.size(); i++) m.put(i, (float) random.nextGaussian());
    }

    private static Csr pattern(int rows, SplittableRandom random) {
        int[] offsets = new int[rows + 1];
        for (int i = 0; i < rows; i++) offsets[i + 1] = offsets[i] + 4;
        return new Csr(rows, rows, offsets, random.ints(4L * rows, 0, rows).toArray());
    }
}
