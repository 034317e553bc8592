package dev.hypha.relational.encode;

/// A column by its table's name and its own.
public record ColumnRef(String table, String column) {
    @Override
    public String toString() {
        return table + "." + column;
    }
}
