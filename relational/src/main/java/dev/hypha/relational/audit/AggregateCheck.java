package dev.hypha.relational.audit;

import dev.hypha.learn.TaskKind;
import dev.hypha.learn.metrics.Metric;
import dev.hypha.learn.metrics.Outcomes;
import dev.hypha.relational.audit.Finding.Kind;
import dev.hypha.relational.windows.FeatureMatrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// Aggregates of the past that give the label away: alone, on the rows of one split, one of them predicts the label
/// (nearly) perfectly. Then a column of the table behind it was filled in with what came later.
public final class AggregateCheck {
    /// Rows looked at per split; enough to tell 0.98 from 0.999.
    private static final int MOST_ROWS = 20_000;

    private AggregateCheck() {}

    /// Looks at each aggregate alone.
    ///
    /// @param aggregates of all seeds
    /// @param kind of task; one of several classes is not looked at
    /// @param entity of each seed
    /// @param label of each seed
    /// @param splits the rows to look at, by what they are called
    public static List<Finding> check(
            FeatureMatrix aggregates, TaskKind kind, int[] entity, float[] label, Map<String, int[]> splits) {
        List<Finding> findings = new ArrayList<>();
        if (kind != TaskKind.BINARY && kind != TaskKind.REGRESSION) return findings;
        for (int column = 0; column < aggregates.columns(); column++) {
            if (aggregates.categorical()[column]) continue;
            String strongest = "";
            double power = 0;
            for (Map.Entry<String, int[]> split : splits.entrySet()) {
                double here = power(aggregates, column, kind, entity, label, some(split.getValue()));
                if (here > power) {
                    power = here;
                    strongest = split.getKey();
                }
            }
            if (power >= LabelCheck.WARN)
                findings.add(finding(aggregates.names().get(column), kind, power, strongest));
        }
        return findings;
    }

    private static int[] some(int[] rows) {
        int every = Math.max(1, Math.ceilDiv(rows.length, MOST_ROWS));
        int[] chosen = new int[Math.ceilDiv(rows.length, every)];
        for (int i = 0; i < chosen.length; i++) chosen[i] = rows[i * every];
        return chosen;
    }

    /// Area under the ROC curve, whichever way round it is larger, or R²; 0 where too few rows have a value.
    private static double power(
            FeatureMatrix aggregates, int column, TaskKind kind, int[] entity, float[] label, int[] rows) {
        int[] known = Arrays.stream(rows)
                .filter(row -> !Float.isNaN(aggregates.get(row, column)) && !Float.isNaN(label[row]))
                .toArray();
        float[] values = new float[known.length];
        float[] labels = new float[known.length];
        for (int i = 0; i < known.length; i++) {
            values[i] = aggregates.get(known[i], column);
            labels[i] = label[known[i]];
        }
        if (known.length < Power.COVERAGE * rows.length || !supported(kind, entity, label, known)) return 0;
        if (kind == TaskKind.REGRESSION) return squaredCorrelation(values, labels);
        double area = Metric.AUROC.of(new Outcomes(kind, 1, values, labels));
        return Math.max(area, 1 - area);
    }

    private static boolean supported(TaskKind kind, int[] entity, float[] label, int[] rows) {
        if (kind == TaskKind.REGRESSION) return distinct(entity, rows) >= 2L * Power.ENTITIES;
        int[] yes = Arrays.stream(rows).filter(row -> label[row] > 0.5f).toArray();
        int[] no = Arrays.stream(rows).filter(row -> label[row] <= 0.5f).toArray();
        return distinct(entity, yes) >= Power.ENTITIES && distinct(entity, no) >= Power.ENTITIES;
    }

    private static long distinct(int[] entity, int[] rows) {
        return Arrays.stream(rows).map(row -> entity[row]).distinct().count();
    }

    private static double squaredCorrelation(float[] x, float[] y) {
        double n = x.length;
        double meanX = 0;
        double meanY = 0;
        for (int i = 0; i < x.length; i++) {
            meanX += x[i] / n;
            meanY += y[i] / n;
        }
        double both = 0;
        double squareX = 0;
        double squareY = 0;
        for (int i = 0; i < x.length; i++) {
            both += (x[i] - meanX) * (y[i] - meanY);
            squareX += (x[i] - meanX) * (x[i] - meanX);
            squareY += (y[i] - meanY) * (y[i] - meanY);
        }
        return squareX == 0 || squareY == 0 ? 0 : both * both / (squareX * squareY);
    }

    private static Finding finding(String aggregate, TaskKind kind, double power, String split) {
        String measure = kind == TaskKind.BINARY ? "auroc" : "r2";
        return new Finding(
                Kind.LABEL_IN_COLUMN,
                power >= LabelCheck.STOP ? Severity.LEAK : Severity.WARNING,
                aggregate,
                "",
                "the aggregate %s alone tells the label: %s %.4f on the %s rows"
                        .formatted(aggregate, measure, power, split),
                Map.of(measure, power),
                "Drop the column behind it in the schema file if it was filled in after the row's own time.");
    }
}
