package dev.hypha.relational.query;

import dev.hypha.relational.database.Sql;
import dev.hypha.relational.schema.Table;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Derives row signals from a target: the filter of a COUNT or EXISTS; the column of any other aggregate of
/// numbers; and, where an aggregate is compared with a literal, the same comparison of the column.
final class RowSignals {
    private final Names names;
    private final Map<String, RowSignal> found = new LinkedHashMap<>();

    private RowSignals(Names names) {
        this.names = names;
    }

    static List<RowSignal> of(Names names, Expr target) {
        RowSignals signals = new RowSignals(names);
        signals.visit(target);
        return List.copyOf(signals.found.values());
    }

    private void visit(Expr e) {
        switch (e) {
            case Expr.Aggregate a -> aggregate(a);
            case Expr.Compare c -> compare(c);
            case Expr.Logical(var at, var connective, var left, var right) -> both(left, right);
            case Expr.Arithmetic(var at, var operator, var left, var right) -> both(left, right);
            case Expr.Not not -> visit(not.operand());
            case Expr.Negate negate -> visit(negate.operand());
            case Expr.In in -> {
                byRow(in.operand(), column -> new Expr.In(in.at(), column, in.options(), in.negated()));
                visit(in.operand());
            }
            case Expr.Between b -> {
                if (isLiteral(b.low()) && isLiteral(b.high())) {
                    byRow(b.operand(), column -> new Expr.Between(b.at(), column, b.low(), b.high(), b.negated()));
                }
                both(b.operand(), b.low());
                visit(b.high());
            }
            case Expr.Like like -> {
                byRow(like.operand(), column -> new Expr.Like(like.at(), column, like.pattern(), like.negated()));
                visit(like.operand());
            }
            case Expr.IsNull isNull -> visit(isNull.operand());
            case Expr.Column c -> {}
            case Expr.NumberLiteral n -> {}
            case Expr.TextLiteral t -> {}
            case Expr.BooleanLiteral b -> {}
        }
    }

    private void both(Expr left, Expr right) {
        visit(left);
        visit(right);
    }

    private void aggregate(Expr.Aggregate a) {
        switch (a.function()) {
            case COUNT, EXISTS -> a.filter().ifPresent(filter -> add(a, filter));
            case SUM, AVG, MIN, MAX, FIRST, LAST -> add(a, a.argument());
            case COUNT_DISTINCT, LIST_DISTINCT -> {}
        }
    }

    private void compare(Expr.Compare c) {
        if (isLiteral(c.right())) {
            byRow(c.left(), column -> new Expr.Compare(c.at(), c.comparison(), column, c.right()));
        } else if (isLiteral(c.left())) {
            byRow(c.right(), column -> new Expr.Compare(c.at(), c.comparison().mirrored(), column, c.left()));
        }
        both(c.left(), c.right());
    }

    private interface OfColumn {
        Expr apply(Expr.Column column);
    }

    /// The condition on an aggregate, asked of a row's column instead.
    private void byRow(Expr operand, OfColumn condition) {
        if (!(operand instanceof Expr.Aggregate a)) return;
        switch (a.function()) {
            case SUM, AVG, MIN, MAX, FIRST, LAST -> add(a, condition.apply(a.argument()));
            case COUNT, EXISTS, COUNT_DISTINCT, LIST_DISTINCT -> {}
        }
    }

    private static boolean isLiteral(Expr e) {
        return switch (e) {
            case Expr.NumberLiteral n -> true;
            case Expr.TextLiteral t -> true;
            case Expr.BooleanLiteral b -> true;
            case Expr.Negate negate -> isLiteral(negate.operand());
            default -> false;
        };
    }

    private void add(Expr.Aggregate a, Expr value) {
        Table fact = names.table(a.argument().path().getFirst(), a.at());
        Optional<Expr> filter = a.filter().filter(f -> !f.equals(value));
        String name = Printer.print(value)
                + filter.map(f -> " where " + Printer.print(f)).orElse("");
        if (found.containsKey(name)) return;
        Joins joins = new Joins("f", "u", Optional.empty());
        Typed typed = render(fact, joins, value, filter);
        if (typed.type() != ValueType.NUMBER && typed.type() != ValueType.BOOLEAN) return;
        String sql = joins.sql().isEmpty() ? typed.sql() : subquery(fact, value, filter);
        found.put(name, new RowSignal(fact.name(), name, typed.type() == ValueType.BOOLEAN, sql));
    }

    private Typed render(Table fact, Joins joins, Expr value, Optional<Expr> filter) {
        ExpressionSql sql = new ExpressionSql(names.query(), new RowScope(names, fact, joins));
        Typed typed = sql.render(value);
        return filter.map(f -> new Typed(
                        "CASE WHEN " + sql.condition(f, "WHERE") + " THEN " + typed.sql() + " END", typed.type()))
                .map(t -> new Typed("(" + t.sql() + ")", t.type()))
                .orElse(typed);
    }

    private String subquery(Table fact, Expr value, Optional<Expr> filter) {
        Joins joins = new Joins("s", "u", Optional.of("s._time"));
        Typed typed = render(fact, joins, value, filter);
        return "(SELECT " + typed.sql() + " FROM " + Sql.table(fact.name()) + " s" + joins.sql()
                + " WHERE s._row = f._row)";
    }
}
