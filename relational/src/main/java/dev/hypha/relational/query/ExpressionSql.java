package dev.hypha.relational.query;

import dev.hypha.graph.InputException;
import dev.hypha.relational.database.Sql;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/// Checks the types of an expression and writes it as SQL. Arithmetic is that of double precision; division
/// by zero gives NULL; conditions are three-valued, as in SQL.
final class ExpressionSql {
    private final QueryText query;
    private final Scope scope;

    ExpressionSql(QueryText query, Scope scope) {
        this.query = query;
        this.scope = scope;
    }

    Typed render(Expr e) {
        return switch (e) {
            case Expr.NumberLiteral number -> new Typed(number(number), ValueType.NUMBER);
            case Expr.TextLiteral text -> new Typed(Sql.text(text.value()), ValueType.TEXT);
            case Expr.BooleanLiteral truth -> new Typed(truth.value() ? "TRUE" : "FALSE", ValueType.BOOLEAN);
            case Expr.Column column -> scope.column(column);
            case Expr.Aggregate aggregate -> scope.aggregate(aggregate);
            case Expr.Negate negate -> new Typed("(-" + real(negate.operand(), "-") + ")", ValueType.NUMBER);
            case Expr.Arithmetic arithmetic -> new Typed(arithmetic(arithmetic), ValueType.NUMBER);
            case Expr.Compare compare -> truth(compare(compare));
            case Expr.Logical logical ->
                truth(condition(logical.left(), logical.connective().name()) + " " + logical.connective() + " "
                        + condition(logical.right(), logical.connective().name()));
            case Expr.Not not -> truth("NOT " + condition(not.operand(), "NOT"));
            case Expr.In in -> truth(in(in));
            case Expr.Between between -> truth(between(between));
            case Expr.Like like -> truth(like(like));
            case Expr.IsNull isNull -> truth(isNull(isNull));
        };
    }

    /// An expression that must be true or false, as SQL.
    ///
    /// @param of what asks for it, for the error: `WHERE`, `AND`
    String condition(Expr e, String of) {
        Typed typed = render(e);
        if (typed.type() == ValueType.BOOLEAN) return typed.sql();
        String found = typed.type().words();
        throw type(e.at(), of + " needs a condition, this is " + found, "compare it with a value, as in ... > 0");
    }

    private static Typed truth(String sql) {
        return new Typed("(" + sql + ")", ValueType.BOOLEAN);
    }

    private String number(Expr.NumberLiteral number) {
        double value = Double.parseDouble(number.digits());
        if (Double.isInfinite(value)) {
            throw query.error("number-too-large", number.at(), "the number is too large", "numbers end at 1.8e308");
        }
        boolean whole =
                number.digits().length() <= 18 && number.digits().chars().allMatch(Character::isDigit);
        return whole ? new BigDecimal(number.digits()).toPlainString() : "CAST('" + number.digits() + "' AS DOUBLE)";
    }

    private String arithmetic(Expr.Arithmetic e) {
        String sign = e.operator().sign();
        String left = real(e.left(), sign);
        String right = real(e.right(), sign);
        return switch (e.operator()) {
            case ADD, SUBTRACT, MULTIPLY -> "(" + left + " " + sign + " " + right + ")";
            case DIVIDE, REMAINDER -> "(" + left + " " + sign + " nullif(" + right + ", 0))";
        };
    }

    private String real(Expr e, String of) {
        Typed typed = render(e);
        if (typed.type() == ValueType.NUMBER) return "CAST(" + typed.sql() + " AS DOUBLE)";
        throw type(e.at(), "'" + of + "' needs numbers, this is " + typed.type().words(), "");
    }

    private String compare(Expr.Compare e) {
        Typed left = render(e.left());
        Typed right = render(e.right());
        boolean ordered = e.comparison() != Expr.Comparison.EQUAL && e.comparison() != Expr.Comparison.UNEQUAL;
        String rightSql = alike(e.at(), left, e.right(), right, ordered);
        String leftSql = alike(e.at(), right, e.left(), left, ordered);
        return leftSql + " " + e.comparison().sign() + " " + rightSql;
    }

    /// The SQL of `value` for a comparison with `other`: a text becomes a time where the other side is one.
    private String alike(int at, Typed other, Expr e, Typed value, boolean ordered) {
        Optional<String> time = other.type() == ValueType.TIME ? timeLiteral(e) : Optional.empty();
        if (time.isPresent()) return time.get();
        boolean timeAgainstText = value.type() == ValueType.TIME && other.type() == ValueType.TEXT;
        if (value.type() != other.type() && !timeAgainstText) throw unlike(at, other, value);
        if (value.type() == ValueType.LIST || value.type() == ValueType.OTHER) {
            throw type(at, "this is " + value.type().words() + " and cannot be compared", "");
        }
        if (ordered && value.type() == ValueType.BOOLEAN) {
            throw type(at, "true and false have no order", "compare them with = or <>");
        }
        return value.sql();
    }

    private Optional<String> timeLiteral(Expr e) {
        if (!(e instanceof Expr.TextLiteral(int at, String text))) return Optional.empty();
        OptionalLong time = Timestamps.parse(text);
        if (time.isEmpty())
            throw type(at, "'" + text + "' is not a time", "write it as '2010-01-01' or '2010-01-01 14:30'");
        return Optional.of(Timestamps.sql(time.getAsLong()));
    }

    private InputException unlike(int at, Typed left, Typed right) {
        ValueType a = left.type();
        ValueType b = right.type();
        String what = a.compareTo(b) <= 0 ? a.words() + " with " + b.words() : b.words() + " with " + a.words();
        boolean quotes =
                (a == ValueType.TEXT && b == ValueType.NUMBER) || (a == ValueType.NUMBER && b == ValueType.TEXT);
        boolean truth = a == ValueType.BOOLEAN || b == ValueType.BOOLEAN;
        String hint = quotes
                ? "values of a text column stand in single quotes, numbers do not"
                : truth ? "compare with TRUE or FALSE, or use the condition itself" : "compare values of one kind";
        return type(at, "this compares " + what, hint);
    }

    private String in(Expr.In e) {
        Typed operand = render(e.operand());
        String options = e.options().stream()
                .map(option -> alike(option.at(), operand, option, render(option), false))
                .collect(Collectors.joining(", "));
        return operand.sql() + (e.negated() ? " NOT IN (" : " IN (") + options + ")";
    }

    private String between(Expr.Between e) {
        Typed operand = render(e.operand());
        String low = alike(e.low().at(), operand, e.low(), render(e.low()), true);
        String high = alike(e.high().at(), operand, e.high(), render(e.high()), true);
        return operand.sql() + (e.negated() ? " NOT BETWEEN " : " BETWEEN ") + low + " AND " + high;
    }

    private String like(Expr.Like e) {
        Typed operand = render(e.operand());
        if (operand.type() != ValueType.TEXT) {
            throw type(
                    e.operand().at(),
                    "LIKE needs text, this is " + operand.type().words(),
                    "compare it with = or <");
        }
        return operand.sql() + (e.negated() ? " NOT LIKE " : " LIKE ") + Sql.text(e.pattern());
    }

    private String isNull(Expr.IsNull e) {
        return render(e.operand()).sql() + (e.negated() ? " IS NOT NULL" : " IS NULL");
    }

    private InputException type(int at, String what, String hint) {
        return query.error("type", at, what, hint);
    }
}
