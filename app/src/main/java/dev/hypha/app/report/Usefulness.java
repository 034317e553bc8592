package dev.hypha.app.report;

import static dev.hypha.app.report.Markup.at;
import static dev.hypha.app.report.Markup.el;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hypha.app.report.Markup.Element;
import java.util.Optional;

/// The tables and columns that the predictions rest on, by permutation importance.
final class Usefulness {
    private static final int COLUMNS = 15;

    private Usefulness() {}

    static Optional<Element> of(RunTree run) {
        JsonNode importance = run.report("importance");
        Rows tables = new Rows();
        importance.path("tables").forEach(one -> add(tables, one.path("table").asText(), one));
        Rows columns = new Rows();
        int shown = 0;
        for (JsonNode one : importance.path("columns")) {
            if (shown++ < COLUMNS) {
                add(
                        columns,
                        one.path("table").asText() + "." + one.path("column").asText(),
                        one);
            }
        }
        if (columns.isEmpty()) {
            return Optional.empty();
        }
        String metric = Names.metric(run.report("decidingMetric").asText("the deciding metric"));
        return Optional.of(el(
                "section",
                el("h2", "What the predictions rest on"),
                el(
                        "p",
                        "Each column was shuffled between rows, and the loss of " + metric
                                + " on validation rows measured. Columns that say the same cover for each other, so a"
                                + " small number need not mean that a column is useless."),
                el(
                        "div",
                        at("class", "charts"),
                        el("div", el("h3", "Tables"), tables.bars()),
                        el("div", el("h3", "Columns"), columns.bars()))));
    }

    private static void add(Rows rows, String name, JsonNode one) {
        double worse = one.path("worse").asDouble();
        rows.add(name, worse, Figures.measure(worse), worse > 0 ? "" : "dull");
    }
}
