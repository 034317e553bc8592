package dev.hypha.relational.query;

import dev.hypha.relational.schema.TableColumn;
import java.util.List;

/// A clause of a query as SQL over an entity (alias `e`), a pair (`p`) and the aggregates it uses.
///
/// @param aggregates those it uses, each once
/// @param written its aggregates as and where they are written
/// @param columns entity columns it reads outside of aggregates
record Clause(
        Expr expression,
        Typed value,
        List<WindowAggregate> aggregates,
        List<Expr.Aggregate> written,
        List<TableColumn> columns) {
    static Clause of(Names names, Expr expression, EntityScope scope) {
        Typed value = new ExpressionSql(names.query(), scope).render(expression);
        return new Clause(
                expression, value, List.copyOf(scope.used()), List.copyOf(scope.written()), scope.columnsRead());
    }

    boolean looksAhead() {
        return aggregates.stream().anyMatch(a -> !a.window().isPast());
    }
}
