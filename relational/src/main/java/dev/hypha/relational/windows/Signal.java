package dev.hypha.relational.windows;

/// A value of a table's rows that the query's target speaks of: the aggregated column, or the row-level condition
/// behind the outcome (`statusId <> 1`, `position <= 3`). Its past is the most telling history there is.
///
/// @param table the fact table
/// @param name how it is called in feature names
/// @param sql a DuckDB expression over that table under the alias `f`, null where the row has no say; a boolean
///     counts as 0 or 1
public record Signal(String table, String name, String sql) {}
