package dev.hypha.relational.windows;

import dev.hypha.relational.schema.Table;

/// Questions about tables of a schema.
final class Tables {
    private Tables() {}

    /// Whether a column is the table's primary key or one of its foreign keys.
    static boolean isKey(Table table, String column) {
        return table.primaryKey().filter(column::equals).isPresent()
                || table.foreignKeys().stream().anyMatch(k -> k.column().equals(column));
    }
}
