package dev.hypha.relational.audit;

import dev.hypha.relational.audit.Finding.Kind;
import dev.hypha.relational.database.Sql;
import dev.hypha.relational.schema.Column;
import dev.hypha.relational.schema.ColumnType;
import dev.hypha.relational.schema.Table;
import dev.hypha.relational.schema.TableColumn;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Timestamps that lie later than the moment at which their row is seen: in the row of an entity without time, later
/// than the prediction; in a row with a time, later than that time.
///
/// A date ahead may be honest where it was planned when the row came into being: a due date, the end of a
/// contract. It is a leak where it tells more of the label than plans do: where alone, as an instant, as
/// its distance from the prediction or as whether it lies after it, it reaches an AUROC (or an R² of a
/// number) of [#FORESIGHT]. The last order of each customer tells who will stay at 0.93 in a year's
/// training rows; plans seldom decide what people do.
final class LaterValueCheck implements Check {
    /// Of the training rows; a column of dates that are set ahead now and then stays below.
    private static final double STOP_SHARE = 0.05;

    private static final double WARN_SHARE = 0.01;

    /// Beyond it a date ahead knows what became of the entity.
    private static final double FORESIGHT = 0.9;

    @Override
    public List<Finding> find(AuditTask task) throws SQLException {
        try (Labels labels = Labels.of(task)) {
            return find(task, labels);
        }
    }

    private static List<Finding> find(AuditTask task, Labels labels) throws SQLException {
        List<Finding> findings = new ArrayList<>();
        for (Table table : task.schema().tables()) {
            for (Column column : table.columns()) {
                if (column.type() != ColumnType.TIMESTAMP || column.dropped()) {
                    continue;
                }
                if (table.time().isPresent()) {
                    laterThanRow(task, labels, table, column).ifPresent(findings::add);
                } else if (table.name().equals(task.entityTable()) && !task.timeless()) {
                    laterThanPrediction(task, table, column).ifPresent(findings::add);
                }
            }
        }
        return findings;
    }

    /// A column as a TIMESTAMP, whatever its SQL type.
    static String instant(String alias, Column column) {
        String name = alias + "." + Sql.name(column.name());
        boolean direct = column.sqlType().equals("DATE") || column.sqlType().equals("TIMESTAMP");
        return "TRY_CAST(" + (direct ? name : "CAST(" + name + " AS VARCHAR)") + " AS TIMESTAMP)";
    }

    private static Optional<Finding> laterThanPrediction(AuditTask task, Table table, Column column)
            throws SQLException {
        double[] counts = task.sheet()
                .row("SELECT count(*) FILTER (" + instant("e", column) + " > s.time), count(*) FROM task.seeds s JOIN "
                        + Sql.table(table.name()) + " e ON e._row = s.entity WHERE s.split = 'train'");
        double share = counts[0] / counts[1];
        if (!(share > 0)) {
            return Optional.empty();
        }
        return Optional.of(
                new Finding(
                        Kind.LATER_VALUE,
                        share >= STOP_SHARE ? Severity.LEAK : Severity.WARNING,
                        table.name(),
                        column.name(),
                        "%s.%s lies after the prediction time in %.1f %% of the training rows, so it tells of the future"
                                .formatted(table.name(), column.name(), 100 * share),
                        Map.of("rows", counts[0], "share", share),
                        "Drop the column in the schema file, or make it the table's time if it is when the row came into being."));
    }

    private static Optional<Finding> laterThanRow(AuditTask task, Labels labels, Table table, Column column)
            throws SQLException {
        boolean own = table.time().orElseThrow().terms().stream()
                .anyMatch(t -> t.table().isEmpty() && t.column().equals(column.name()));
        if (own) {
            return Optional.empty();
        }
        String value = instant("t", column);
        // A time that is a mere date says nothing about the hour, so such rows are compared by day.
        double[] counts = task.sheet()
                .row(
                        "WITH p AS (SELECT " + value
                                + " AS v, _time AS t, bool_and(_time = date_trunc('day', _time)) OVER () AS days"
                                + " FROM " + Sql.table(table.name()) + " t WHERE _time IS NOT NULL AND " + value
                                + " IS NOT NULL) SELECT count(*) FILTER (CASE WHEN days THEN date_trunc('day', v) > t ELSE v > t END), count(*) FROM p");
        double share = counts[0] / counts[1];
        if (!(share >= WARN_SHARE)) {
            return Optional.empty();
        }
        String message = "%s.%s lies after the row's own time in %.1f %% of the rows, but is seen from that time on"
                .formatted(table.name(), column.name(), 100 * share);
        Map<String, Double> evidence = new HashMap<>(Map.of("rows", counts[0], "share", share));
        Optional<Told> told = told(task, labels, table, column);
        if (told.isPresent()) {
            message += ", and alone tells the label: %s %.4f on %s"
                    .formatted(
                            Slice.measure(task),
                            told.get().power(),
                            told.get().slice().name());
            evidence.put(Slice.measure(task), told.get().power());
        }
        return Optional.of(new Finding(
                Kind.LATER_VALUE,
                told.isPresent() ? Severity.LEAK : Severity.WARNING,
                table.name(),
                column.name(),
                message,
                evidence,
                "Drop the column in the schema file, or make it the table's time."));
    }

    /// How well a date tells the label, and on which rows.
    private record Told(Slice slice, double power) {}

    /// @return where a date of the entity's row, or of one linked to it one to one, tells too much of the label; the
    ///     first rows that show it
    private static Optional<Told> told(AuditTask task, Labels labels, Table table, Column column) throws SQLException {
        if (task.withheld().contains(new TableColumn(table.name(), column.name()))) {
            return Optional.empty();
        }
        String value = instant("l", column);
        for (Linked linked : Linked.of(task)) {
            if (!linked.table().name().equals(table.name())) {
                continue;
            }
            for (Slice slice : labels.slices()) {
                for (String label : labels.each()) {
                    List<String> numbers = new ArrayList<>();
                    for (String number : List.of(
                            "epoch(" + value + ")",
                            "epoch(" + value + ") - epoch(s.time)",
                            "CAST(coalesce(" + value + " > s.time, false) AS DOUBLE)")) {
                        numbers.add(slice.values(task, linked.join(), label, number));
                    }
                    double power = slice.power(task, numbers, "");
                    if (power >= FORESIGHT) {
                        return Optional.of(new Told(slice, power));
                    }
                }
            }
        }
        return Optional.empty();
    }
}
