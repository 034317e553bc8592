package dev.hypha.relational.audit;

import java.util.Locale;
import java.util.Map;

/// Something the audit found.
///
/// @param table the table at fault, or [#SEEDS] for the list of predictions itself
/// @param column the column at fault; empty where it is the rows as such
/// @param message one sentence
/// @param evidence the numbers behind it, by name
/// @param remedy what to do about it, one sentence
public record Finding(
        Kind kind,
        Severity severity,
        String table,
        String column,
        String message,
        Map<String, Double> evidence,
        String remedy) {
    /// Stands for a table where the list of predictions is at fault.
    public static final String SEEDS = "the seeds of the query";

    /// What is wrong.
    public enum Kind {
        /// A row later than the cutoff reaches a prediction.
        FUTURE_ROW,
        /// Rows that have no time and so are seen always, though they come into being later than training.
        ROWS_WITHOUT_TIME,
        /// A timestamp lies later than the moment its row is seen.
        LATER_VALUE,
        /// A column gives the label away.
        LABEL_IN_COLUMN,
        /// Entities are asked about before they exist.
        SELECTED_BEFORE_EXISTING,
        /// The selection reads a column whose former values are not known.
        SELECTED_BY_PRESENT_VALUE,
        /// An entity of a task that is split by key is in two splits.
        SHARED_ENTITY,
        /// The same prediction is listed twice.
        REPEATED_SEED,
        /// A label of one split is known only after a later split begins.
        OVERLAPPING_SPLITS,
        /// Entities of the test rows have twins among those of the training rows.
        TWIN_ROWS
    }

    public Finding {
        evidence = Map.copyOf(evidence);
    }

    /// The kind as results name it, such as `future-row`.
    public String check() {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// The table and column, or the table alone.
    public String place() {
        return column.isEmpty() || table.equals(SEEDS) ? table : table + "." + column;
    }
}
