package dev.hypha.relational.query;

import dev.hypha.graph.Nearest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Reads `FUNCTION(column [VIA fk [AND fk ...]] [WHERE filter], start, end, unit)`.
final class AggregateParser {
    private final Tokens tokens;
    private final ExpressionParser expressions;

    AggregateParser(Tokens tokens, ExpressionParser expressions) {
        this.tokens = tokens;
        this.expressions = expressions;
    }

    Expr.Aggregate aggregate() {
        int at = tokens.at();
        Expr.Function function = function();
        tokens.take();
        tokens.expectSign("(", "'('");
        Expr.Column argument = argument();
        List<Expr.Column> via = new ArrayList<>();
        Optional<Expr> filter = Optional.empty();
        while (true) {
            if (via.isEmpty() && tokens.takeKeyword("VIA")) {
                via.addAll(way());
            } else if (filter.isEmpty() && tokens.takeKeyword("WHERE")) {
                filter = Optional.of(expressions.expression());
            } else {
                break;
            }
        }
        tokens.expectSign(
                ",", "',' and the window's start" + (filter.isEmpty() ? ", VIA or WHERE" : " or an operator"));
        Window window = window();
        tokens.expectSign(")", "')'");
        return new Expr.Aggregate(at, function, argument, via, filter, window);
    }

    private Expr.Function function() {
        String name = tokens.peek().text();
        return named(name)
                .orElseThrow(() -> tokens.error(
                        "there is no function '" + name + "'",
                        Nearest.hint(
                                name.toUpperCase(Locale.ROOT),
                                Arrays.stream(Expr.Function.values())
                                        .map(Enum::name)
                                        .toList())));
    }

    private static Optional<Expr.Function> named(String name) {
        return Arrays.stream(Expr.Function.values())
                .filter(f -> f.name().equals(name.toUpperCase(Locale.ROOT)))
                .findFirst();
    }

    private Expr.Column argument() {
        refuseAggregate();
        int at = tokens.at();
        List<String> path = new ArrayList<>();
        path.add(expressions.firstName("table.column or table.*"));
        while (tokens.takeSign(".")) {
            if (path.size() == 1 && tokens.takeSign("*")) return new Expr.Column(at, path);
            path.add(expressions.nameAfterDot());
        }
        if (path.size() == 1) throw tokens.expected("'.' and a column or '*'");
        return new Expr.Column(at, path);
    }

    /// An aggregate where a column belongs is understood, but has no value there.
    private void refuseAggregate() {
        if (!tokens.second().isSign("(") || named(tokens.peek().text()).isEmpty()) return;
        throw tokens.error(
                "nested-aggregate",
                "an aggregate cannot stand inside another one",
                "aggregate a column of the fact table, and combine aggregates side by side");
    }

    private List<Expr.Column> way() {
        List<Expr.Column> way = new ArrayList<>();
        do {
            way.add(expressions.column("a foreign key column"));
        } while (tokens.takeKeyword("AND"));
        return way;
    }

    private Window window() {
        int at = tokens.at();
        long start = bound("the window's start: a whole number or -INF", true);
        tokens.expectSign(",", "',' and the window's end");
        long end = bound("the window's end: a whole number", false);
        tokens.expectSign(",", "',' and the window's unit");
        Window window = new Window(start, end, unit());
        if (window.isTooLong()) {
            throw tokens.errorAt(
                    at,
                    "the window reaches further than " + Span.MAX_YEARS + " years",
                    "write -INF for all of the past");
        }
        if (start >= end) {
            throw tokens.errorAt(at, "the window ends before it starts or is empty", "let the start be below the end");
        }
        return window;
    }

    private long bound(String what, boolean mayBeUnbounded) {
        boolean negative = tokens.takeSign("-");
        if (negative && mayBeUnbounded && tokens.takeKeyword("INF")) return Window.UNBOUNDED;
        Token token = tokens.peek();
        try {
            if (token.kind() != Token.Kind.NUMBER) throw tokens.expected(what);
            long n = Long.parseLong(token.text());
            tokens.take();
            return negative ? -n : n;
        } catch (NumberFormatException notWhole) {
            throw tokens.expected(what, "use a smaller unit instead of a fraction");
        }
    }

    private TimeUnit unit() {
        Token token = tokens.peek();
        TimeUnit unit =
                token.kind() == Token.Kind.WORD ? TimeUnit.of(token.text()).orElse(null) : null;
        if (unit == null)
            throw tokens.expected("the window's unit: SECONDS, MINUTES, HOURS, DAYS, WEEKS, MONTHS or YEARS");
        tokens.take();
        return unit;
    }
}
