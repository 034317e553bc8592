package dev.hypha.relational.query;

import dev.hypha.graph.InputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads expressions by recursive descent, one method per level of binding, loosest first.
final class ExpressionParser {
    /// Far above what a person writes, far below what the stack holds.
    private static final int MAX_DEPTH = 100;

    private static final String EXPRESSION = "a column, an aggregate, a number, a text in single quotes or '('";

    private final Tokens tokens;
    private final AggregateParser aggregates;
    private int depth;

    ExpressionParser(Tokens tokens) {
        this.tokens = tokens;
        this.aggregates = new AggregateParser(tokens, this);
    }

    Expr expression() {
        if (++depth > MAX_DEPTH) {
            throw tokens.error("the expression is nested more than " + MAX_DEPTH + " deep", "simplify it");
        }
        Expr or = disjunction();
        depth--;
        return or;
    }

    private Expr disjunction() {
        Expr left = conjunction();
        while (tokens.atKeyword("OR")) {
            int at = operator().at();
            left = new Expr.Logical(at, Expr.Connective.OR, left, conjunction());
        }
        return left;
    }

    private Expr conjunction() {
        Expr left = negation();
        while (tokens.atKeyword("AND")) {
            int at = operator().at();
            left = new Expr.Logical(at, Expr.Connective.AND, left, negation());
        }
        return left;
    }

    private Expr negation() {
        List<Integer> nots = new ArrayList<>();
        while (tokens.atKeyword("NOT")) nots.add(operator().at());
        Expr operand = predicate();
        for (int at : nots.reversed()) operand = new Expr.Not(at, operand);
        return operand;
    }

    private Expr predicate() {
        Expr left = sum();
        int at = tokens.at();
        for (Expr.Comparison comparison : Expr.Comparison.values()) {
            if (tokens.takeSign(comparison.sign())) return new Expr.Compare(at, comparison, left, sum());
        }
        if (tokens.takeKeyword("IS")) {
            boolean negated = tokens.takeKeyword("NOT");
            if (!tokens.takeKeyword("NULL")) throw tokens.expected(negated ? "NULL" : "NULL or NOT NULL");
            return new Expr.IsNull(at, left, negated);
        }
        boolean negated = tokens.takeKeyword("NOT");
        if (tokens.takeKeyword("IN")) return new Expr.In(at, left, options(), negated);
        if (tokens.takeKeyword("BETWEEN")) return between(at, left, negated);
        if (tokens.takeKeyword("LIKE")) return new Expr.Like(at, left, pattern(), negated);
        if (negated) throw tokens.expected("IN, BETWEEN or LIKE");
        return left;
    }

    private Expr between(int at, Expr left, boolean negated) {
        Expr low = sum();
        tokens.expectKeyword("AND");
        return new Expr.Between(at, left, low, sum(), negated);
    }

    private String pattern() {
        if (tokens.peek().kind() != Token.Kind.STRING) throw tokens.expected("a pattern in single quotes");
        return tokens.take().text();
    }

    private List<Expr> options() {
        tokens.expectSign("(", "'(' and a list of values");
        List<Expr> options = new ArrayList<>();
        do {
            options.add(
                    literal().orElseThrow(() -> tokens.expected("a number, a text in single quotes, TRUE or FALSE")));
        } while (tokens.takeSign(","));
        tokens.expectSign(")", "',' or ')'");
        return options;
    }

    private Expr sum() {
        Expr left = product();
        while (tokens.atSign("+") || tokens.atSign("-")) {
            Token sign = operator();
            Expr.Operator operator = sign.isSign("+") ? Expr.Operator.ADD : Expr.Operator.SUBTRACT;
            left = new Expr.Arithmetic(sign.at(), operator, left, product());
        }
        return left;
    }

    private Expr product() {
        Expr left = factor();
        while (tokens.atSign("*") || tokens.atSign("/") || tokens.atSign("%")) {
            Token sign = operator();
            Expr.Operator operator = switch (sign.text()) {
                case "*" -> Expr.Operator.MULTIPLY;
                case "/" -> Expr.Operator.DIVIDE;
                default -> Expr.Operator.REMAINDER;
            };
            left = new Expr.Arithmetic(sign.at(), operator, left, factor());
        }
        return left;
    }

    private Expr factor() {
        List<Integer> minuses = new ArrayList<>();
        while (tokens.atSign("-")) minuses.add(operator().at());
        Expr operand = primary();
        for (int at : minuses.reversed()) operand = new Expr.Negate(at, operand);
        return operand;
    }

    private Token operator() {
        tokens.countOperator();
        return tokens.take();
    }

    private Expr primary() {
        if (tokens.takeSign("(")) {
            Expr inner = expression();
            tokens.expectSign(")", "')' or an operator");
            return inner;
        }
        Optional<Expr> literal = unsignedLiteral();
        if (literal.isPresent()) return literal.get();
        if (tokens.peek().kind() == Token.Kind.WORD && tokens.second().isSign("(")) return aggregates.aggregate();
        return column(EXPRESSION);
    }

    private Optional<Expr> literal() {
        if (!tokens.atSign("-") || tokens.second().kind() != Token.Kind.NUMBER) return unsignedLiteral();
        int at = tokens.take().at();
        return unsignedLiteral().map(number -> new Expr.Negate(at, number));
    }

    private Optional<Expr> unsignedLiteral() {
        Token token = tokens.peek();
        Expr literal = switch (token.kind()) {
            case NUMBER -> new Expr.NumberLiteral(token.at(), token.text());
            case STRING -> new Expr.TextLiteral(token.at(), token.text());
            case WORD -> truth(token);
            case QUOTED, SIGN, END -> null;
        };
        if (literal != null) tokens.take();
        return Optional.ofNullable(literal);
    }

    private static Expr truth(Token token) {
        if (token.isKeyword("TRUE")) return new Expr.BooleanLiteral(token.at(), true);
        return token.isKeyword("FALSE") ? new Expr.BooleanLiteral(token.at(), false) : null;
    }

    /// @param what what is expected here, for the error
    Expr.Column column(String what) {
        int at = tokens.at();
        List<String> path = new ArrayList<>();
        path.add(firstName(what));
        while (tokens.takeSign(".")) path.add(nameAfterDot());
        return new Expr.Column(at, path);
    }

    String firstName(String what) {
        Token token = tokens.peek();
        if (token.isKeyword("NULL")) {
            throw tokens.error("nothing equals NULL", "write IS NULL or IS NOT NULL");
        }
        boolean name = token.kind() == Token.Kind.QUOTED
                || (token.kind() == Token.Kind.WORD && !Keywords.isReserved(token.text()));
        if (!name) throw reserved(token, what);
        return notEmpty(tokens.take());
    }

    private InputException reserved(Token token, String what) {
        return token.kind() == Token.Kind.WORD && tokens.second().isSign(".")
                ? tokens.expected(what, "A name that is also a word of the language is written in double quotes.")
                : tokens.expected(what);
    }

    String nameAfterDot() {
        Token token = tokens.peek();
        if (token.kind() != Token.Kind.QUOTED && token.kind() != Token.Kind.WORD) {
            throw tokens.expected("a column's name", "only inside an aggregate may * stand after the dot");
        }
        return notEmpty(tokens.take());
    }

    private String notEmpty(Token name) {
        if (name.text().isEmpty()) throw tokens.errorAt(name.at(), "a name is empty", "put a name between the quotes");
        return name.text();
    }
}
