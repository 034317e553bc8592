package dev.hypha.relational.query;

import java.util.StringJoiner;
import java.util.stream.Collectors;

/// Writes queries in their canonical form. What it writes, the parser reads back as the same query.
final class Printer {
    // How tightly an expression binds; an operand that binds more loosely than its place asks for gets parentheses.
    private static final int OR = 1;
    private static final int AND = 2;
    private static final int NOT = 3;
    private static final int PREDICATE = 4;
    private static final int SUM = 5;
    private static final int PRODUCT = 6;
    private static final int FACTOR = 7;
    private static final int PRIMARY = 8;

    private Printer() {}

    static String print(Query query) {
        StringJoiner lines = new StringJoiner("\n");
        lines.add("PREDICT " + print(query.target()));
        query.rank().ifPresent(k -> lines.add("RANK TOP " + k));
        lines.add("FOR EACH " + print(query.entity()));
        query.where().ifPresent(where -> lines.add("WHERE " + print(where)));
        query.given().ifPresent(given -> lines.add("GIVEN " + print(given)));
        query.asOf().ifPresent(time -> lines.add("AS OF '" + Timestamps.format(time) + "'"));
        return lines.toString();
    }

    static String print(Expr e) {
        return switch (e) {
            case Expr.NumberLiteral number -> number.digits();
            case Expr.TextLiteral text -> quoted(text.value());
            case Expr.BooleanLiteral truth -> truth.value() ? "TRUE" : "FALSE";
            case Expr.Column column -> path(column);
            case Expr.Aggregate aggregate -> aggregate(aggregate);
            case Expr.Negate negate -> "-" + spaced(print(negate.operand(), FACTOR));
            case Expr.Arithmetic(var at, var operator, var left, var right) -> {
                int level = level(e);
                yield print(left, level) + " " + operator.sign() + " " + print(right, level + 1);
            }
            case Expr.Compare(var at, var comparison, var left, var right) ->
                print(left, SUM) + " " + comparison.sign() + " " + print(right, SUM);
            case Expr.Logical(var at, var connective, var left, var right) -> {
                int level = level(e);
                yield print(left, level) + " " + connective + " " + print(right, level + 1);
            }
            case Expr.Not not -> "NOT " + print(not.operand(), NOT);
            case Expr.In in ->
                print(in.operand(), SUM) + not(in.negated()) + " IN ("
                        + in.options().stream().map(Printer::print).collect(Collectors.joining(", ")) + ")";
            case Expr.Between between ->
                print(between.operand(), SUM) + not(between.negated()) + " BETWEEN " + print(between.low(), SUM)
                        + " AND " + print(between.high(), SUM);
            case Expr.Like like -> print(like.operand(), SUM) + not(like.negated()) + " LIKE " + quoted(like.pattern());
            case Expr.IsNull isNull -> print(isNull.operand(), SUM) + " IS" + not(isNull.negated()) + " NULL";
        };
    }

    private static String print(Expr e, int least) {
        return level(e) < least ? "(" + print(e) + ")" : print(e);
    }

    private static int level(Expr e) {
        return switch (e) {
            case Expr.Logical logical -> logical.connective() == Expr.Connective.OR ? OR : AND;
            case Expr.Not not -> NOT;
            case Expr.Compare c -> PREDICATE;
            case Expr.In in -> PREDICATE;
            case Expr.Between b -> PREDICATE;
            case Expr.Like l -> PREDICATE;
            case Expr.IsNull n -> PREDICATE;
            case Expr.Arithmetic a ->
                switch (a.operator()) {
                    case ADD, SUBTRACT -> SUM;
                    case MULTIPLY, DIVIDE, REMAINDER -> PRODUCT;
                };
            case Expr.Negate negate -> FACTOR;
            case Expr.NumberLiteral n -> PRIMARY;
            case Expr.TextLiteral t -> PRIMARY;
            case Expr.BooleanLiteral b -> PRIMARY;
            case Expr.Column c -> PRIMARY;
            case Expr.Aggregate a -> PRIMARY;
        };
    }

    private static String aggregate(Expr.Aggregate a) {
        StringBuilder out = new StringBuilder(a.function().name()).append('(').append(path(a.argument()));
        if (a.isStar()) out.append(".*");
        if (!a.via().isEmpty()) {
            out.append(" VIA ").append(a.via().stream().map(Printer::path).collect(Collectors.joining(" AND ")));
        }
        a.filter().ifPresent(filter -> out.append(" WHERE ").append(print(filter)));
        Window window = a.window();
        return out.append(", ")
                .append(window.isUnbounded() ? "-INF" : window.start())
                .append(", ")
                .append(window.end())
                .append(", ")
                .append(window.unit())
                .append(')')
                .toString();
    }

    private static String path(Expr.Column column) {
        String first = name(column.path().getFirst());
        return column.path().stream().skip(1).map(Printer::nameAfterDot).collect(Collectors.joining("", first, ""));
    }

    private static String nameAfterDot(String name) {
        return "." + name(name);
    }

    private static String name(String name) {
        return Keywords.isPlain(name) ? name : '"' + name.replace("\"", "\"\"") + '"';
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    /// Two minus signs side by side would begin a comment.
    private static String spaced(String operand) {
        return operand.startsWith("-") ? " " + operand : operand;
    }

    private static String not(boolean negated) {
        return negated ? " NOT" : "";
    }
}
