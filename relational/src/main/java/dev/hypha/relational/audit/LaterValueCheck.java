package dev.hypha.relational.audit;

import dev.hypha.relational.audit.Finding.Kind;
import dev.hypha.relational.database.Sql;
import dev.hypha.relational.schema.Column;
import dev.hypha.relational.schema.ColumnType;
import dev.hypha.relational.schema.Table;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Timestamps that lie later than the moment at which their row is seen: in the row of an entity without time, later
/// than the prediction;
/// in a row with a time, later than that time.
final class LaterValueCheck implements Check {
    /// Of the training rows; a column of dates that are set ahead now and then stays below.
    private static final double STOP_SHARE = 0.05;

    private static final double WARN_SHARE = 0.01;

    @Override
    public List<Finding> find(AuditTask task) throws SQLException {
        List<Finding> findings = new ArrayList<>();
        for (Table table : task.schema().tables()) {
            for (Column column : table.columns()) {
                if (column.type() != ColumnType.TIMESTAMP || column.dropped()) {
                    continue;
                }
                if (table.time().isPresent()) {
                    laterThanRow(task, table, column).ifPresent(findings::add);
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

    private static Optional<Finding> laterThanRow(AuditTask task, Table table, Column column) throws SQLException {
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
        return Optional.of(new Finding(
                Kind.LATER_VALUE,
                Severity.WARNING,
                table.name(),
                column.name(),
                "%s.%s lies after the row's own time in %.1f %% of the rows, but is seen from that time on"
                        .formatted(table.name(), column.name(), 100 * share),
                Map.of("rows", counts[0], "share", share),
                "Drop the column in the schema file, or make it the table's time."));
    }
}
