package dev.hypha.learn.papers;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hypha.learn.metrics.Metric;
import java.util.List;
import java.util.Locale;

/// One metric over seeds, in the order of the seeds.
///
/// @param values at least one; shares lie within 0 and 1
public record Scores(Metric metric, List<Double> values) {
    public Scores {
        values = List.copyOf(values);
        if (values.isEmpty()) throw new IllegalArgumentException("no values of " + metric.label());
    }

    public double mean() {
        return values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    }

    /// The standard deviation of a sample, over `n - 1`; 0 for one value.
    public double sd() {
        if (values.size() == 1) return 0;
        double mean = mean();
        double sum = values.stream().mapToDouble(x -> (x - mean) * (x - mean)).sum();
        return Math.sqrt(sum / (values.size() - 1));
    }

    /// `{"mean", "sd", "values"}`.
    public ObjectNode json() {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        object.put("mean", mean()).put("sd", sd());
        values.forEach(object.putArray("values")::add);
        return object;
    }

    /// Such as `84.1 ± 0.5`.
    public String text() {
        return text(metric, mean()) + " ± " + text(metric, sd());
    }

    /// A value as papers print it: shares in percent, without the sign.
    public static String text(Metric metric, double value) {
        return switch (metric) {
            case AUROC, AVERAGE_PRECISION, ACCURACY, F1_MICRO, F1_MACRO -> percent(value);
            case LOG_LOSS, CALIBRATION_ERROR, MAE, RMSE, R2 -> String.format(Locale.ROOT, "%.4g", value);
        };
    }

    /// Two digits after the point, so that a mean does not seem to reach the bound that it is just below.
    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.2f", 100 * share).replaceFirst("0$", "");
    }
}
