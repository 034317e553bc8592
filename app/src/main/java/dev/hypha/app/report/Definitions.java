package dev.hypha.app.report;

import static dev.hypha.app.report.Markup.el;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hypha.app.report.Markup.Element;
import dev.hypha.learn.metrics.Metric;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;

/// What the measures of a run are, in the words of [Metric].
final class Definitions {
    private Definitions() {}

    /// The definition of each metric that the run was measured by, by the name that people read.
    static SequencedMap<String, String> of(RunTree run) {
        List<JsonNode> parts = new ArrayList<>();
        run.json().path("metrics").forEach(parts::add);
        Set<String> measured = run.metrics(parts);
        SequencedMap<String, String> words = new LinkedHashMap<>();
        Arrays.stream(Metric.values())
                .filter(metric -> measured.contains(metric.label()))
                .forEach(metric -> words.put(Names.metric(metric.label()), metric.definition()));
        return words;
    }

    /// Beside a table of measures: closed, for who wants to know.
    static Optional<Element> beside(RunTree run) {
        Map<String, String> words = of(run);
        if (words.isEmpty()) return Optional.empty();
        return Optional.of(el(
                "details",
                el("summary", "What the measures are"),
                run.ofNodes() ? List.of(el("p", "A row is a node.")) : List.of(),
                el(
                        "ul",
                        words.entrySet().stream()
                                .map(each -> el("li", el("b", each.getKey()), ": " + each.getValue())))));
    }
}
