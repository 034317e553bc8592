package dev.hypha.relational.audit;

import dev.hypha.learn.TaskKind;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// Labelled rows that a column is tried on. What a column as it is today knows of the past, training rows show; what
/// it knows of the newest outcomes alone, only the rows of the test do. An audit may look at their labels: nothing is
/// tuned by it.
///
/// @param name for people: `the training rows`
/// @param where SQL over a row of [Labels]
/// @param entities how many entities each outcome needs to say anything
record Slice(String name, String where, int entities) {
    /// Fewer rows are evaluated than trained on, so an honest column that is nearly perfect could be perfect there by
    /// chance. One of AUROC 0.98 in truth orders thirty against thirty without a mistake once in thirty times.
    static final int EVALUATED_ENTITIES = 30;

    private static final List<String> EVALUATED = List.of("validation", "test");

    /// The slices that hold rows, training first. A test of several times is also looked at where it begins and where
    /// it ends.
    static List<Slice> of(Sheet sheet) throws SQLException {
        List<Slice> slices = new ArrayList<>();
        slices.add(new Slice("the training rows", "s.split = 'train'", Power.ENTITIES));
        for (String split : EVALUATED) {
            String where = "s.split = '" + split + "'";
            if (sheet.number("SELECT count(*) FROM " + Labels.TABLE + " s WHERE " + where) > 0) {
                slices.add(new Slice("the " + split + " rows", where, EVALUATED_ENTITIES));
            }
        }
        String test = " FROM " + Labels.TABLE + " WHERE split = 'test'";
        if (sheet.number("SELECT count(DISTINCT time)" + test) > 1) {
            for (String end : List.of("min", "max")) {
                String name = "the test rows of the " + (end.equals("min") ? "first" : "last") + " time";
                String where = "s.split = 'test' AND s.time = (SELECT " + end + "(time)" + test + ")";
                slices.add(new Slice(name, where, EVALUATED_ENTITIES));
            }
        }
        return slices;
    }

    /// SQL that yields entity, label `y` and value `x` for each labelled row.
    ///
    /// @param join what follows `FROM labels s`
    /// @param label one of [Labels#each]
    /// @param value SQL over the joined row
    String values(AuditTask task, String join, String label, String value) {
        // Labels of several classes at once stand in a table of their own.
        boolean apart = task.kind() == TaskKind.MULTILABEL || task.kind() == TaskKind.RANKING;
        return "SELECT s.entity, " + label + " AS y, " + value + " AS x FROM " + Labels.TABLE + " s" + join + " WHERE "
                + where + (apart ? "" : " AND s.label IS NOT NULL");
    }

    /// How well a value tells the label on these rows.
    ///
    /// @param numbers the value as numbers with an order, SQL as of `values`
    /// @param text the value as text, SQL as of `values`; empty to look at numbers alone
    double power(AuditTask task, List<String> numbers, String text) throws SQLException {
        Power power = new Power(task.sheet(), entities);
        boolean regression = task.kind() == TaskKind.REGRESSION;
        double best = text.isEmpty() ? 0 : regression ? power.groupMeans(text) : power.groups(text);
        for (String values : numbers) {
            best = Math.max(best, regression ? power.line(values) : power.order(values));
        }
        return best;
    }

    /// The name of what `power` yields.
    static String measure(AuditTask task) {
        return task.kind() == TaskKind.REGRESSION ? "r2" : "auroc";
    }
}
