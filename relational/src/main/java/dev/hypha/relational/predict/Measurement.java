package dev.hypha.relational.predict;

import dev.hypha.learn.TaskKind;
import dev.hypha.learn.metrics.Metric;
import dev.hypha.learn.metrics.Outcomes;
import dev.hypha.relational.task.SeedTable;
import dev.hypha.relational.task.Split;
import java.util.LinkedHashMap;
import java.util.Map;

/// Measures answers against the labels of a split. An answer holds predictions for every row of the seed
/// table, row-major, shape [seeds, outputs].
final class Measurement {
    private Measurement() {}

    /// All metrics of the task on one split, by name, in the order of [Metric]; undefined ones are left out.
    static Map<String, Double> of(SeedTable seeds, float[] answer, Split split) {
        Outcomes outcomes = outcomes(seeds, answer, seeds.seeds(split));
        Map<String, Double> out = new LinkedHashMap<>();
        for (Metric metric : Metric.of(seeds.kind())) {
            double value = metric.of(outcomes);
            if (Double.isFinite(value)) {
                out.put(metric.label(), value);
            }
        }
        return out;
    }

    /// The metric that choices are made by.
    static Metric deciding(TaskKind kind) {
        return switch (kind) {
            case BINARY -> Metric.AUROC;
            case MULTICLASS -> Metric.LOG_LOSS;
            case MULTILABEL -> Metric.LOG_LOSS;
            case REGRESSION -> Metric.MAE;
            case RANKING -> throw new IllegalStateException("ranking is not measured per row");
        };
    }

    /// Predictions beside labels of the chosen rows.
    static Outcomes outcomes(SeedTable seeds, float[] answer, int[] rows) {
        int outputs = seeds.kind().outputs(seeds.classes().size());
        float[] predicted = new float[rows.length * outputs];
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(answer, rows[i] * outputs, predicted, i * outputs, outputs);
        }
        return new Outcomes(seeds.kind(), outputs, predicted, labels(seeds, rows));
    }

    /// Labels as learning and metrics want them: one number a row, or for multi-label 0 or 1 per row and
    /// class.
    static float[] labels(SeedTable seeds, int[] rows) {
        boolean sets = seeds.kind() == TaskKind.MULTILABEL;
        int width = sets ? seeds.classes().size() : 1;
        float[] out = new float[rows.length * width];
        for (int i = 0; i < rows.length; i++) {
            if (sets) {
                for (int member : seeds.labelSets()[rows[i]]) {
                    out[i * width + member] = 1;
                }
            } else {
                out[i] = seeds.label()[rows[i]];
            }
        }
        return out;
    }
}
