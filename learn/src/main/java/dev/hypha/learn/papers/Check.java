package dev.hypha.learn.papers;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hypha.learn.metrics.Metric;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// What the means of a setting's trials must fulfil. In a settings file one of
///
///     {"trial": "cora", "at-least": 0.835}
///     {"trial": "gcn 10 layers", "at-most": 0.7}
///     {"trial": "cora", "above": "gcn 10 layers", "by": 0.1}         `by` may be negative: not more than so far below
///     {"trial": "gcn", "times-the-seconds-of": "sgc", "at-least": 5}  of training, medians over seeds
public sealed interface Check {
    /// Means of values such as 0.813 that end a hair below it have reached it.
    double ROUNDING = 1e-9;

    /// The trial that it is about.
    String trial();

    /// All trials whose means it looks at.
    default List<String> trials() {
        return List.of(trial());
    }

    /// @param measured by trial; all of [#trials]
    boolean passes(Map<String, Measured> measured);

    /// Such as `at least 83.5`.
    String text(Metric metric);

    /// The trial's mean is `bound` or more.
    record AtLeast(String trial, double bound) implements Check {
        @Override
        public boolean passes(Map<String, Measured> measured) {
            return mean(measured, trial) >= bound - ROUNDING;
        }

        @Override
        public String text(Metric metric) {
            return "at least " + Measured.text(metric, bound);
        }
    }

    /// The trial's mean is `bound` or less.
    record AtMost(String trial, double bound) implements Check {
        @Override
        public boolean passes(Map<String, Measured> measured) {
            return mean(measured, trial) <= bound + ROUNDING;
        }

        @Override
        public String text(Metric metric) {
            return "at most " + Measured.text(metric, bound);
        }
    }

    /// The trial's mean is that of another plus `by`, or more.
    record Above(String trial, String other, double by) implements Check {
        @Override
        public List<String> trials() {
            return List.of(trial, other);
        }

        @Override
        public boolean passes(Map<String, Measured> measured) {
            return mean(measured, trial) - mean(measured, other) >= by - ROUNDING;
        }

        @Override
        public String text(Metric metric) {
            if (by == 0) return "not below that of " + other;
            String points = Measured.text(metric, Math.abs(by));
            return (by > 0 ? "at least " + points + " above" : "at most " + points + " below") + " that of " + other;
        }
    }

    /// The trial's training takes so many times as long as another's, or longer.
    record Slower(String trial, String other, double times) implements Check {
        @Override
        public List<String> trials() {
            return List.of(trial, other);
        }

        @Override
        public boolean passes(Map<String, Measured> measured) {
            return measured.get(trial).medianSeconds()
                    >= times * measured.get(other).medianSeconds();
        }

        @Override
        public String text(Metric metric) {
            return "trains at least " + times + " times as long as " + other;
        }
    }

    /// From an entry of a settings file.
    ///
    /// @throws IllegalArgumentException where it is none of these forms
    static Check of(JsonNode node) {
        Set<String> keys = new TreeSet<>();
        for (Iterator<String> names = node.fieldNames(); names.hasNext(); ) keys.add(names.next());
        String trial = node.path("trial").asText();
        if (keys.equals(Set.of("trial", "at-least"))) return new AtLeast(trial, number(node, "at-least"));
        if (keys.equals(Set.of("trial", "at-most"))) return new AtMost(trial, number(node, "at-most"));
        if (keys.equals(Set.of("trial", "above", "by"))) {
            return new Above(trial, node.get("above").asText(), number(node, "by"));
        }
        if (keys.equals(Set.of("trial", "times-the-seconds-of", "at-least"))) {
            return new Slower(trial, node.get("times-the-seconds-of").asText(), number(node, "at-least"));
        }
        throw new IllegalArgumentException("no check has the fields " + keys);
    }

    private static double mean(Map<String, Measured> measured, String trial) {
        return measured.get(trial).test().mean();
    }

    private static double number(JsonNode node, String key) {
        if (!node.get(key).isNumber()) throw new IllegalArgumentException(key + " is not a number: " + node);
        return node.get(key).doubleValue();
    }
}
