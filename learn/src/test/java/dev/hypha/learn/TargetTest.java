package dev.hypha.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.hypha.tensor.KernelProvider;
import dev.hypha.tensor.Memory;
import dev.hypha.tensor.Tape;
import dev.hypha.tensor.Workspace;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class TargetTest {
    @Test
    void numbersAreStandardisedWithTheTrainingRowsAndTurnedBack() {
        Target target = Target.fit(TaskKind.REGRESSION, 1, new float[] {2, 4, 4, 4, 5, 5, 7, 9});
        assertThat(target.mean()).isEqualTo(5);
        assertThat(target.sd()).isCloseTo(2, within(1e-12));
        assertThat(target.predictions(new float[] {0, 1, -1, 100, -100})).containsExactly(5, 7, 3, 9, 2);
    }

    @Test
    void predictionsStayWithinTheMiddleOfTheTrainingLabels() {
        float[] labels = new float[101];
        for (int i = 0; i < labels.length; i++) labels[i] = i;
        Target target = Target.fit(TaskKind.REGRESSION, 1, labels);
        assertThat(target.low()).isEqualTo(2);
        assertThat(target.high()).isEqualTo(98);
    }

    @Test
    void equalLabelsAreNotDividedByZero() {
        Target target = Target.fit(TaskKind.REGRESSION, 1, new float[] {3, 3, 3});
        assertThat(target.predictions(new float[] {0.5f})).containsExactly(3);
        assertThat(loss(target, new float[] {0, 0, 0}, new float[] {3, 3, 3}, Map.of()))
                .isZero();
        assertThatThrownBy(() -> Target.fit(TaskKind.REGRESSION, 1, new float[0]))
                .hasMessageContaining("no training labels");
    }

    @Test
    void probabilitiesSumToOneAlsoForLargeLogits() {
        Target target = Target.fit(TaskKind.MULTICLASS, 3, new float[0]);
        float[] p = target.predictions(new float[] {1000, 1000, -1000, 0, (float) Math.log(2), (float) Math.log(5)});
        assertThat(p).containsExactly(new float[] {0.5f, 0.5f, 0, 0.125f, 0.25f, 0.625f}, within(1e-6f));
        float[] logits = {0, 1000, -1000};
        assertThat(Target.fit(TaskKind.BINARY, 1, new float[0]).predictions(logits))
                .containsExactly(0.5f, 1, 0);
    }

    @Test
    void lossesAreThoseOfTheirDefinitions() {
        float[] labels = {1, 0};
        Target binary = Target.fit(TaskKind.BINARY, 1, labels);
        double one = Math.log1p(Math.exp(-2)); // of a 1 at logit 2
        double zero = Math.log1p(Math.exp(0.5)); // of a 0 at logit 0.5
        assertThat(loss(binary, new float[] {2, 0.5f}, labels, Map.of())).isCloseTo((one + zero) / 2, within(1e-6));
        assertThat(loss(binary, new float[] {2, 0.5f}, labels, Map.of("positive-weight", "3")))
                .isCloseTo((3 * one + zero) / 4, within(1e-6));
        Target classes = Target.fit(TaskKind.MULTICLASS, 2, labels);
        assertThat(loss(classes, new float[] {0, 2, 0, 0.5f}, labels, Map.of()))
                .isCloseTo((one + zero) / 2, within(1e-6));
        Target several = Target.fit(TaskKind.MULTILABEL, 2, labels);
        assertThat(loss(several, new float[] {2, 0.5f}, labels, Map.of())).isCloseTo((one + zero) / 2, within(1e-6));
        Target number = new Target(TaskKind.REGRESSION, 1, 10, 2, 0, 20);
        float[] values = {14, 9}; // standardised 2 and -0.5
        assertThat(loss(number, new float[] {0, 0}, values, Map.of("regression-loss", "absolute")))
                .isEqualTo(1.25);
        assertThat(loss(number, new float[] {0, 0}, values, Map.of("regression-loss", "squared")))
                .isEqualTo(2.125);
        assertThat(loss(number, new float[] {0, 0}, values, Map.of("regression-loss", "huber")))
                .isEqualTo(0.8125);
    }

    @Test
    void balancedClassesCountTheSameInAll() {
        double one = Math.log1p(Math.exp(-2)); // of the right class 2 above the other
        double zero = Math.log1p(Math.exp(0.5)); // of the wrong class 0.5 above the right one
        float[] labels = {1, 0, 0, 0};
        double balanced = one / 2 + zero / 2; // three rows of class 0 count a half together
        Map<String, String> options = Map.of("class-weights", "balanced");
        float[] binary = {2, 0.5f, 0.5f, 0.5f};
        assertThat(loss(Target.fit(TaskKind.BINARY, 1, labels), binary, labels, options))
                .isCloseTo(balanced, within(1e-6));
        float[] logits = {0, 2, 0, 0.5f, 0, 0.5f, 0, 0.5f};
        assertThat(loss(Target.fit(TaskKind.MULTICLASS, 2, labels), logits, labels, options))
                .isCloseTo(balanced, within(1e-6));
        assertThat(Target.fit(TaskKind.MULTICLASS, 3, labels).balance(labels)).containsExactly(4f / 6, 2, 0);
        assertThat(Target.fit(TaskKind.REGRESSION, 1, labels).balance(labels)).isNull();
    }

    private static double loss(Target target, float[] logits, float[] labels, Map<String, String> options) {
        try (Memory memory = Memory.unlimited();
                Workspace workspace = new Workspace(memory);
                KernelProvider provider = KernelProvider.of("plain", 1);
                Weights weights = new Weights(memory, 0);
                Tape tape = new Tape(provider, workspace, false)) {
            Context c = new Context(tape, weights, target.outputs(), true, 0);
            int rows = logits.length / target.outputs();
            return target.loss(
                            c,
                            c.constant(rows, target.outputs(), logits),
                            () -> labels,
                            Options.read(Training.class, options),
                            options.containsKey("class-weights") ? target.balance(labels) : null)
                    .number();
        }
    }

    @Test
    void survivesItsJson() throws Exception {
        for (TaskKind kind : new TaskKind[] {TaskKind.BINARY, TaskKind.MULTILABEL, TaskKind.REGRESSION}) {
            float[] labels = new float[7];
            IntStream.range(0, 7).forEach(i -> labels[i] = i * 1.1f);
            Target target = Target.fit(kind, 3, labels);
            String text = new ObjectMapper().writeValueAsString(target.toJson());
            assertThat(Target.of(new ObjectMapper().readTree(text))).isEqualTo(target);
        }
        assertThatThrownBy(() -> Target.of(TextNode.valueOf("x"))).isInstanceOf(IllegalArgumentException.class);
    }
}
