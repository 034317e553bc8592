package dev.hypha.relational.audit;

import dev.hypha.relational.audit.Finding.Kind;
import dev.hypha.relational.database.Sql;
import dev.hypha.relational.schema.Column;
import dev.hypha.relational.schema.ColumnType;
import dev.hypha.relational.schema.ForeignKey;
import dev.hypha.relational.schema.Table;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Tables without time whose rows nevertheless come into being over time, and so are seen before they
/// exist: rows that refer to a row of a later time, and rows with a timestamp after all training.
final class UntimedRowsCheck implements Check {
    /// Smaller shares are exceptions in the data, larger ones a table whose time was not recognised.
    private static final double STOP_SHARE = 0.01;

    private static final String LAST_CUTOFF = "(SELECT max(cutoff) FROM task.seeds WHERE split = 'train')";

    @Override
    public List<Finding> find(AuditTask task) throws SQLException {
        List<Finding> findings = new ArrayList<>();
        for (Table table : task.schema().tables()) {
            if (table.time().isPresent() || task.timeless()) {
                continue;
            }
            for (ForeignKey key : table.foreignKeys()) {
                laterParents(task, table, key).ifPresent(findings::add);
            }
            for (Column column : table.columns()) {
                laterTimes(task, table, column).ifPresent(findings::add);
            }
        }
        return findings;
    }

    private static Optional<Finding> laterParents(AuditTask task, Table table, ForeignKey key) throws SQLException {
        if (task.schema().table(key.table()).time().isEmpty()) {
            return Optional.empty();
        }
        double[] counts = task.sheet()
                .row("SELECT count(*) FILTER (p._time > " + LAST_CUTOFF + "), count(*) FROM " + Sql.table(table.name())
                        + " c JOIN " + Sql.table(key.table()) + " p ON c." + Sql.name(key.column()) + " = p."
                        + Sql.name(key.key()));
        return finding(
                table.name(),
                key.column(),
                counts,
                "rows of " + table.name() + ", which has no time, refer by " + key.column() + " to rows of "
                        + key.table() + " later than all training, and would be seen before them",
                "Give " + table.name() + " a time in the schema file, such as `time: " + key.table() + ".<column>`.");
    }

    /// The entity's own timestamps are compared with each prediction by [LaterValueCheck].
    private static Optional<Finding> laterTimes(AuditTask task, Table table, Column column) throws SQLException {
        boolean compared = column.type() == ColumnType.TIMESTAMP
                && !column.dropped()
                && !table.name().equals(task.entityTable());
        if (!compared) {
            return Optional.empty();
        }
        String instant = LaterValueCheck.instant("c", column);
        double[] counts = task.sheet()
                .row("SELECT count(*) FILTER (" + instant + " > " + LAST_CUTOFF + "), count(" + instant + ") FROM "
                        + Sql.table(table.name()) + " c");
        return finding(
                table.name(),
                column.name(),
                counts,
                "rows of " + table.name() + ", which has no time, carry a " + column.name()
                        + " later than all training, and are seen by every prediction",
                "Set `time: " + column.name() + "` for " + table.name()
                        + " in the schema file, or drop the column if it is no such time.");
    }

    private static Optional<Finding> finding(
            String table, String column, double[] counts, String message, String remedy) {
        if (!(counts[0] > 0)) {
            return Optional.empty();
        }
        double share = counts[0] / counts[1];
        return Optional.of(new Finding(
                Kind.ROWS_WITHOUT_TIME,
                share >= STOP_SHARE ? Severity.LEAK : Severity.WARNING,
                table,
                column,
                message + " (%.0f rows)".formatted(counts[0]),
                Map.of("rows", counts[0], "share", share),
                remedy));
    }
}
