package dev.hypha.learn.papers;

import java.util.List;
import java.util.Map;

/// Whether a check of a setting is fulfilled.
public record Verdict(Check check, boolean pass) {
    /// The verdicts on all checks whose trials were measured.
    ///
    /// @param measured by the trial's name
    public static List<Verdict> of(Setting setting, Map<String, Measured> measured) {
        return setting.checksOf(measured.keySet()).stream()
                .map(check -> new Verdict(check, check.passes(measured)))
                .toList();
    }
}
