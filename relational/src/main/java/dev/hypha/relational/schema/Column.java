package dev.hypha.relational.schema;

/// A column of a table as staged.
///
/// @param name as it stands in the source
/// @param sqlType DuckDB's type of the staged column: `BOOLEAN`, `BIGINT`, `DOUBLE`, `DATE`, `TIME`, `TIMESTAMP` or
///     `VARCHAR`, never another (staging narrows all types of all sources to these)
/// @param type what it means to a model
/// @param dropped true where the schema file leaves it out of models (queries may still name it)
public record Column(String name, String sqlType, ColumnType type, boolean dropped) {}
