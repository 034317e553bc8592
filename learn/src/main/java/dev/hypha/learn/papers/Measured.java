package dev.hypha.learn.papers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.hypha.learn.metrics.Metric;
import dev.hypha.learn.metrics.Spread;
import java.util.List;
import java.util.Locale;

/// What came of a trial, seed by seed.
///
/// @param metric of the trial
/// @param runs one per seed, at least one
public record Measured(Metric metric, List<Run> runs) {
    public Measured {
        runs = List.copyOf(runs);
        if (runs.isEmpty()) throw new IllegalArgumentException("no runs");
    }

    /// What came of one seed.
    ///
    /// @param test the metric on test rows
    /// @param validation the same on validation rows
    /// @param seconds of wall clock from data at hand to answers
    public record Run(double test, double validation, double seconds) {
        /// `[test, validation, seconds]`.
        ArrayNode json() {
            return JsonNodeFactory.instance
                    .arrayNode()
                    .add(test)
                    .add(validation)
                    .add(seconds);
        }

        /// From [#json].
        ///
        /// @throws IllegalArgumentException where it is not that
        static Run of(JsonNode node) {
            if (node.size() != 3) throw new IllegalArgumentException("not the three numbers of a run: " + node);
            return new Run(
                    node.get(0).asDouble(), node.get(1).asDouble(), node.get(2).asDouble());
        }
    }

    /// On test rows.
    public Spread test() {
        return new Spread(runs.stream().map(Run::test).toList());
    }

    /// On validation rows.
    public Spread validation() {
        return new Spread(runs.stream().map(Run::validation).toList());
    }

    /// Of wall clock, the mean over seeds.
    public double seconds() {
        return runs.stream().mapToDouble(Run::seconds).average().orElseThrow();
    }

    /// Of wall clock, the median over seeds: the first of them pay for what the virtual machine compiles.
    double medianSeconds() {
        double[] sorted = runs.stream().mapToDouble(Run::seconds).sorted().toArray();
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }

    /// Mean and deviation on test rows, such as `84.1 ± 0.5`; the value alone where it is of one seed.
    public String text() {
        String mean = text(metric, test().mean());
        return runs.size() == 1 ? mean : mean + " ± " + text(metric, test().sd());
    }

    /// A value as papers print it, shares in percent; two digits after the point, so that a mean does not seem to reach
    /// the bound that it is just below.
    public static String text(Metric metric, double value) {
        return switch (metric) {
            case AUROC, AVERAGE_PRECISION, ACCURACY, F1_MICRO, F1_MACRO ->
                String.format(Locale.ROOT, "%.2f", 100 * value).replaceFirst("0$", "");
            case LOG_LOSS, CALIBRATION_ERROR, MAE, RMSE, R2 -> String.format(Locale.ROOT, "%.4g", value);
        };
    }
}
