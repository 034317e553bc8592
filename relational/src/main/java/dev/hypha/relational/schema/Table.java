package dev.hypha.relational.schema;

import java.util.List;
import java.util.Optional;

/// A table: columns, keys and how its rows get their time.
///
/// @param name as it stands in the source (a file's name without its endings)
/// @param columns in the source's order
/// @param primaryKey the one column that identifies a row; absent where there is none (join tables)
/// @param foreignKeys in the order of their columns
/// @param time absent for a table without time, whose rows are visible to every prediction
/// @param rows counted when staging
public record Table(
        String name,
        List<Column> columns,
        Optional<String> primaryKey,
        List<ForeignKey> foreignKeys,
        Optional<TimeRule> time,
        long rows) {
    public Table {
        columns = List.copyOf(columns);
        foreignKeys = List.copyOf(foreignKeys);
    }
}
