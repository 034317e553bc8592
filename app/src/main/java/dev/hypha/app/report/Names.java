package dev.hypha.app.report;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Plain words for what runs name shortly: methods and metrics.
final class Names {
    private static final Map<String, String> METHODS = Map.of(
            "constant", "the same answer for everyone",
            "entity-history", "each one's own past answers",
            "trees-entity", "trees on the one table",
            "trees-windows", "trees on past windows",
            "graph", "graph model",
            "trees", "trees on past windows",
            "blend", "graph model and trees together");

    private static final Map<String, String> METRICS = Map.ofEntries(
            Map.entry("auroc", "AUROC"),
            Map.entry("average-precision", "average precision"),
            Map.entry("accuracy", "accuracy"),
            Map.entry("f1-micro", "F1 (micro)"),
            Map.entry("f1-macro", "F1 (macro)"),
            Map.entry("log-loss", "log loss"),
            Map.entry("calibration-error", "calibration error"),
            Map.entry("mae", "mean absolute error"),
            Map.entry("rmse", "root mean squared error"),
            Map.entry("r2", "R²"));

    private static final List<String> LOWER_IS_BETTER = List.of("log-loss", "calibration-error", "mae", "rmse");

    /// The metric that a headline gives, by task; the first that was measured counts.
    private static final Map<String, List<String>> HEADLINES = Map.of(
            "binary", List.of("auroc", "average-precision"),
            "multiclass", List.of("accuracy", "f1-macro"),
            "multilabel", List.of("auroc", "average-precision", "f1-micro"),
            "regression", List.of("mae", "rmse"),
            "ranking", List.of("map@10", "mrr"));

    private Names() {}

    static String method(String name) {
        return METHODS.getOrDefault(name, name);
    }

    static String metric(String name) {
        return METRICS.getOrDefault(name, name.toLowerCase(Locale.ROOT));
    }

    static boolean lowerIsBetter(String metric) {
        return LOWER_IS_BETTER.contains(metric);
    }

    static List<String> headlines(String task) {
        return HEADLINES.getOrDefault(task, List.of());
    }
}
