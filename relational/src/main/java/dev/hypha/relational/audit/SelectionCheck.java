package dev.hypha.relational.audit;

import dev.hypha.relational.audit.Finding.Kind;
import dev.hypha.relational.database.Sql;
import dev.hypha.relational.schema.ForeignKey;
import dev.hypha.relational.schema.Table;
import dev.hypha.relational.schema.TableColumn;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Whether the choice of entities depends on what came later: entities without time that are asked about before
/// their first fact, and a selection by values that are only known as they are today.
final class SelectionCheck implements Check {
    private static final double WARN_SHARE = 0.05;

    /// Where most training rows ask about entities that nobody could have known, the measurement means little.
    private static final double STOP_SHARE = 0.5;

    @Override
    public List<Finding> find(AuditTask task) throws SQLException {
        List<Finding> findings = new ArrayList<>();
        if (task.timeless() || task.entity().time().isPresent()) {
            return findings;
        }
        beforeExisting(task, findings);
        presentValues(task, findings);
        return findings;
    }

    private static void beforeExisting(AuditTask task, List<Finding> findings) throws SQLException {
        List<String> facts = facts(task);
        if (facts.isEmpty()) {
            return;
        }
        double[] counts = task.sheet()
                .row("WITH facts AS (" + String.join(" UNION ALL ", facts)
                        + "), first AS (SELECT entity, min(t) AS t FROM facts GROUP BY entity)"
                        + " SELECT count(*) FILTER (f.t > s.time), count(*) FILTER (f.t IS NULL), count(*)"
                        + " FROM task.seeds s LEFT JOIN first f USING (entity) WHERE s.split = 'train'");
        double share = counts[0] / counts[2];
        if (!(share >= WARN_SHARE)) {
            return;
        }
        findings.add(new Finding(
                Kind.SELECTED_BEFORE_EXISTING,
                share >= STOP_SHARE ? Severity.LEAK : Severity.WARNING,
                task.entityTable(),
                "",
                "%.1f %% of the training rows are for rows of %s whose first fact lies after the prediction, so that only the future says they exist"
                        .formatted(100 * share, task.entityTable()),
                Map.of("rows", counts[0], "share", share, "withoutAnyFact", counts[1]),
                "Select by the past, such as WHERE COUNT(<fact table>.*, -365, 0, DAYS) > 0, or give "
                        + task.entityTable() + " a time in the schema file."));
    }

    /// One select per timed table that refers to the entity: the entity's row and the fact's time.
    private static List<String> facts(AuditTask task) {
        List<String> selects = new ArrayList<>();
        for (Table table : task.schema().tables()) {
            for (ForeignKey key : table.foreignKeys()) {
                if (table.time().isPresent() && key.table().equals(task.entityTable())) {
                    selects.add("SELECT e._row AS entity, f._time AS t FROM " + Sql.table(table.name()) + " f JOIN "
                            + Sql.table(task.entityTable()) + " e ON f." + Sql.name(key.column()) + " = e."
                            + Sql.name(key.key()) + " WHERE f._time IS NOT NULL");
                }
            }
        }
        return selects;
    }

    private static void presentValues(AuditTask task, List<Finding> findings) throws SQLException {
        double times = task.sheet().number("SELECT count(DISTINCT time) FROM task.seeds WHERE split = 'train'");
        for (TableColumn column : task.selectedBy()) {
            if (times > 1 && column.table().equals(task.entityTable())) {
                findings.add(new Finding(
                        Kind.SELECTED_BY_PRESENT_VALUE,
                        Severity.NOTE,
                        column.table(),
                        column.column(),
                        "the selection reads " + column
                                + ", of which only today's value is known, at every prediction time",
                        Map.of("predictionTimes", times),
                        "Make sure that its value does not change with the outcome."));
            }
        }
    }
}
