package dev.hypha.relational.query;

/// What the target says about a single row of a fact table: of `EXISTS(results.* WHERE results.statusId <> 1, ...)`
/// whether that row did not finish. Past rows' signals are the target's own history, and strong features.
///
/// @param table the fact table
/// @param name for people, such as `results.statusId <> 1`
/// @param condition true for a BOOLEAN, false for a number
/// @param sql a DuckDB expression over the fact table under the alias `f`; NULL where the row has no say. It reads
///     rows the fact row leads to only as far as they are no later than the fact row itself
public record RowSignal(String table, String name, boolean condition, String sql) {}
