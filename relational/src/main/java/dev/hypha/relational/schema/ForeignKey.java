package dev.hypha.relational.schema;

/// A column whose values are the primary key of a row of another (or the same) table.
///
/// @param column the referring column
/// @param table the table referred to
/// @param key that table's primary key column (or, where a database declares so, another unique column)
/// @param dangling rows whose value is not null and is no key there; counted when staging, 0 before
public record ForeignKey(String column, String table, String key, long dangling) {}
