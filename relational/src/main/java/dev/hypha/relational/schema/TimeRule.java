package dev.hypha.relational.schema;

import java.util.List;
import java.util.stream.Collectors;

/// How a table's rows get their time: the sum of columns, each of the table itself or of one reached by a foreign key,
/// and an offset. Written in a schema file as `date`, `date + time`, `races.date`, `races.date + races.time - 1 day`.
///
/// @param terms one date or timestamp column first, then perhaps a time-of-day column (missing means midnight)
/// @param offsetMicros added to the sum, in microseconds
public record TimeRule(List<Term> terms, long offsetMicros) {
    public TimeRule {
        terms = List.copyOf(terms);
        if (terms.isEmpty()) throw new IllegalArgumentException("a time rule needs a column");
    }

    /// @param table the table reached by a foreign key (or the foreign key's column, where several lead to one
    ///     table), or empty for the table itself
    /// @param column the column there
    public record Term(String table, String column) {
        @Override
        public String toString() {
            return table.isEmpty()
                    ? TimeRuleText.quoted(column)
                    : TimeRuleText.quoted(table) + "." + TimeRuleText.quoted(column);
        }
    }

    /// @throws dev.hypha.graph.InputException kind `time-rule` with the position of what was not understood
    public static TimeRule parse(String text) {
        return new TimeRuleText(text).rule();
    }

    /// The rule as it stands in a schema file; `parse` reads it back.
    @Override
    public String toString() {
        return terms.stream().map(Term::toString).collect(Collectors.joining(" + "))
                + TimeRuleText.offset(offsetMicros);
    }
}
