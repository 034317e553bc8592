package dev.hypha.relational.audit;

import dev.hypha.relational.audit.Finding.Kind;
import dev.hypha.relational.database.Sql;
import dev.hypha.relational.schema.Column;
import dev.hypha.relational.schema.ColumnType;
import dev.hypha.relational.schema.Table;
import dev.hypha.relational.schema.TableColumn;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Entities of the test rows that equal one of the training rows in all but their keys: often one thing entered twice.
final class TwinCheck implements Check {
    /// With fewer columns, or where most rows equal another, equality means nothing.
    private static final int COLUMNS = 3;

    private static final double DISTINCT_SHARE = 0.8;

    @Override
    public List<Finding> find(AuditTask task) throws SQLException {
        Table table = task.entity();
        List<String> columns = table.columns().stream()
                .filter(c -> compared(task, table, c))
                .map(c -> Sql.name(c.name()))
                .toList();
        if (columns.size() < COLUMNS) {
            return List.of();
        }
        String rows = "SELECT _row, row(" + columns.stream().collect(Collectors.joining(", ")) + ") AS content FROM "
                + Sql.table(table.name());
        double[] counts = task.sheet()
                .row("WITH rows AS (" + rows
                        + "), train AS (SELECT DISTINCT r.* FROM rows r JOIN task.seeds s ON s.entity = r._row"
                        + " WHERE s.split = 'train'), test AS (SELECT DISTINCT r.* FROM rows r JOIN task.seeds s ON s.entity = r._row"
                        + " WHERE s.split = 'test') SELECT (SELECT count(*) FROM test SEMI JOIN train"
                        + " ON test.content = train.content AND test._row <> train._row), (SELECT count(*) FROM test),"
                        + " (SELECT count(DISTINCT content) / count(*) FROM rows)");
        if (counts[0] == 0 || counts[2] < DISTINCT_SHARE) {
            return List.of();
        }
        return List.of(new Finding(
                Kind.TWIN_ROWS,
                Severity.WARNING,
                table.name(),
                "",
                "%.0f of %.0f rows of %s in the test split equal a training row in every column but the keys"
                        .formatted(counts[0], counts[1], table.name()),
                Map.of("rows", counts[0], "share", counts[0] / counts[1]),
                "Remove the duplicates, or keep each with its twin in one split."));
    }

    private static boolean compared(AuditTask task, Table table, Column column) {
        return !column.dropped()
                && column.type() != ColumnType.IDENTIFIER
                && table.primaryKey().filter(column.name()::equals).isEmpty()
                && !task.withheld().contains(new TableColumn(table.name(), column.name()));
    }
}
