package dev.hypha.relational.query;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// A predictive query as it was written, not yet checked against a database.
///
/// @param source its text
/// @param target what is predicted
/// @param rank k of `RANK TOP k`
/// @param entity `table.key` of `FOR EACH`
/// @param where which entities are asked about, by what is known at the prediction time
/// @param given which rows are trained on and measured, by what happens afterwards
/// @param asOf the prediction time for scoring, microseconds since 1970-01-01 UTC
public record Query(
        QueryText source,
        Expr target,
        OptionalInt rank,
        Expr.Column entity,
        Optional<Expr> where,
        Optional<Expr> given,
        OptionalLong asOf) {

    /// Reads a query.
    ///
    /// @throws dev.hypha.graph.InputException of kind `syntax` with line and column, for anything that is not
    ///     a query
    public static Query parse(String text) {
        return new Parser(new QueryText(text)).query();
    }

    /// The query in its canonical form: one clause a line, keywords in capitals, no more parentheses than needed.
    @Override
    public String toString() {
        return Printer.print(this);
    }
}
