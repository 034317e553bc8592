package dev.hypha.app.report;

import static dev.hypha.app.report.Markup.at;
import static dev.hypha.app.report.Markup.el;

import dev.hypha.app.report.Markup.Element;
import java.util.ArrayList;
import java.util.List;

/// Names with a number each, one below the other, each drawn as a bar from zero or as a dot on a common scale.
final class Rows {
    private final List<Row> rows = new ArrayList<>();

    private record Row(String name, double value, String figure, String style) {}

    /// @param figure the number as written
    /// @param style a class of the page's style, such as `main`; may be empty
    Rows add(String name, double value, String figure, String style) {
        rows.add(new Row(name, value, figure, style));
        return this;
    }

    boolean isEmpty() {
        return rows.isEmpty();
    }

    /// Dots on a scale that spans the values, for measures that have no natural zero.
    Element dots() {
        Range range = Range.around(rows.stream().mapToDouble(Row::value));
        return draw(row -> el("i", at("class", "dot"), at("style", "left:" + percent(range.share(row.value())))));
    }

    /// Bars from zero to the greatest value; values below zero have none.
    Element bars() {
        return bars(Math.max(rows.stream().mapToDouble(Row::value).max().orElse(1), 1e-12));
    }

    /// Bars from none to all, for shares.
    Element shares() {
        return bars(1);
    }

    private Element bars(double most) {
        return draw(row ->
                el("i", at("class", "bar"), at("style", "width:" + percent(Math.max(0, row.value()) / most))));
    }

    private interface Mark {
        Element of(Row row);
    }

    private Element draw(Mark mark) {
        return el(
                "div",
                at("class", "rows"),
                rows.stream()
                        .map(row -> el(
                                "div",
                                at("class", "row " + row.style()),
                                el("span", at("class", "name"), row.name()),
                                el("span", at("class", "track"), mark.of(row)),
                                el("span", at("class", "figure"), row.figure()))));
    }

    private static String percent(double share) {
        return Figures.coordinate(100 * Math.clamp(share, 0, 1)) + "%";
    }
}
