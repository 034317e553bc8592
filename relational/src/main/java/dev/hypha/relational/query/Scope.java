package dev.hypha.relational.query;

/// What names mean in a part of a query.
interface Scope {
    Typed column(Expr.Column column);

    Typed aggregate(Expr.Aggregate aggregate);
}
