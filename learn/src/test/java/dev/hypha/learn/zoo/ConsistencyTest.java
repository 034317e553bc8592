package dev.hypha.learn.zoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hypha.tensor.KernelProvider;
import dev.hypha.tensor.Memory;
import dev.hypha.tensor.Parameter;
import dev.hypha.tensor.Parameters;
import dev.hypha.tensor.Tape;
import dev.hypha.tensor.Workspace;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ConsistencyTest {
    private static final float[][] ANSWERS = {{0.7f, 0.2f, 0.1f, 0.3f, 0.3f, 0.4f}, {0.5f, 0.1f, 0.4f, 0, 1, 0}};

    @ParameterizedTest
    @ValueSource(doubles = {1, 0.5, 0.2})
    void agreesWithTheEquationReadOneNodeAtATime(double temperature) {
        double loss = 0;
        double[][] slopes = new double[2][6];
        for (int i = 0; i < 2; i++) {
            double[] aim = aim(i, temperature);
            for (int s = 0; s < 2; s++) {
                for (int c = 0; c < 3; c++) {
                    double gap = ANSWERS[s][3 * i + c] - aim[c];
                    loss += gap * gap / 4;
                    slopes[s][3 * i + c] = gap / 2; // the aim is given
                }
            }
        }
        try (Memory memory = Memory.unlimited();
                KernelProvider provider = KernelProvider.choose(1);
                Workspace workspace = new Workspace(memory);
                Parameters parameters = new Parameters(memory);
                Tape tape = new Tape(provider, workspace, true)) {
            Parameter first = parameters.add("first", 2, 3);
            Parameter second = parameters.add("second", 2, 3);
            first.value().copyFrom(ANSWERS[0]);
            second.value().copyFrom(ANSWERS[1]);
            var got = Consistency.of(List.of(tape.parameter(first), tape.parameter(second)), temperature);
            got.backward();
            assertThat((double) got.number()).isCloseTo(loss, within(1e-6));
            for (int k = 0; k < 6; k++) {
                assertThat((double) first.gradient().at(k)).isCloseTo(slopes[0][k], within(1e-6));
                assertThat((double) second.gradient().at(k)).isCloseTo(slopes[1][k], within(1e-6));
            }
        }
    }

    private static double[] aim(int node, double temperature) {
        double[] aim = new double[3];
        double sum = 0;
        for (int c = 0; c < 3; c++) {
            aim[c] = Math.pow((ANSWERS[0][3 * node + c] + ANSWERS[1][3 * node + c]) / 2, 1 / temperature);
            sum += aim[c];
        }
        for (int c = 0; c < 3; c++) aim[c] /= sum;
        return aim;
    }

    @Test
    void answersThatAreCertainAndAlikeAreConsistent() {
        try (Memory memory = Memory.unlimited();
                KernelProvider provider = KernelProvider.choose(1);
                Workspace workspace = new Workspace(memory);
                Tape tape = new Tape(provider, workspace, false)) {
            var certain = tape.constant(2, 2, 1, 0, 0, 1);
            assertThat(Consistency.of(List.of(certain, certain, certain), 0.5).number())
                    .isZero();
        }
    }
}
