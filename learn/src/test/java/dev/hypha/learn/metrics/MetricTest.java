package dev.hypha.learn.metrics;

import static dev.hypha.learn.metrics.Metric.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.hypha.graph.InputException;
import dev.hypha.learn.TaskKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/// Every metric against a slow reading of its definition, on random rows with many ties, and on values worked by hand.
final class MetricTest {
    private static final Offset<Double> CLOSE = within(1e-9);

    /// Tests run in the module's folder.
    @Test
    void theDocumentationSaysTheSameWords() throws IOException {
        String page = Files.readString(Path.of("../docs/node-prediction.md"));
        for (Metric metric : Metric.values()) {
            assertThat(page).contains("| `" + metric.label() + "` |").contains(" | " + metric.definition() + " |");
        }
    }

    @Test
    void workedByHand() {
        Outcomes o = binary(new float[] {0.1f, 0.4f, 0.35f, 0.8f}, new float[] {0, 0, 1, 1});
        assertThat(AUROC.of(o)).isEqualTo(0.75, CLOSE);
        assertThat(AVERAGE_PRECISION.of(o)).isEqualTo(0.5 + 0.5 * 2 / 3, CLOSE);
        assertThat(ACCURACY.of(o)).isEqualTo(0.75, CLOSE);
        assertThat(F1_MACRO.of(o)).isEqualTo((0.8 + 2.0 / 3) / 2, CLOSE);
        Outcomes numbers =
                new Outcomes(TaskKind.REGRESSION, 1, new float[] {2.5f, 0, 2, 8}, new float[] {3, -0.5f, 2, 7});
        assertThat(MAE.of(numbers)).isEqualTo(0.5, CLOSE);
        assertThat(RMSE.of(numbers)).isEqualTo(Math.sqrt(0.375), CLOSE);
        assertThat(R2.of(numbers)).isEqualTo(1 - 1.5 / 29.1875, CLOSE);
    }

    @Test
    void binaryAgreesWithSlowReading() {
        for (long seed = 0; seed < 200; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            int n = 1 + random.nextInt(40);
            float[] p = new float[n];
            float[] y = new float[n];
            for (int i = 0; i < n; i++) {
                p[i] = random.nextInt(9) / 8f; // ties, and the ends 0 and 1
                y[i] = random.nextInt(2);
            }
            Outcomes o = binary(p, y);
            String printed = "seed " + seed;
            assertThat(AUROC.of(o)).as(printed).isEqualTo(slowAuroc(p, y), CLOSE);
            assertThat(AVERAGE_PRECISION.of(o)).as(printed).isEqualTo(slowAveragePrecision(p, y), CLOSE);
            assertThat(CALIBRATION_ERROR.of(o)).as(printed).isEqualTo(slowCalibration(p, y), CLOSE);
            assertThat(LOG_LOSS.of(o)).as(printed).isEqualTo(mean(n, i -> surprise(y[i] > 0 ? p[i] : 1 - p[i])), CLOSE);
            assertThat(ACCURACY.of(o)).as(printed).isEqualTo(mean(n, i -> (p[i] > 0.5f) == (y[i] > 0) ? 1 : 0), CLOSE);
            assertThat(F1_MICRO.of(o)).as(printed).isEqualTo(ACCURACY.of(o), CLOSE);
            assertThat(F1_MACRO.of(o))
                    .as(printed)
                    .isEqualTo((slowF1(p, y) + slowF1(flip(p), flip(y))) / 2, within(1e-6));
        }
    }

    @Test
    void multilabelIsTheMeanOverLabelsThatAreDefined() {
        for (long seed = 0; seed < 100; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            int n = 1 + random.nextInt(12);
            int classes = 1 + random.nextInt(4);
            float[] p = new float[n * classes];
            float[] y = new float[n * classes];
            for (int i = 0; i < p.length; i++) {
                p[i] = random.nextInt(9) / 8f;
                y[i] = random.nextInt(2);
            }
            Outcomes o = new Outcomes(TaskKind.MULTILABEL, classes, p, y);
            String printed = "seed " + seed;
            Outcomes[] columns = IntStream.range(0, classes)
                    .mapToObj(c -> binary(column(p, classes, c), column(y, classes, c)))
                    .toArray(Outcomes[]::new);
            for (Metric m : new Metric[] {AUROC, AVERAGE_PRECISION, LOG_LOSS, ACCURACY, CALIBRATION_ERROR}) {
                double expected = definedMean(classes, c -> m.of(columns[c]));
                assertThat(m.of(o)).as(printed + " " + m).isEqualTo(expected, CLOSE);
            }
            double macro = mean(classes, c -> slowF1(column(p, classes, c), column(y, classes, c)));
            assertThat(F1_MACRO.of(o)).as(printed).isEqualTo(macro, CLOSE);
            assertThat(F1_MICRO.of(o)).as(printed).isEqualTo(slowF1(p, y), CLOSE); // pooled: all pairs as one column
        }
    }

