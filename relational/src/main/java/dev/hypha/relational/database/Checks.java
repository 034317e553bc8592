package dev.hypha.relational.database;

import dev.hypha.graph.InputException;
import java.util.List;
import java.util.Map;

/// Counts what is wrong with keys in the staged tables.
final class Checks {
    private Checks() {}

    /// @return rows whose value is not null and is no key of the parent
    static long dangling(Staging staging, String table, String column, String parent, String key) {
        return staging.number("SELECT count(*) FROM " + Sql.table(table) + " t WHERE t." + Sql.name(column)
                + " IS NOT NULL AND NOT EXISTS (SELECT 1 FROM " + Sql.table(parent) + " p WHERE p." + Sql.name(key)
                + " = t."
                + Sql.name(column) + ")");
    }

    /// @throws InputException kind `duplicate-key`, with the first value that repeats, or the row that lacks one
    static void unique(Staging staging, String table, String key) {
        String name = Sql.name(key);
        List<String> repeated = staging.list(
                "SELECT CAST(" + name + " AS VARCHAR), count(*) FROM " + Sql.table(table) + " GROUP BY " + name
                        + " HAVING count(*) > 1 OR " + name + " IS NULL ORDER BY min(_row) LIMIT 1",
                r -> r.getString(1) == null
                        ? "is missing in " + r.getLong(2) + " rows"
                        : "has the value " + r.getString(1) + " in " + r.getLong(2) + " rows");
        if (repeated.isEmpty()) return;
        throw new InputException(
                "duplicate-key",
                "the key " + table + "." + key + " " + repeated.getFirst(),
                Map.of("table", table, "column", key, "value", repeated.getFirst()),
                "remove or correct those rows, or name another key (or `key: none`) in the schema file");
    }
}
