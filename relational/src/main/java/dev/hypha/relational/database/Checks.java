package dev.hypha.relational.database;

import dev.hypha.graph.InputException;
import dev.hypha.relational.database.TableProfile.ColumnProfile;
import dev.hypha.relational.schema.ForeignKey;
import dev.hypha.relational.schema.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Counts what is wrong or odd in the staged tables.
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
                        ? "is missing in " + counted(r.getLong(2))
                        : "has the value " + r.getString(1) + " in " + counted(r.getLong(2)));
        if (repeated.isEmpty()) return;
        throw new InputException(
                "duplicate-key",
                "the key " + table + "." + key + " " + repeated.getFirst(),
                Map.of("table", table, "column", key, "value", repeated.getFirst()),
                "remove or correct those rows, or name another key (or `key: none`) in the schema file");
    }

    private static String counted(long rows) {
        return rows == 1 ? "1 row" : rows + " rows";
    }

    /// @return what is odd about a table but stops nothing, a sentence each
    static List<String> findings(Table table, TableProfile profile) {
        if (table.rows() == 0) return List.of("the table " + table.name() + " is empty");
        List<String> all = new ArrayList<>();
        for (ForeignKey f : table.foreignKeys())
            if (f.dangling() > 0)
                all.add(table.name() + "." + f.column() + ": " + f.dangling() + " of " + table.rows()
                        + " rows refer to no row of " + f.table() + " (dangling foreign key)");
        List<ColumnProfile> features = profile.columns().stream()
                .filter(c -> !table.column(c.name()).dropped() && !key(table, c.name()))
                .toList();
        name(
                        table,
                        "no value at all",
                        features.stream().filter(c -> c.present() == 0).toList())
                .ifPresent(all::add);
        if (table.rows() < 2) return all;
        name(
                        table,
                        "the same value in every row",
                        features.stream()
                                .filter(c -> c.present() == table.rows() && c.distinct() == 1)
                                .toList())
                .ifPresent(all::add);
        name(
                        table,
                        "a value of its own in every row",
                        features.stream()
                                .filter(c -> c.maybeKey() && c.unique(table.rows()))
                                .toList())
                .ifPresent(all::add);
        return all;
    }

    private static boolean key(Table table, String column) {
        return table.primaryKey().filter(column::equals).isPresent()
                || table.foreignKey(column).isPresent();
    }

    private static Optional<String> name(Table table, String what, List<ColumnProfile> columns) {
        if (columns.isEmpty()) return Optional.empty();
        String names =
                String.join(", ", columns.stream().map(ColumnProfile::name).toList());
        return Optional.of(table.name() + ": " + what + " in " + names);
    }
}
