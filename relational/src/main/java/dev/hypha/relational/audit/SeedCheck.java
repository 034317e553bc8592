package dev.hypha.relational.audit;

import dev.hypha.relational.audit.Finding.Kind;
import dev.hypha.relational.database.Sql;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The list of predictions itself: repeated rows, cutoffs after the prediction, entities later than their
/// prediction, entities shared between splits by key, and labels that are known only after a later split
/// begins.
final class SeedCheck implements Check {
    private static final String SEEDS = "task.seeds";
    private static final String MEASURED = " split IN ('train', 'validation', 'test') ";

    @Override
    public List<Finding> find(AuditTask task) throws SQLException {
        List<Finding> findings = new ArrayList<>();
        repeated(task, findings);
        cutoffs(task, findings);
        laterEntities(task, findings);
        if (task.splitByKey()) {
            sharedEntities(task, findings);
        } else {
            overlap(task, "train", "'validation', 'test'", findings);
            overlap(task, "validation", "'test'", findings);
        }
        return findings;
    }

    private static void repeated(AuditTask task, List<Finding> findings) throws SQLException {
        double[] counts = task.sheet()
                .row("SELECT count(*), count(*) FILTER (splits > 1) FROM (SELECT count(DISTINCT split) AS splits FROM "
                        + SEEDS + " WHERE" + MEASURED + "GROUP BY entity, time HAVING count(*) > 1)");
        if (counts[0] == 0) {
            return;
        }
        boolean across = counts[1] > 0;
        findings.add(new Finding(
                Kind.REPEATED_SEED,
                across ? Severity.LEAK : Severity.WARNING,
                Finding.SEEDS,
                "",
                "%.0f predictions (entity and time) are listed more than once, %.0f of them in two splits"
                        .formatted(counts[0], counts[1]),
                Map.of("repeated", counts[0], "acrossSplits", counts[1]),
                "Give one label per entity and time."));
    }

    private static void cutoffs(AuditTask task, List<Finding> findings) throws SQLException {
        double late = task.sheet().number("SELECT count(*) FROM " + SEEDS + " WHERE cutoff > time");
        if (late > 0) {
            findings.add(new Finding(
                    Kind.FUTURE_ROW,
                    Severity.LEAK,
                    Finding.SEEDS,
                    "cutoff",
                    "%.0f predictions may see rows later than their own time".formatted(late),
                    Map.of("predictions", late),
                    "Let each prediction's cutoff be no later than its time."));
        }
    }

    /// Between cutoff and prediction an entity may well appear (frozen protocol): it is answered for without
    /// being seen.
    private static void laterEntities(AuditTask task, List<Finding> findings) throws SQLException {
        if (task.entity().time().isEmpty()) {
            return;
        }
        double late = task.sheet()
                .number("SELECT count(*) FROM " + SEEDS + " s JOIN " + Sql.table(task.entityTable())
                        + " e ON e._row = s.entity WHERE e._time IS NULL OR e._time > s.time");
        if (late > 0) {
            findings.add(new Finding(
                    Kind.FUTURE_ROW,
                    Severity.LEAK,
                    task.entityTable(),
                    "",
                    "%.0f predictions are for rows of %s that are not yet there at the prediction time"
                            .formatted(late, task.entityTable()),
                    Map.of("predictions", late),
                    "Predict only for entities whose own time is not after the prediction."));
        }
    }

    private static void sharedEntities(AuditTask task, List<Finding> findings) throws SQLException {
        double shared = task.sheet()
                .number("SELECT count(*) FROM (SELECT entity FROM " + SEEDS + " WHERE" + MEASURED
                        + "GROUP BY entity HAVING count(DISTINCT split) > 1)");
        if (shared > 0) {
            findings.add(new Finding(
                    Kind.SHARED_ENTITY,
                    Severity.LEAK,
                    task.entityTable(),
                    "",
                    "%.0f rows of %s are in more than one split".formatted(shared, task.entityTable()),
                    Map.of("entities", shared),
                    "Put each entity into one split."));
        }
    }

    /// Where it is not known when a label is complete, its own time is the earliest it can be.
    private static void overlap(AuditTask task, String split, String later, List<Finding> findings)
            throws SQLException {
        String known = task.labelKnown().orElse("time");
        String after = task.labelKnown().isPresent() ? "known > " : "known >= ";
        double[] counts = task.sheet()
                .row("WITH later AS (SELECT entity, min(time) AS start FROM " + SEEDS + " WHERE split IN (" + later
                        + ") GROUP BY entity), early AS (SELECT entity, " + known + " AS known FROM " + SEEDS
                        + " WHERE split = '" + split + "') SELECT count(*), count(l.entity) FILTER (" + after
                        + "l.start) FROM early LEFT JOIN later l USING (entity) WHERE " + after
                        + "(SELECT min(start) FROM later)");
        if (counts[0] > 0) {
            findings.add(new Finding(
                    Kind.OVERLAPPING_SPLITS,
                    Severity.LEAK,
                    Finding.SEEDS,
                    "time",
                    "the labels of %.0f %s rows are known only after the predictions of the next split begin, %.0f of them for the same entity"
                            .formatted(counts[0], split, counts[1]),
                    Map.of("rows", counts[0], "sameEntity", counts[1]),
                    "End each split's label windows before the next split begins (--val-time, --test-time, --step)."));
        }
    }
}
