package dev.hypha.app.report;

import static dev.hypha.app.report.Markup.el;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hypha.app.report.Markup.Element;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.stream.Stream;

/// Every method by every metric, on test and on validation rows.
final class Comparison {
    private Comparison() {}

    static Optional<Element> of(RunTree run) {
        List<Element> tables = Stream.of("test", "validation")
                .flatMap(split -> table(run, split).stream())
                .toList();
        if (tables.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(el("section", el("h2", "Every method by every measure"), seeds(run), tables));
    }

    private static Optional<Element> seeds(RunTree run) {
        long seeds = run.json().path("seeds").asLong(1);
        return seeds > 1
                ? Optional.of(el("p", "Mean and standard deviation over " + seeds + " seeds."))
                : Optional.empty();
    }

    private static Optional<Element> table(RunTree run, String split) {
        SequencedMap<String, JsonNode> methods = run.methods(split);
        SequencedSet<String> metrics = run.metrics(methods.values());
        if (metrics.isEmpty()) {
            return Optional.empty();
        }
        List<String> headings = new ArrayList<>(List.of(split + " rows"));
        metrics.forEach(metric -> headings.add(Names.metric(metric)));
        Sheet sheet = new Sheet(headings);
        methods.forEach((name, values) -> {
            List<String> cells = new ArrayList<>();
            cells.add(name.equals("model") ? "this model" : Names.method(name));
            metrics.forEach(metric -> cells.add(
                    Measured.of(values.path(metric)).map(Figures::measure).orElse("–")));
            sheet.row(cells);
        });
        return Optional.of(sheet.html());
    }
}
