package dev.hypha.relational.database;

import java.util.List;

/// The shape of the tables that `--into` writes, by which Hypha knows its own: the entity's key, `time`, `prediction`,
/// where classes are predicted `probability`, and `model`.
final class PredictionTable {
    private static final List<String> VALUE = List.of("time", "prediction", "model");
    private static final List<String> CLASS = List.of("time", "prediction", "probability", "model");

    private PredictionTable() {}

    /// @param columns names in their order
    /// @return whether a table of these columns is one that Hypha wrote: it may be replaced, and is no data
    static boolean is(List<String> columns) {
        if (columns.isEmpty()) return false;
        List<String> afterKey = columns.subList(1, columns.size());
        return afterKey.equals(VALUE) || afterKey.equals(CLASS);
    }
}
