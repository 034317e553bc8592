package dev.hypha.relational.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypha.learn.TaskKind;
import dev.hypha.relational.windows.FeatureMatrix;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AggregateCheckTest {
    private static final int ROWS = 400;

    private final int[] entity = IntStream.range(0, ROWS).map(i -> i % 50).toArray();
    private final float[] label = new float[ROWS];
    private final float[] noise = new float[ROWS];
    private final Map<String, int[]> splits = Map.of(
            "train",
            IntStream.range(0, 300).toArray(),
            "test",
            IntStream.range(300, ROWS).toArray());

    AggregateCheckTest() {
        SplittableRandom random = new SplittableRandom(11);
        for (int i = 0; i < ROWS; i++) {
            label[i] = random.nextInt(2);
            noise[i] = (float) random.nextGaussian();
        }
    }

    private List<Finding> check(TaskKind kind, float[] wanted, float[] column) {
        FeatureMatrix one = new FeatureMatrix(List.of("snap.score.last"), new boolean[1], ROWS, column);
        return AggregateCheck.check(one, kind, entity, wanted, splits);
    }

    private float[] mixed(float share) {
        float[] out = new float[ROWS];
        for (int i = 0; i < ROWS; i++) out[i] = -label[i] + share * noise[i];
        return out;
    }

    @Test
    void aCopyOfTheLabelIsALeak() {
        assertThat(check(TaskKind.BINARY, label, mixed(0)))
                .singleElement()
                .satisfies(f -> assertThat(f.severity()).isEqualTo(Severity.LEAK))
                .satisfies(f -> assertThat(f.message()).contains("snap.score.last", "auroc 1.0000"));
        float[] twice = new float[ROWS];
        for (int i = 0; i < ROWS; i++) twice[i] = 3 - 2 * noise[i];
        assertThat(check(TaskKind.REGRESSION, noise, twice))
                .singleElement()
                .satisfies(f -> assertThat(f.severity()).isEqualTo(Severity.LEAK));
    }

    @Test
    void nearlyACopyIsAWarningAndAStrongPredictorIsNothing() {
        assertThat(check(TaskKind.BINARY, label, mixed(0.3f)))
                .singleElement()
                .satisfies(f -> assertThat(f.severity()).isEqualTo(Severity.WARNING));
        assertThat(check(TaskKind.BINARY, label, mixed(0.8f))).isEmpty();
        assertThat(check(TaskKind.BINARY, label, noise)).isEmpty();
    }

    @Test
    void aCopyInOneSplitAloneIsFoundThere() {
        float[] late = noise.clone();
        for (int i = 300; i < ROWS; i++) late[i] = label[i];
        assertThat(check(TaskKind.BINARY, label, late))
                .singleElement()
                .satisfies(f -> assertThat(f.message()).contains("on the test rows"));
    }

    @Test
    void fewRowsSayNothing() {
        float[] rare = new float[ROWS];
        Arrays.fill(rare, Float.NaN);
        for (int i = 0; i < 20; i++) rare[i] = label[i];
        assertThat(check(TaskKind.BINARY, label, rare)).isEmpty();
    }
}
