package dev.hypha.relational.schema;

import java.util.List;

/// The tables of a database with their keys and times, inferred or given.
public record Schema(List<Table> tables) {
    public Schema {
        tables = List.copyOf(tables);
    }
}
