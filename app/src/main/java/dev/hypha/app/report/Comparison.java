package dev.hypha.app.report;

import static dev.hypha.app.report.Markup.el;

import dev.hypha.app.report.Markup.Element;
import java.util.List;
import java.util.Optional;
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
        return Optional.of(
                el("section", el("h2", "Every method by every measure"), seeds(run), tables, Definitions.beside(run)));
    }

    private static Optional<Element> seeds(RunTree run) {
        long seeds = run.json().path("seeds").asLong(1);
        return seeds > 1
                ? Optional.of(el("p", "Mean and standard deviation over " + seeds + " seeds."))
                : Optional.empty();
    }

    private static Optional<Element> table(RunTree run, String split) {
        List<List<String>> rows = Measurements.table(run, split, split + " rows");
        if (rows.getFirst().size() == 1) {
            return Optional.empty();
        }
        Sheet sheet = new Sheet(rows.getFirst());
        rows.subList(1, rows.size())
                .forEach(
                        row -> sheet.row(row.stream().map(Comparison::breakable).toList()));
        return Optional.of(sheet.breaking());
    }

    /// A figure that a line may break before its deviation, not inside.
    static String breakable(String figure) {
        return figure.replace(" ± ", " ±\u00a0");
    }
}
