package dev.hypha.relational.schema;

/// A column of a table, by the names the schema has for them.
public record TableColumn(String table, String column) {
    @Override
    public String toString() {
        return table + "." + column;
    }
}
