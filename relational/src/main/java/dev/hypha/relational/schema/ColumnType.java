package dev.hypha.relational.schema;

/// What a column means to a model, which decides its encoder. Not its SQL type.
public enum ColumnType {
    NUMERICAL,
    CATEGORICAL,
    BOOLEAN,
    /// A date or a date with time.
    TIMESTAMP,
    /// Free text of more than a word or two.
    TEXT,
    /// A key, a code or a name with a value of its own in nearly every row; left out of models, and said so.
    IDENTIFIER
}
