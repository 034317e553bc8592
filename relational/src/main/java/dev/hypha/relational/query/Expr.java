package dev.hypha.relational.query;

import java.util.List;
import java.util.Optional;

/// An expression of a query as it was written. Names are not resolved and types not known here; `at` is
/// always the offset in the query's text of the character an error about the expression points to.
public sealed interface Expr {
    int at();

    /// @param digits as written, without sign
    record NumberLiteral(int at, String digits) implements Expr {}

    record TextLiteral(int at, String value) implements Expr {}

    record BooleanLiteral(int at, boolean value) implements Expr {}

    /// A column by a dotted path: `column`, `table.column`, or `table.fk.fk.column`, where each `fk` is a
    /// foreign key column that is followed to the table it refers to.
    record Column(int at, List<String> path) implements Expr {
        public Column {
            path = List.copyOf(path);
        }
    }

    /// An aggregate of a fact table's rows in a window.
    ///
    /// @param argument path of the column; the table alone for `table.*`
    /// @param via foreign key columns that the way from fact table to entity must use, to choose between
    ///     several ways
    /// @param filter which rows count; all when absent
    record Aggregate(int at, Function function, Column argument, List<Column> via, Optional<Expr> filter, Window window)
            implements Expr {
        public Aggregate {
            via = List.copyOf(via);
        }

        /// True for `table.*`.
        public boolean isStar() {
            return argument.path().size() == 1;
        }
    }

    record Negate(int at, Expr operand) implements Expr {}

    record Arithmetic(int at, Operator operator, Expr left, Expr right) implements Expr {}

    record Compare(int at, Comparison comparison, Expr left, Expr right) implements Expr {}

    record Logical(int at, Connective connective, Expr left, Expr right) implements Expr {}

    record Not(int at, Expr operand) implements Expr {}

    /// @param options literals only
    record In(int at, Expr operand, List<Expr> options, boolean negated) implements Expr {
        public In {
            options = List.copyOf(options);
        }
    }

    record Between(int at, Expr operand, Expr low, Expr high, boolean negated) implements Expr {}

    record Like(int at, Expr operand, String pattern, boolean negated) implements Expr {}

    record IsNull(int at, Expr operand, boolean negated) implements Expr {}

    /// Aggregate functions.
    enum Function {
        COUNT,
        COUNT_DISTINCT,
        SUM,
        AVG,
        MIN,
        MAX,
        FIRST,
        LAST,
        EXISTS,
        LIST_DISTINCT
    }

    enum Operator {
        ADD("+"),
        SUBTRACT("-"),
        MULTIPLY("*"),
        DIVIDE("/"),
        REMAINDER("%");

        private final String sign;

        Operator(String sign) {
            this.sign = sign;
        }

        public String sign() {
            return sign;
        }
    }

    enum Comparison {
        EQUAL("="),
        UNEQUAL("<>"),
        LESS("<"),
        AT_MOST("<="),
        GREATER(">"),
        AT_LEAST(">=");

        private final String sign;

        Comparison(String sign) {
            this.sign = sign;
        }

        public String sign() {
            return sign;
        }

        /// The comparison that says the same with its sides exchanged.
        public Comparison mirrored() {
            return switch (this) {
                case EQUAL, UNEQUAL -> this;
                case LESS -> GREATER;
                case AT_MOST -> AT_LEAST;
                case GREATER -> LESS;
                case AT_LEAST -> AT_MOST;
            };
        }
    }

    enum Connective {
        AND,
        OR
    }
}
