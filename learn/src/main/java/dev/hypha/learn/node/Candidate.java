package dev.hypha.learn.node;

import dev.hypha.learn.metrics.Metric;
import java.nio.file.Path;
import java.util.List;

/// A method with all its trials, one per seed.
///
/// @param folders of the trials
record Candidate(Method method, List<Trial> trials, List<Path> folders) {
    /// Mean over seeds of a metric on validation nodes; NaN if any has none.
    double validation(Metric metric) {
        return trials.stream()
                .mapToDouble(trial -> trial.metric(Part.VALIDATION, metric.label()))
                .average()
                .orElse(Double.NaN);
    }
}
