package dev.hypha.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TapeTest {
    private final Memory memory = Memory.unlimited();
    private final KernelProvider provider = KernelProvider.choose(2);
    private final Workspace workspace = new Workspace(memory);
    private final Parameters parameters = new Parameters(memory);

    @AfterEach
    void free() {
        memory.close();
        provider.close();
    }

    @Test
    void learnsALine() {
        Parameter w = parameters.add("w", 2, 1);
        Parameter b = parameters.add("b", 1, 1);
        OptimizerState state = new Adam(0.1f).start(parameters, memory);
        for (int i = 0; i < 500; i++) {
            parameters.zeroGradients();
            try (Tape tape = new Tape(provider, workspace, true)) {
                Tensor x = tape.constant(4, 2, 0, 0, 1, 0, 0, 1, 1, 1);
                Tensor y = x.times(tape.parameter(w)).addBias(tape.parameter(b));
                y.meanSquared(tape.constant(4, 1, 1, 3, 0, 2)).backward();
            }
            state.step(provider);
        }
        assertThat(w.value().get(0, 0)).isCloseTo(2, within(1e-3f));
        assertThat(w.value().get(1, 0)).isCloseTo(-1, within(1e-3f));
        assertThat(b.value().get(0, 0)).isCloseTo(1, within(1e-3f));
    }

    @Test
    void valuesAreWhatTheFieldSays() {
        try (Tape tape = new Tape(provider, workspace, false)) {
            Tensor x = tape.constant(2, 3, 1, -2, 3, 4, 5, -6);
            assertThat(x.sliceColumns(1, 3).value().toArray()).containsExactly(-2, 3, 5, -6);
            assertThat(x.sliceRows(1, 2).value().toArray()).containsExactly(4, 5, -6);
            assertThat(x.gather(new int[] {1, 1, 0}).value().toArray()).containsExactly(4, 5, -6, 4, 5, -6, 1, -2, 3);
            assertThat(x.concat(x.relu()).value().toArray()).containsExactly(1, -2, 3, 1, 0, 3, 4, 5, -6, 4, 5, 0);
            assertThat(x.minus(x.scale(2)).addScalar(1).value().toArray()).containsExactly(0, 3, -2, -3, -4, 7);
            assertThat(x.scaleRows(tape.constant(2, 1, 2, -1)).value().toArray())
                    .containsExactly(2, -4, 6, -4, -5, 6);
            assertThat(x.mean().number()).isCloseTo(5 / 6f, within(1e-6f));
            Csr pattern = new Csr(3, 2, new int[] {0, 2, 2, 5}, new int[] {0, 1, 1, 1, 0});
            assertThat(x.spmm(pattern, Reduce.SUM).value().toArray()).containsExactly(5, 3, -3, 0, 0, 0, 9, 8, -9);
            assertThat(x.spmm(pattern, Reduce.MEAN).value().toArray())
                    .containsExactly(2.5f, 1.5f, -1.5f, 0, 0, 0, 3, 8 / 3f, -3);
            assertThat(x.spmm(pattern, Reduce.MAX).value().toArray()).containsExactly(4, 5, 3, 0, 0, 0, 4, 5, 3);
            assertThat(x.spmm(pattern, tape.constant(5, 1, 1, 0, 2, -1, 0.5f))
                            .value()
                            .toArray())
                    .containsExactly(1, -2, 3, 0, 0, 0, 4.5f, 4, -4.5f);
        }
    }

    @Test
    void lossesAreWhatTheFieldSays() {
        try (Tape tape = new Tape(provider, workspace, false)) {
            Tensor logits = tape.constant(2, 1, 0, 200);
            Tensor labels = tape.constant(2, 1, 1, 0);
            assertThat(logits.binaryCrossEntropyWithLogits(labels).number())
                    .isCloseTo((float) (Math.log(2) + 200) / 2, within(1e-4f));
            assertThat(logits.binaryCrossEntropyWithLogits(labels, tape.constant(2, 1, 3, 1))
                            .number())
                    .isCloseTo((float) (3 * Math.log(2) + 200) / 4, within(1e-4f));
            assertThat(logits.absolute(labels).number()).isEqualTo(100.5f);
            assertThat(logits.meanSquared(labels).number()).isEqualTo(20000.5f);
            assertThat(logits.huber(labels, 2).number()).isEqualTo((0.5f + 2 * 199) / 2);
            Tensor three = tape.constant(2, 3, 1000, 0, 0, 1, 1, 1);
            assertThat(three.softmaxCrossEntropy(new int[] {0, 2}).number())
                    .isCloseTo((float) Math.log(3) / 2, within(1e-6f));
            Tensor none = tape.constant(2, 1, 0, 0);
            assertThatThrownBy(() ->
                            logits.binaryCrossEntropyWithLogits(labels, none).number())
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void dropoutKeepsTheMeanAndFollowsItsKey() {
        try (Tape tape = new Tape(provider, workspace, false)) {
            float[] ones = new float[100_000];
            Arrays.fill(ones, 1);
            Tensor x = tape.constant(1000, 100, ones);
            float[] once = x.dropout(0.3f, 5).value().toArray();
            assertThat(x.dropout(0.3f, 5).value().toArray()).containsExactly(once);
            assertThat(x.dropout(0.3f, 6).value().toArray()).isNotEqualTo(once);
            assertThat(x.dropout(0.3f, 5).mean().number()).isCloseTo(1, within(0.01f));
            int zeros = 0;
            for (float v : once) zeros += v == 0 ? 1 : 0;
            assertThat(zeros / 100_000f).isCloseTo(0.3f, within(0.006f));
            assertThat(x.dropout(0, 5)).isSameAs(x);
        }
    }

    @Test
    void runningMomentsFollowTheBatch() {
        Matrix running = Matrix.of(memory, Purpose.PARAMETERS, 2, 1);
        try (Tape tape = new Tape(provider, workspace, false)) {
            Tensor one = tape.constant(1, 1, 1);
            Tensor zero = tape.constant(1, 1, 0);
            Tensor x = tape.constant(4, 1, 1, 3, 5, 7);
            x.batchNorm(one, zero, running, 0.5f, 0, true).value();
            assertThat(running.toArray()).containsExactly(2, 2.5f);
            assertThat(x.batchNorm(one, zero, running, 0.5f, 0, false).value().get(3, 0))
                    .isCloseTo((float) (5 / Math.sqrt(2.5)), within(1e-5f));
            assertThat(running.toArray()).containsExactly(2, 2.5f);
        }
    }

    @Test
    void shapesThatDoNotFitAreRefused() {
        try (Tape tape = new Tape(provider, workspace, true)) {
            Tensor x = tape.constant(2, 3, new float[6]);
            Tensor y = tape.constant(2, 2, new float[4]);
            Tensor p = tape.parameter(parameters.add("p", 2, 3));
            Csr pattern = new Csr(1, 3, new int[] {0, 1}, new int[] {2});
            List<ThrowingCallable> calls = List.of(
                    () -> x.times(y),
                    () -> x.plus(y),
                    () -> x.minus(y),
                    () -> x.multiply(y),
                    () -> x.addBias(y),
                    () -> x.addBias(tape.constant(1, 2, 0, 0)),
                    () -> x.concat(tape.constant(1, 3, 0, 0, 0)),
                    () -> Tensor.concat(List.of()),
                    () -> x.sliceColumns(1, 4),
                    () -> x.sliceColumns(2, 1),
                    () -> x.sliceRows(-1, 1),
                    () -> x.firstRows(3),
                    () -> x.gather(new int[] {0, 2}),
                    () -> x.gather(new int[] {-1}),
                    () -> x.spmm(pattern, Reduce.SUM),
                    () -> tape.constant(3, 1, 0, 0, 0).spmm(pattern, tape.constant(2, 1, 0, 0)),
                    () -> x.scaleRows(y),
                    () -> x.dropout(1, 1),
                    () -> x.dropout(-0.1f, 1),
                    () -> x.dropout(Float.NaN, 1),
                    () -> x.layerNorm(y, y, 1),
                    () -> x.batchNorm(
                            x.firstRows(1), x.firstRows(1), Matrix.of(memory, Purpose.WORKSPACE, 1, 3), 0, 1, true),
                    () -> x.meanSquared(y),
                    () -> x.loss(Loss.SQUARED, 0, x, y),
                    () -> x.softmaxCrossEntropy(new int[] {0}),
                    () -> x.softmaxCrossEntropy(new int[] {0, 3}),
                    () -> x.softmaxCrossEntropy(new int[] {0, 1}, y),
                    () -> x.number(),
                    () -> p.backward(),
                    () -> tape.constant(2, 2, 1, 2, 3));
            for (int i = 0; i < calls.size(); i++) {
                assertThatThrownBy(calls.get(i)).as("call %d", i).isInstanceOf(ShapeException.class);
            }
            assertThatThrownBy(() -> x.times(y))
                    .hasMessage("times: [2, 3] does not fit [2, 2]")
                    .asInstanceOf(InstanceOfAssertFactories.type(ShapeException.class))
                    .returns("times", ShapeException::op)
                    .returns("[2, 3]", ShapeException::left)
                    .returns("[2, 2]", ShapeException::right);
        }
    }

    @Test
    void misuseIsRefused() {
        Parameter p = parameters.add("p", 1, 1);
        Workspace second = new Workspace(memory);
        try (Tape tape = new Tape(provider, workspace, true);
                Tape other = new Tape(provider, second, false)) {
            Tensor x = tape.constant(1, 1, 1);
            assertThatThrownBy(x::backward).hasMessageContaining("no parameter");
            assertThatThrownBy(() -> x.plus(other.constant(1, 1, 1))).hasMessageContaining("another tape");
            assertThatThrownBy(() -> other.parameter(p).sum().backward()).hasMessageContaining("not record");
            assertThatThrownBy(() -> x.meanSquared(tape.parameter(p))).hasMessageContaining("constants");
            Tensor loss = tape.parameter(p).sum();
            loss.backward();
            assertThat(p.gradient().at(0)).isEqualTo(1);
            assertThatThrownBy(loss::backward).hasMessageContaining("already");
        }
    }

    @Test
    void patternsAreChecked() {
        assertThatThrownBy(() -> new Csr(2, 2, new int[] {0, 1}, new int[] {0})).hasMessageContaining("cover");
        assertThatThrownBy(() -> new Csr(2, 2, new int[] {0, 2, 1}, new int[] {0, 1}))
                .hasMessageContaining("fall");
        assertThatThrownBy(() -> new Csr(1, 2, new int[] {0, 2}, new int[] {0})).hasMessageContaining("fewer");
        assertThatThrownBy(() -> new Csr(1, 2, new int[] {0, 1}, new int[] {2})).hasMessageContaining("index 2");
        Csr pattern = new Csr(3, 2, new int[] {0, 2, 2, 3}, new int[] {1, 0, 1});
        Csr transpose = pattern.transpose();
        assertThat(transpose.offsets()).containsExactly(0, 1, 3);
        assertThat(transpose.indices()).containsExactly(0, 0, 2);
        assertThat(transpose.entry(0)).isEqualTo(1);
        assertThat(transpose.transpose()).isSameAs(pattern);
        assertThat(pattern.prefix(2, 2).edges()).isEqualTo(2);
    }
}
