package dev.hypha.app.report;

import static dev.hypha.app.report.Markup.el;

import dev.hypha.app.report.Markup.Element;
import java.util.List;
import java.util.Optional;

/// What a report says of a model that labels the nodes of a graph: from what, how well on each part, and
/// what was tried.
final class NodeSections {
    private NodeSections() {}

    static Element data(RunTree run) {
        return el(
                "section",
                el("h2", "What was learned from"),
                run.sentences("sentences").stream().map(sentence -> el("p", sentence)));
    }

    static Element parts(RunTree run) {
        return el(
                "section",
                el("h2", "How well"),
                table(Measurements.parts(run.json(), Integer.MAX_VALUE)),
                Definitions.beside(run));
    }

    static Optional<Element> sweep(RunTree run) {
        if (run.json().path("sweep").isEmpty()) return Optional.empty();
        return Optional.of(el(
                "section",
                el("h2", "What was tried"),
                el("p", "Validation nodes chose. Test nodes were looked at for what was chosen alone."),
                table(Measurements.sweep(run.json(), Integer.MAX_VALUE))));
    }

    private static Element table(List<List<String>> rows) {
        Sheet sheet = new Sheet(rows.getFirst());
        rows.subList(1, rows.size())
                .forEach(
                        row -> sheet.row(row.stream().map(Comparison::breakable).toList()));
        return sheet.breaking();
    }
}
