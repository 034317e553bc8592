package dev.hypha.relational.audit;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// The labelled rows that columns are tried on, in a table of their own while this is open.
///
/// @param each SQL over a row `s` of the table for each label to test, as a number
/// @param slices the rows to try a column on, one after the other
record Labels(Sheet sheet, List<String> each, List<Slice> slices) implements AutoCloseable {
    static final String TABLE = "hypha_audit_labels";

    /// More rows of a split than this are thinned out evenly.
    private static final int ROWS = 200_000;

    /// Only the most frequent classes are tested, each against the rest.
    private static final int CLASSES = 5;

    static Labels of(AuditTask task) throws SQLException {
        Sheet sheet = task.sheet();
        sheet.execute("CREATE OR REPLACE TEMP TABLE " + TABLE
                + " AS SELECT seed, entity, time, cutoff, label, split FROM task.seeds"
                + " WHERE split IN ('train', 'validation', 'test')"
                + " QUALIFY seed % greatest(1, ceil(count(*) OVER (PARTITION BY split) / " + ROWS + ".0)::BIGINT) = 0");
        return new Labels(sheet, each(task), Slice.of(sheet));
    }

    private static List<String> each(AuditTask task) throws SQLException {
        String train = " WHERE split = 'train'";
        return switch (task.kind()) {
            case BINARY, REGRESSION -> List.of("s.label");
            case MULTICLASS ->
                classes(
                        task,
                        "SELECT label FROM " + TABLE + train + " AND label IS NOT NULL",
                        "CAST(s.label = %d AS INTEGER)");
            case MULTILABEL, RANKING ->
                classes(
                        task,
                        "SELECT class AS label FROM task.seed_labels SEMI JOIN (FROM " + TABLE + train
                                + ") USING (seed)",
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

    @Override
    public void close() throws SQLException {
        sheet.execute("DROP TABLE IF EXISTS " + TABLE);
    }
}
