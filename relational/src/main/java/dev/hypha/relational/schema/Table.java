package dev.hypha.relational.schema;

import dev.hypha.graph.InputException;
import dev.hypha.graph.Nearest;
import java.util.List;
import java.util.Map;
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

    /// @param column spelled exactly, or else in any case
    public Optional<Column> find(String column) {
        return columns.stream()
                .filter(c -> c.name().equals(column))
                .findFirst()
                .or(() -> columns.stream()
                        .filter(c -> c.name().equalsIgnoreCase(column))
                        .findFirst());
    }

    /// @throws InputException kind `unknown-column`, with the nearest name
    public Column column(String column) {
        return find(column)
                .orElseThrow(() -> new InputException(
                        "unknown-column",
                        "table " + name + " has no column " + column,
                        Map.of("table", name, "column", column),
                        Nearest.hint(column, columns.stream().map(Column::name).toList())));
    }

    /// @return the foreign key on this column, if there is one
    public Optional<ForeignKey> foreignKey(String column) {
        return foreignKeys.stream().filter(f -> f.column().equals(column)).findFirst();
    }
}
