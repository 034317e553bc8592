package dev.hypha.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ScheduleTest {
    private static final int ROWS = 3000;
    private static final int COLS = 40;
    private static final long BYTES = 4L * ROWS * COLS;

    private final Memory memory = Memory.unlimited();
    private final KernelProvider provider = KernelProvider.of("vector", 2);
    private final Workspace workspace = new Workspace(memory);
    private final Parameters parameters = new Parameters(memory);
    private final Csr pattern = pattern();

    @AfterEach
    void close() {
        workspace.close();
        parameters.close();
        provider.close();
        assertThat(memory.live()).isZero();
        memory.close();
    }

    private static Csr pattern() {
        int[] offsets = new int[ROWS + 1];
        int[] indices = new int[3 * ROWS];
        SplittableRandom random = new SplittableRandom(5);
        for (int i = 0; i < ROWS; i++) {
            offsets[i + 1] = 3 * (i + 1);
            for (int k = 0; k < 3; k++) indices[3 * i + k] = random.nextInt(ROWS);
        }
        return new Csr(ROWS, ROWS, offsets, indices);
    }

    private Tensor input(Tape tape) {
        float[] values = new float[ROWS * COLS];
        for (int i = 0; i < values.length; i++) values[i] = (float) Math.sin(i);
        return tape.constant(ROWS, COLS, values);
    }

    @Test
    void howDeepAPassGoesDoesNotMatterForItsMemory() {
        try (Tape tape = new Tape(provider, workspace, false)) {
            Tensor h = input(tape);
            for (int i = 0; i < 50; i++) h = h.spmm(pattern, Reduce.MEAN).relu().scale(0.9f);
            assertThat(workspace.extent()).as("nothing ran yet").isEqualTo(BYTES);
            h.value();
        }
        assertThat(workspace.extent())
                .as("input, what is read, what is written")
                .isLessThanOrEqualTo(3 * BYTES);
    }

    @Test
    void aTrainingStepKeepsWhatItsGradientReadsAlone() {
        for (int i = 0; i < 10; i++) parameters.add("b" + i, 1, COLS);
        try (Tape tape = new Tape(provider, workspace, true)) {
            Tensor h = input(tape);
            for (int i = 0; i < 10; i++) {
                h = h.spmm(pattern, Reduce.SUM).addBias(tape.parameter(parameters.get("b" + i)));
            }
            h.sum().backward();
        }
        assertThat(workspace.extent())
                .as("sums and biases are linear: their gradients read no value")
                .isLessThanOrEqualTo(4 * BYTES);
    }

    /// With every operation whose result may be written in the place of its operand, on rows that no vector divides.
    private List<float[]> gradients(boolean asked) {
        parameters.zeroGradients();
        List<Tensor> all = new ArrayList<>();
        try (Tape tape = new Tape(provider, workspace, true)) {
            Tensor w = tape.parameter(parameters.get("w"));
            Tensor b = tape.parameter(parameters.get("b"));
            all.add(input(tape).times(w));
            for (Function f : List.of(Function.RELU, Function.LEAKY_RELU, Function.ELU)) {
                all.add(all.getLast().times(w));
                all.add(all.getLast().biasActivation(b, f, 0.3f, 0.2f, 9));
            }
            Tensor first = all.getLast();
            all.add(first.firstRows(ROWS - 7).times(w).relu());
            all.add(all.getLast().addScalar(2).log().scale(0.1f).exp());
            all.add(all.getLast().dropout(0.4f, 3).sigmoid());
            all.add(all.getLast().tanh().multiply(all.getLast()));
            all.add(all.getLast().times(w).elu(1).plus(all.getLast()).leakyRelu(0.1f));
            Tensor loss = all.getLast().plus(all.getLast()).sum().plus(first.mean());
            if (asked) all.forEach(Tensor::value);
            loss.backward();
            List<float[]> worked = new ArrayList<>();
            worked.add(new float[] {loss.number()});
            for (Parameter p : parameters) worked.add(p.gradient().toArray());
            return worked;
        }
    }

    @Test
    void gradientsAreTheSameWhetherValuesStayOrAreGivenBack() {
        Matrix w = parameters.add("w", COLS, COLS).value();
        for (int i = 0; i < w.size(); i++) w.put(i, (float) Math.cos(i) / 8);
        parameters.add("b", 1, COLS).value().fill(0.1f);
        List<float[]> stay = gradients(true);
        long bytes = workspace.extent();
        List<float[]> given = gradients(false);
        for (int i = 0; i < stay.size(); i++) assertThat(given.get(i)).containsExactly(stay.get(i));
        assertThat(stay.get(1)).doesNotContain(Float.NaN).isNotEqualTo(new float[COLS * COLS]);
        assertThat(bytes).isGreaterThan(15 * BYTES);
    }

    @Test
    void whatWasAskedForStaysAndTheRestIsRefusedAfterGradients() {
        parameters.add("w", COLS, COLS).value().fill(0.01f);
        try (Tape tape = new Tape(provider, workspace, true)) {
            Tensor h = input(tape).times(tape.parameter(parameters.get("w")));
            Tensor asked = h.relu();
            float before = asked.value().get(7, 7);
            Tensor loss = asked.scale(2).mean();
            loss.backward();
            assertThat(asked.value().get(7, 7)).isEqualTo(before);
            assertThat(loss.number()).isFinite();
            assertThatThrownBy(h::value)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("Product was given back by backward");
        }
    }

    @Test
    void whatWasGivenBackIsWorkedOutAgainWhereItIsWanted() {
        try (Tape tape = new Tape(provider, workspace, false)) {
            Tensor x = input(tape);
            Tensor doubled = x.scale(2);
            Tensor some = doubled.sliceRows(10, 20);
            float sum = some.relu().sum().number();
            assertThat(doubled.value).as("given back").isNull();
            assertThat(some.relu().sum().number()).isEqualTo(sum);
            assertThat(doubled.addScalar(1).value().get(12, 3))
                    .isEqualTo(2 * x.value().get(12, 3) + 1);
        }
    }

    @Test
    void aSliceThatIsAskedForKeepsTheMemoryThatItShares() {
        try (Tape tape = new Tape(provider, workspace, false)) {
            Tensor doubled = input(tape).scale(2);
            Tensor some = doubled.sliceRows(10, 20);
            float[] before = some.value().toArray();
            doubled.sum().number();
            for (int i = 0; i < 3; i++) input(tape).scale(3).value();
            assertThat(some.value().toArray()).containsExactly(before);
        }
    }

    @Test
    void momentsAreMovedOnce() {
        Matrix running = Matrix.of(memory, Purpose.PARAMETERS, 2, COLS);
        try (Tape tape = new Tape(provider, workspace, false)) {
            Tensor ones = tape.constant(1, COLS, new float[COLS]);
            Tensor norm = input(tape).scale(1).batchNorm(ones, ones, running, 0.5f, 1e-5f, true);
            norm.sum().number();
            assertThatThrownBy(norm::value).hasMessageContaining("only once");
        }
        running.close();
    }
}