    @Test
    void multiclassAgreesWithSlowReading() {
        for (long seed = 0; seed < 100; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            int n = 1 + random.nextInt(20);
            int classes = 2 + random.nextInt(4);
            float[] p = new float[n * classes];
            float[] y = new float[n];
            int[] top = new int[n];
            for (int i = 0; i < n; i++) {
                float sum = 0;
                for (int c = 0; c < classes; c++) {
                    p[i * classes + c] = 1 + random.nextInt(5);
                    sum += p[i * classes + c];
                }
                for (int c = 0; c < classes; c++) p[i * classes + c] /= sum;
                for (int c = 1; c < classes; c++) if (p[i * classes + c] > p[i * classes + top[i]]) top[i] = c;
                y[i] = random.nextInt(classes);
            }
            Outcomes o = new Outcomes(TaskKind.MULTICLASS, classes, p, y);
            String printed = "seed " + seed;
            double accuracy = mean(n, i -> top[i] == (int) y[i] ? 1 : 0);
            assertThat(ACCURACY.of(o)).as(printed).isEqualTo(accuracy, CLOSE);
            assertThat(F1_MICRO.of(o)).as(printed).isEqualTo(accuracy, CLOSE);
            assertThat(LOG_LOSS.of(o))
                    .as(printed)
                    .isEqualTo(mean(n, i -> surprise(p[i * classes + (int) y[i]])), CLOSE);
            TreeSet<Integer> occurring = new TreeSet<>();
            for (int i = 0; i < n; i++) occurring.add(top[i]);
            for (float label : y) occurring.add((int) label);
            double f1 = occurring.stream()
                    .mapToDouble(c -> slowF1(indicator(top, c), indicator(y, c)))
                    .average()
                    .orElseThrow();
            assertThat(F1_MACRO.of(o)).as(printed).isEqualTo(f1, CLOSE);
            double auroc = definedMean(classes, c -> slowAuroc(column(p, classes, c), indicator(y, c)));
            assertThat(AUROC.of(o)).as(printed).isEqualTo(auroc, CLOSE);
            float[] confidence = new float[n];
            float[] right = new float[n];
            for (int i = 0; i < n; i++) {
                confidence[i] = p[i * classes + top[i]];
                right[i] = top[i] == (int) y[i] ? 1 : 0;
            }
            assertThat(CALIBRATION_ERROR.of(o)).as(printed).isEqualTo(slowCalibration(confidence, right), CLOSE);
        }
    }

    @Test
    void aurocIgnoresMonotoneChangesAndTurnsAroundWithTheSign() {
        float[] p = {0.2f, 0.2f, -0f, 0f, 0.9f, 0.5f};
        float[] y = {1, 0, 1, 0, 1, 0};
        float[] cubed = new float[p.length];
        float[] negated = new float[p.length];
        for (int i = 0; i < p.length; i++) {
            cubed[i] = p[i] * p[i] * p[i] + 1;
            negated[i] = -p[i];
        }
        double auroc = AUROC.of(binary(p, y));
        assertThat(AUROC.of(binary(cubed, y))).isEqualTo(auroc, CLOSE);
        assertThat(AUROC.of(binary(negated, y))).isEqualTo(1 - auroc, CLOSE);
    }

    @Test
    void undefinedIsNotANumberAndNeverBetter() {
        assertThat(AUROC.of(binary(new float[] {0.1f, 0.9f}, new float[] {1, 1})))
                .isNaN();
        assertThat(AVERAGE_PRECISION.of(binary(new float[] {0.1f}, new float[] {0})))
                .isNaN();
        assertThat(R2.of(new Outcomes(TaskKind.REGRESSION, 1, new float[] {1, 2}, new float[] {3, 3})))
                .isNaN();
        assertThat(MAE.of(new Outcomes(TaskKind.REGRESSION, 1, new float[0], new float[0])))
                .isNaN();
        assertThat(AUROC.better(Double.NaN, 0.1)).isFalse();
        assertThat(AUROC.better(0.1, Double.NaN)).isTrue();
        assertThat(AUROC.better(0.6, 0.5)).isTrue();
        assertThat(MAE.better(0.6, 0.5)).isFalse();
        assertThat(MAE.better(0.5, 0.5)).isFalse();
    }

