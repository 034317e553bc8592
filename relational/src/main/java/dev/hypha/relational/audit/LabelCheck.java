package dev.hypha.relational.audit;

import dev.hypha.relational.audit.Finding.Kind;
import dev.hypha.relational.database.Sql;
import dev.hypha.relational.schema.Column;
import dev.hypha.relational.schema.ColumnType;
import dev.hypha.relational.schema.ForeignKey;
import dev.hypha.relational.schema.Table;
import dev.hypha.relational.schema.TableColumn;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Columns that give the label away: alone, on the rows of one split, a column of the entity's row or of a row linked
/// to it one to one predicts the label (nearly) perfectly, or the mere number of rows that refer to it does, where they
/// have no time.
final class LabelCheck implements Check {
    /// From here on a value is the label.
    static final double STOP = 0.999;

    /// From here on it may be.
    static final double WARN = 0.98;

    @Override
    public List<Finding> find(AuditTask task) throws SQLException {
        List<Finding> findings = new ArrayList<>();
        try (Labels labels = Labels.of(task)) {
            for (String label : labels.each()) {
                for (Slice slice : labels.slices()) {
                    inspect(task, slice, label, findings);
                }
            }
        }
        return strongest(findings);
    }

    private static void inspect(AuditTask task, Slice slice, String label, List<Finding> findings) throws SQLException {
        for (Linked linked : Linked.of(task)) {
            for (Column column : linked.table().columns()) {
                if (seen(task, linked.table(), column)) {
                    judge(task, slice, linked, column, label, findings);
                }
            }
        }
        for (Table table : task.schema().tables()) {
            for (ForeignKey key : table.foreignKeys()) {
                boolean untimedFacts = table.time().isEmpty() && key.table().equals(task.entityTable());
                if (untimedFacts && !table.name().equals(task.entityTable())) {
                    judgeCount(task, slice, table, key, label, findings);
                }
            }
        }
    }

    private static boolean seen(AuditTask task, Table table, Column column) {
        return !column.dropped()
                && column.type() != ColumnType.IDENTIFIER
                && table.primaryKey().filter(column.name()::equals).isEmpty()
                && !task.withheld().contains(new TableColumn(table.name(), column.name()));
    }

    private static void judge(
            AuditTask task, Slice slice, Linked linked, Column column, String label, List<Finding> findings)
            throws SQLException {
        String name = "l." + Sql.name(column.name());
        List<String> numbers = new ArrayList<>();
        for (String number : numbers(column)) {
            numbers.add(slice.values(task, linked.join(), label, "CAST(" + number + " AS DOUBLE)"));
        }
        numbers.add(slice.values(task, linked.join(), label, "CAST(" + name + " IS NULL AS DOUBLE)"));
        double power =
                slice.power(task, numbers, slice.values(task, linked.join(), label, "CAST(" + name + " AS VARCHAR)"));
        if (power >= WARN) {
            boolean stop = power >= STOP && !knownWhereTheLabelIsNot(task, linked, name);
            findings.add(finding(task, slice, linked.table().name(), column.name(), power, stop));
        }
    }

    private static void judgeCount(
            AuditTask task, Slice slice, Table table, ForeignKey key, String label, List<Finding> findings)
            throws SQLException {
        String column = Sql.name(key.column());
        String join = " JOIN " + Sql.table(task.entityTable()) + " e ON e._row = s.entity LEFT JOIN (SELECT " + column
                + " AS k, count(*) AS n FROM " + Sql.table(table.name()) + " GROUP BY k) c ON c.k = e."
                + Sql.name(key.key());
        String values = slice.values(task, join, label, "CAST(coalesce(c.n, 0) AS DOUBLE)");
        double power = slice.power(task, List.of(values), values);
        if (power >= WARN) {
            findings.add(finding(task, slice, table.name(), "", power, power >= STOP));
        }
    }

    /// The column as numbers with an order; empty for text.
    private static List<String> numbers(Column column) {
        String name = "l." + Sql.name(column.name());
        return switch (column.type()) {
            case NUMERICAL, BOOLEAN ->
                column.sqlType().equals("DATE") || column.sqlType().startsWith("TIME")
                        ? List.of("epoch(" + name + ")")
                        : List.of("TRY_CAST(" + name + " AS DOUBLE)");
            case TIMESTAMP -> {
                String instant = LaterValueCheck.instant("l", column);
                yield List.of("epoch(" + instant + ")", "epoch(" + instant + ") - epoch(s.time)");
            }
            case CATEGORICAL, TEXT, IDENTIFIER -> List.of();
        };
    }

    /// In a task without time, a column that is filled where the label is missing is no copy of it but a relation worth
    /// learning, such as city and country.
    private static boolean knownWhereTheLabelIsNot(AuditTask task, Linked linked, String name) throws SQLException {
        if (!task.timeless()) {
            return false;
        }
        double[] filled = task.sheet()
                .row("SELECT count(*) FILTER (split = 'predict'), avg(CAST(" + name
                        + " IS NOT NULL AS INTEGER)) FILTER (split = 'predict'),"
                        + " avg(CAST(" + name + " IS NOT NULL AS INTEGER)) FILTER (split = 'train') FROM task.seeds s"
                        + linked.join());
        return filled[0] >= Power.ENTITIES && filled[1] >= filled[2] / 2;
    }

    private static Finding finding(
            AuditTask task, Slice slice, String table, String column, double power, boolean stop) {
        String what = column.isEmpty() ? "the number of rows of " + table + " per entity" : table + "." + column;
        String measure = Slice.measure(task);
        return new Finding(
                Kind.LABEL_IN_COLUMN,
                stop ? Severity.LEAK : Severity.WARNING,
                table,
                column,
                "%s alone tells the label: %s %.4f on %s".formatted(what, measure, power, slice.name()),
                Map.of(measure, power),
                column.isEmpty()
                        ? "Give the table a time in the schema file, or leave it out."
                        : "Drop the column in the schema file if it was filled in after the prediction time.");
    }

    /// One finding per place, the gravest, where several classes or splits tell the same.
    private static List<Finding> strongest(List<Finding> findings) {
        List<Finding> sorted = new ArrayList<>(findings);
        sorted.sort(Comparator.comparing(Finding::severity)
                .thenComparingDouble(LabelCheck::power)
                .reversed());
        Map<String, Finding> first = new LinkedHashMap<>();
        sorted.forEach(f -> first.putIfAbsent(f.place(), f));
        return List.copyOf(first.values());
    }

    private static double power(Finding f) {
        return f.evidence().values().iterator().next();
    }
}
