package dev.hypha.relational.audit;

import dev.hypha.learn.TaskKind;
import dev.hypha.relational.audit.Finding.Kind;
import dev.hypha.relational.database.Sql;
import dev.hypha.relational.encode.ColumnRef;
import dev.hypha.relational.schema.Column;
import dev.hypha.relational.schema.ColumnType;
import dev.hypha.relational.schema.ForeignKey;
import dev.hypha.relational.schema.Table;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Columns that give the label away: alone, on the training rows, a column of the entity's row or of a row linked to it
/// one to one
/// predicts the label (nearly) perfectly, or the mere number of rows that refer to it does, where they have no time.
final class LabelCheck implements Check {
    private static final double STOP = 0.999;
    private static final double WARN = 0.98;

    /// More training rows than this are thinned out evenly.
    private static final int ROWS = 200_000;

    /// Only the most frequent classes are tested, each against the rest.
    private static final int CLASSES = 5;

    private static final String LABELS = "hypha_audit_labels";

    @Override
    public List<Finding> find(AuditTask task) throws SQLException {
        Sheet sheet = task.sheet();
        List<Finding> findings = new ArrayList<>();
        stage(sheet);
        try {
            for (String label : labels(task)) {
                inspect(task, label, findings);
            }
        } finally {
            sheet.execute("DROP TABLE IF EXISTS " + LABELS);
        }
        return strongest(findings);
    }

    private static void stage(Sheet sheet) throws SQLException {
        double rows = sheet.number("SELECT count(*) FROM task.seeds WHERE split = 'train'");
        long stride = Math.max(1, (long) Math.ceil(rows / ROWS));
        sheet.execute("CREATE OR REPLACE TEMP TABLE " + LABELS
                + " AS SELECT seed, entity, time, cutoff, label FROM task.seeds WHERE split = 'train' AND seed % "
                + stride
                + " = 0");
    }

    /// SQL over a training row `s` for each label to test, as a number.
    private static List<String> labels(AuditTask task) throws SQLException {
        return switch (task.kind()) {
            case BINARY, REGRESSION -> List.of("s.label");
            case MULTICLASS ->
                classes(
                        task,
                        "SELECT label FROM " + LABELS + " WHERE label IS NOT NULL",
                        "CAST(s.label = %d AS INTEGER)");
            case MULTILABEL, RANKING ->
                classes(
                        task,
                        "SELECT class AS label FROM task.seed_labels SEMI JOIN " + LABELS + " USING (seed)",
                        "CAST(s.seed IN (SELECT seed FROM task.seed_labels WHERE class = %d) AS INTEGER)");
        };
    }

    private static List<String> classes(AuditTask task, String from, String template) throws SQLException {
        List<String> labels = new ArrayList<>();
        String frequent =
                "SELECT label FROM (" + from + ") GROUP BY label ORDER BY count(*) DESC, label LIMIT " + CLASSES;
        for (double[] row : task.sheet().rows(frequent)) {
            labels.add(template.formatted((long) row[0]));
        }
        return labels;
    }

    private static void inspect(AuditTask task, String label, List<Finding> findings) throws SQLException {
        for (Linked linked : Linked.of(task)) {
            for (Column column : linked.table().columns()) {
                if (seen(task, linked.table(), column)) {
                    judge(task, linked, column, label, findings);
                }
            }
        }
        for (Table table : task.schema().tables()) {
            for (ForeignKey key : table.foreignKeys()) {
                boolean untimedFacts = table.time().isEmpty() && key.table().equals(task.entityTable());
                if (untimedFacts && !table.name().equals(task.entityTable())) {
                    judgeCount(task, table, key, label, findings);
                }
            }
        }
    }

    private static boolean seen(AuditTask task, Table table, Column column) {
        return !column.dropped()
                && column.type() != ColumnType.IDENTIFIER
                && table.primaryKey().filter(column.name()::equals).isEmpty()
                && !task.withheld().contains(new ColumnRef(table.name(), column.name()));
    }

    private static void judge(AuditTask task, Linked linked, Column column, String label, List<Finding> findings)
            throws SQLException {
        String name = "l." + Sql.name(column.name());
        List<String> numbers = new ArrayList<>();
        for (String number : numbers(column)) {
            numbers.add(values(task, linked.join(), label, "CAST(" + number + " AS DOUBLE)"));
        }
        numbers.add(values(task, linked.join(), label, "CAST(" + name + " IS NULL AS DOUBLE)"));
        double power = power(task, numbers, values(task, linked.join(), label, "CAST(" + name + " AS VARCHAR)"));
        if (power >= WARN) {
            boolean stop = power >= STOP && !knownWhereTheLabelIsNot(task, linked, name);
            findings.add(finding(task, linked.table().name(), column.name(), power, stop));
        }
    }

    /// SQL that yields entity, label `y` and value `x` for each labelled training row.
    private static String values(AuditTask task, String join, String label, String value) {
        // Labels of several classes at once stand in a table of their own.
        boolean apart = task.kind() == TaskKind.MULTILABEL || task.kind() == TaskKind.RANKING;
        return "SELECT s.entity, " + label + " AS y, " + value + " AS x FROM " + LABELS + " s" + join
                + (apart ? "" : " WHERE s.label IS NOT NULL");
    }

    private static void judgeCount(AuditTask task, Table table, ForeignKey key, String label, List<Finding> findings)
            throws SQLException {
        String column = Sql.name(key.column());
        String join = " JOIN " + Sql.table(task.entityTable()) + " e ON e._row = s.entity LEFT JOIN (SELECT " + column
                + " AS k, count(*) AS n FROM " + Sql.table(table.name()) + " GROUP BY k) c ON c.k = e."
                + Sql.name(key.key());
        String values = values(task, join, label, "CAST(coalesce(c.n, 0) AS DOUBLE)");
        double power = power(task, List.of(values), values);
        if (power >= WARN) {
            findings.add(finding(task, table.name(), "", power, power >= STOP));
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

    private static double power(AuditTask task, List<String> numbers, String text) throws SQLException {
        Power power = new Power(task.sheet());
        boolean regression = task.kind() == TaskKind.REGRESSION;
        double best = regression ? power.groupMeans(text) : power.groups(text);
        for (String values : numbers) {
            best = Math.max(best, regression ? power.line(values) : power.order(values));
        }
        return best;
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

    private static Finding finding(AuditTask task, String table, String column, double power, boolean stop) {
        String what = column.isEmpty() ? "the number of rows of " + table + " per entity" : table + "." + column;
        String measure = task.kind() == TaskKind.REGRESSION ? "r2" : "auroc";
        return new Finding(
                Kind.LABEL_IN_COLUMN,
                stop ? Severity.LEAK : Severity.WARNING,
                table,
                column,
                "%s alone tells the label: %s %.4f on the training rows".formatted(what, measure, power),
                Map.of(measure, power),
                column.isEmpty()
                        ? "Give the table a time in the schema file, or leave it out."
                        : "Drop the column in the schema file if it was filled in after the prediction time.");
    }

    /// One finding per place where several classes tell the same.
    private static List<Finding> strongest(List<Finding> findings) {
        List<Finding> kept = new ArrayList<>();
        for (Finding f : findings) {
            boolean surpassed = findings.stream().anyMatch(g -> g.place().equals(f.place()) && power(g) > power(f));
            boolean repeated = kept.stream().anyMatch(g -> g.place().equals(f.place()));
            if (!surpassed && !repeated) {
                kept.add(f);
            }
        }
        return kept;
    }

    private static double power(Finding f) {
        return f.evidence().values().iterator().next();
    }
}
