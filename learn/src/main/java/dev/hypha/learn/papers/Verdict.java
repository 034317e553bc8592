package dev.hypha.learn.papers;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Whether a check of a setting is fulfilled.
public record Verdict(Check check, boolean pass) {
    /// The verdicts on all checks whose trials were measured.
    ///
    /// @param scores by the trial's name
    public static List<Verdict> of(Setting setting, Map<String, Scores> scores) {
        Map<String, Double> means = new TreeMap<>();
        scores.forEach((trial, each) -> means.put(trial, each.mean()));
        return setting.checksOf(scores.keySet()).stream()
                .map(check -> new Verdict(check, check.passes(means)))
                .toList();
    }
}