    @Test
    void refusesWhatDoesNotFit() {
        assertThatThrownBy(() -> binary(new float[] {0.1f}, new float[] {1, 0})).hasMessageContaining("do not fit");
        assertThatThrownBy(() -> binary(new float[] {Float.NaN}, new float[] {1}))
                .hasMessageContaining("prediction 0");
        assertThatThrownBy(() -> MAE.of(binary(new float[] {0}, new float[] {1})))
                .hasMessageContaining("mae");
        assertThatThrownBy(() -> Metric.named("aurok"))
                .isInstanceOfSatisfying(
                        InputException.class, e -> assertThat(e.hint()).contains("auroc"));
        assertThat(Metric.named("f1-macro")).isEqualTo(F1_MACRO);
    }

    private static Outcomes binary(float[] p, float[] y) {
        return new Outcomes(TaskKind.BINARY, 1, p, y);
    }

    /// Every pair of a positive and a negative row, looked at one by one.
    private static double slowAuroc(float[] p, float[] y) {
        double won = 0;
        int pairs = 0;
        for (int i = 0; i < p.length; i++) {
            for (int j = 0; j < p.length; j++) {
                if (y[i] < 0.5f || y[j] > 0.5f) continue;
                pairs++;
                won += p[i] > p[j] ? 1 : p[i] == p[j] ? 0.5 : 0;
            }
        }
        return pairs == 0 ? Double.NaN : won / pairs;
    }

    /// Every distinct score as a threshold, precision and recall counted anew.
    private static double slowAveragePrecision(float[] p, float[] y) {
        TreeSet<Float> thresholds = new TreeSet<>();
        for (float x : p) thresholds.add(x);
        double positives = sum(p.length, i -> y[i]);
        double sum = 0;
        double recall = 0;
        for (float t : thresholds.descendingSet()) {
            double hits = sum(p.length, i -> p[i] >= t ? y[i] : 0);
            double said = sum(p.length, i -> p[i] >= t ? 1 : 0);
            sum += (hits / positives - recall) * (hits / said);
            recall = hits / positives;
        }
        return positives == 0 ? Double.NaN : sum;
    }

    private static double slowCalibration(float[] p, float[] y) {
        double error = 0;
        for (int b = 0; b < 10; b++) {
            int bin = b;
            IntToDoubleFunction in = i -> Math.min(9, (int) (p[i] * 10)) == bin ? 1 : 0;
            double rows = sum(p.length, in);
            if (rows == 0) continue;
            double confidence = sum(p.length, i -> in.applyAsDouble(i) * p[i]) / rows;
            double share = sum(p.length, i -> in.applyAsDouble(i) * y[i]) / rows;
            error += rows / p.length * Math.abs(confidence - share);
        }
        return error;
    }

    /// F1 of what is above one half; 0 when nothing is said and nothing true.
    private static double slowF1(float[] p, float[] y) {
        double hits = sum(p.length, i -> p[i] > 0.5f && y[i] > 0.5f ? 1 : 0);
        double said = sum(p.length, i -> p[i] > 0.5f ? 1 : 0);
        double truth = sum(p.length, i -> y[i]);
        if (hits == 0) return 0;
        double precision = hits / said;
        double recall = hits / truth;
        return 2 * precision * recall / (precision + recall);
    }

    private static double surprise(double p) {
        return -Math.log(Math.min(1 - 1e-7, Math.max(1e-7, p)));
    }

    private static float[] column(float[] all, int columns, int c) {
        float[] out = new float[all.length / columns];
        for (int i = 0; i < out.length; i++) out[i] = all[i * columns + c];
        return out;
    }

    private static float[] indicator(float[] label, int c) {
        float[] out = new float[label.length];
        for (int i = 0; i < out.length; i++) out[i] = (int) label[i] == c ? 1 : 0;
        return out;
    }

    private static float[] indicator(int[] label, int c) {
        float[] out = new float[label.length];
        for (int i = 0; i < out.length; i++) out[i] = label[i] == c ? 1 : 0;
        return out;
    }

    /// The other class of a decision at one half: what is exactly there belongs to 0.
    private static float[] flip(float[] x) {
        float[] out = new float[x.length];
        for (int i = 0; i < out.length; i++) out[i] = x[i] > 0.5f ? 0 : 1;
        return out;
    }

    private static double sum(int n, IntToDoubleFunction f) {
        return IntStream.range(0, n).mapToDouble(f).sum();
    }

    private static double mean(int n, IntToDoubleFunction f) {
        return sum(n, f) / n;
    }

    private static double definedMean(int n, IntToDoubleFunction f) {
        return IntStream.range(0, n)
                .mapToDouble(f)
                .filter(x -> !Double.isNaN(x))
                .average()
                .orElse(Double.NaN);
    }
}
