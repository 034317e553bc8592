package dev.hypha.relational.schema;

import dev.hypha.graph.InputException;
import dev.hypha.graph.Nearest;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The tables of a database with their keys and times, inferred or given.
public record Schema(List<Table> tables) {
    public Schema {
        tables = List.copyOf(tables);
    }

    /// @param name spelled exactly, or else in any case
    public Optional<Table> find(String name) {
        return tables.stream()
                .filter(t -> t.name().equals(name))
                .findFirst()
                .or(() -> tables.stream()
                        .filter(t -> t.name().equalsIgnoreCase(name))
                        .findFirst());
    }

    /// @throws InputException kind `unknown-table`, with the nearest name
    public Table table(String name) {
        return find(name)
                .orElseThrow(() -> new InputException(
                        "unknown-table",
                        "there is no table " + name,
                        Map.of("table", name),
                        Nearest.hint(name, tables.stream().map(Table::name).toList())));
    }
}
