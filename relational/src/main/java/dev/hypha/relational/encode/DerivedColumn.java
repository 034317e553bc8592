package dev.hypha.relational.encode;

import dev.hypha.relational.schema.ColumnType;

/// A column that a table does not have but that its own columns give, such as the condition a query counts by.
///
/// @param table the table whose rows it describes
/// @param name what reports call it, such as `statusId <> 1`
/// @param sql a DuckDB expression over one row of that table, under the alias `f`
/// @param type how to encode it
public record DerivedColumn(String table, String name, String sql, ColumnType type) {}
