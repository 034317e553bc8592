package dev.hypha.relational.query;

import dev.hypha.graph.InputException;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// Reads the clauses of a query, in any order, each at most once. Expressions are [ExpressionParser]'s.
final class Parser {
    private final QueryText source;
    private final Tokens tokens;
    private final ExpressionParser expressions;

    private Expr target;
    private Expr.Column entity;
    private Expr where;
    private Expr given;
    private OptionalInt rank = OptionalInt.empty();
    private OptionalLong asOf = OptionalLong.empty();

    Parser(QueryText source) {
        this.source = source;
        this.tokens = new Tokens(source);
        this.expressions = new ExpressionParser(tokens);
    }

    Query query() {
        if (tokens.peek().kind() == Token.Kind.END) throw tokens.expected("PREDICT");
        while (tokens.peek().kind() != Token.Kind.END && !tokens.atSign(";")) clause();
        tokens.takeSign(";");
        if (tokens.peek().kind() != Token.Kind.END) {
            throw tokens.expected("the end of the query", "one query at a time");
        }
        if (target == null) throw tokens.expected("PREDICT with what to predict");
        if (entity == null) {
            throw tokens.expected("FOR EACH table.key", "say for whom: FOR EACH customers.customer_id");
        }
        return new Query(source, target, rank, entity, Optional.ofNullable(where), Optional.ofNullable(given), asOf);
    }

    private void clause() {
        int at = tokens.at();
        if (tokens.takeKeyword("PREDICT")) {
            once(at, "PREDICT", target != null);
            target = expressions.expression();
        } else if (tokens.takeKeyword("RANK")) {
            once(at, "RANK TOP", rank.isPresent());
            tokens.expectKeyword("TOP");
            rank = OptionalInt.of(positive());
        } else if (tokens.takeKeyword("FOR")) {
            once(at, "FOR EACH", entity != null);
            tokens.expectKeyword("EACH");
            entity = entity();
        } else if (tokens.takeKeyword("WHERE")) {
            once(at, "WHERE", where != null);
            where = expressions.expression();
        } else if (tokens.takeKeyword("GIVEN")) {
            once(at, "GIVEN", given != null);
            given = expressions.expression();
        } else if (tokens.takeKeyword("AS")) {
            once(at, "AS OF", asOf.isPresent());
            tokens.expectKeyword("OF");
            asOf = OptionalLong.of(timestamp());
        } else {
            throw tokens.expected(beforeClause());
        }
    }

    private String beforeClause() {
        if (target == null && entity == null) return "PREDICT";
        return entity == null
                ? "an operator, FOR EACH or another clause"
                : "an operator, a clause that was not given yet or the end of the query";
    }

    private void once(int at, String clause, boolean given) {
        if (given) throw tokens.errorAt(at, clause + " stands here a second time", "join conditions with AND");
    }

    private Expr.Column entity() {
        Expr.Column column = expressions.column("table.key, such as customers.customer_id");
        if (column.path().size() != 2) {
            throw tokens.errorAt(
                    column.at(), "expected table.key after FOR EACH", "write it as FOR EACH customers.customer_id");
        }
        return column;
    }

    private int positive() {
        Token token = tokens.peek();
        if (token.kind() == Token.Kind.NUMBER) {
            try {
                int k = Integer.parseInt(token.text());
                if (k > 0) {
                    tokens.take();
                    return k;
                }
            } catch (NumberFormatException notWhole) {
                // Said below, with everything else that is no such number.
            }
        }
        throw tokens.expected("a whole number above 0");
    }

    private long timestamp() {
        if (tokens.second().kind() == Token.Kind.STRING
                && (tokens.atKeyword("DATE") || tokens.atKeyword("TIMESTAMP"))) {
            tokens.take();
        }
        if (tokens.peek().kind() != Token.Kind.STRING) throw badTime();
        OptionalLong time = Timestamps.parse(tokens.peek().text());
        if (time.isEmpty()) throw badTime();
        tokens.take();
        return time.getAsLong();
    }

    private InputException badTime() {
        return tokens.expected("a time in quotes", "write it as AS OF '2010-01-01' or AS OF '2010-01-01 14:30:00'");
    }
}
