package dev.hypha.relational.query;

import dev.hypha.graph.InputException;
import java.util.List;

/// A cursor over a query's tokens, with the errors of a parser.
final class Tokens {
    /// Far above what a person writes, below the depth at which the embedded database gives up.
    private static final int MAX_OPERATORS = 300;

    private final QueryText query;
    private final List<Token> tokens;
    private int next;
    private int operators;

    Tokens(QueryText query) {
        this.query = query;
        this.tokens = Lexer.tokens(query);
    }

    Token peek() {
        return tokens.get(next);
    }

    /// The token after the next; `END` at the end.
    Token second() {
        return tokens.get(Math.min(next + 1, tokens.size() - 1));
    }

    Token take() {
        Token token = tokens.get(next);
        if (token.kind() != Token.Kind.END) next++;
        return token;
    }

    int at() {
        return peek().at();
    }

    /// Counts an operator just taken, to bound how deep expressions can become.
    void countOperator() {
        if (++operators > MAX_OPERATORS) {
            throw error(
                    "there are more than " + MAX_OPERATORS + " operators", "use IN (...) for many values of a column");
        }
    }

    boolean atKeyword(String keyword) {
        return peek().isKeyword(keyword);
    }

    boolean atSign(String sign) {
        return peek().isSign(sign);
    }

    boolean takeKeyword(String keyword) {
        boolean there = atKeyword(keyword);
        if (there) next++;
        return there;
    }

    boolean takeSign(String sign) {
        boolean there = atSign(sign);
        if (there) next++;
        return there;
    }

    void expectKeyword(String keyword) {
        if (!takeKeyword(keyword)) throw expected(keyword);
    }

    void expectSign(String sign, String what) {
        if (!takeSign(sign)) throw expected(what);
    }

    /// @param what what could stand here, as in "expected ..."
    InputException expected(String what) {
        return expected(what, "see docs/predictive-query.md for the grammar");
    }

    InputException expected(String what, String hint) {
        return error("expected " + what + ", found " + peek().described(), hint);
    }

    InputException error(String what, String hint) {
        return error("syntax", what, hint);
    }

    InputException error(String kind, String what, String hint) {
        return query.error(kind, at(), what, hint);
    }

    InputException errorAt(int at, String what, String hint) {
        return query.error("syntax", at, what, hint);
    }
}
