package dev.hypha.relational.schema;

import java.util.List;

/// How a table's rows get their time: the sum of columns, each of the table itself or of one reached by a foreign key,
/// and an offset. Written in a schema file as `date`, `date + time`, `races.date`, `races.date + races.time - 1 day`.
///
/// @param terms one date or timestamp column first, then perhaps a time-of-day column (missing means midnight)
/// @param offsetMicros added to the sum, in microseconds
public record TimeRule(List<Term> terms, long offsetMicros) {
    public TimeRule {
        terms = List.copyOf(terms);
    }

    /// @param table the table reached by a foreign key, or empty for the table itself
    /// @param column the column there
    public record Term(String table, String column) {}
}
