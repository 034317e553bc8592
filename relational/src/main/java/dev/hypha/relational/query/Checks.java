package dev.hypha.relational.query;

import dev.hypha.relational.schema.Table;
import java.util.Optional;

/// What must hold between the clauses of a query, so that it asks about the future and looks only at the past.
record Checks(QueryText query, Clause target) {
    /// The table of `FOR EACH`, which must be named with its primary key.
    static Table entity(Names names, Expr.Column column) {
        Table table = names.table(column.path().getFirst(), column.at());
        String key = names.column(table, column.path().getLast(), column.at()).name();
        if (table.primaryKey().filter(key::equals).isPresent()) return table;
        String hint = table.primaryKey()
                .map(k -> "write FOR EACH " + table.name() + "." + k)
                .orElse("declare a primary key of '" + table.name() + "' in the schema file");
        throw names.query()
                .error(
                        "not-a-key",
                        column.at(),
                        "'" + key + "' is not the primary key of '" + table.name() + "'",
                        hint);
    }

    void all(Optional<Clause> where, Optional<Clause> given) {
        checkTarget();
        where.ifPresent(this::where);
        given.ifPresent(this::given);
    }

    private void checkTarget() {
        if (target.aggregates().isEmpty() && target.columns().isEmpty()) {
            throw error(
                    "constant",
                    target,
                    "the target reads nothing from the database",
                    "predict an aggregate or a column");
        }
        if (!target.aggregates().isEmpty() && !target.looksAhead()) {
            throw error("past-target", target, "the target looks only at the past", "let a window end after 0");
        }
    }

    private void where(Clause where) {
        where.written().stream().filter(a -> !a.window().isPast()).findFirst().ifPresent(this::refuse);
        if (!target.aggregates().isEmpty()) return;
        where.columns().stream().filter(target.columns()::contains).findFirst().ifPresent(column -> {
            throw error(
                    "leak",
                    where,
                    "WHERE reads " + column + ", which is what is predicted",
                    "rows where it is missing are predicted anyway; leave it out of WHERE");
        });
    }

    private void refuse(Expr.Aggregate a) {
        boolean isTarget =
                target.written().stream().anyMatch(t -> Printer.print(t).equals(Printer.print(a)));
        throw query.error(
                "leak",
                a.at(),
                isTarget
                        ? "WHERE asks for what is predicted, which is not known at the prediction time"
                        : "WHERE looks at a window that ends after the prediction time, which is not known then",
                "a condition on the future belongs into GIVEN");
    }

    private void given(Clause given) {
        if (target.aggregates().isEmpty()) {
            throw error(
                    "static-given", given, "GIVEN needs a target over a time window", "put the condition into WHERE");
        }
        if (!given.looksAhead()) {
            throw error(
                    "past-given",
                    given,
                    "GIVEN looks at nothing after the prediction time",
                    "put the condition into WHERE");
        }
    }

    private RuntimeException error(String kind, Clause clause, String what, String hint) {
        return query.error(kind, clause.expression().at(), what, hint);
    }
}
