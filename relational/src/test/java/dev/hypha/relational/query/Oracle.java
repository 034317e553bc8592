package dev.hypha.relational.query;

import dev.hypha.relational.query.Shop.Row;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;

/// The meaning of a query, told a second time, slowly: loops over all rows of a [Shop] for every entity and
/// time. Values are Double, String, Boolean, a sorted set of strings, or null.
final class Oracle {
    private final Shop shop;

    Oracle(Shop shop) {
        this.shop = shop;
    }

    Object value(Expr e, Row customer, long t) {
        return value(e, new Place("customers", customer, customer, t));
    }

    /// Where names are looked up: a row of a table, on behalf of an entity at a time.
    private record Place(String table, Row row, Row entity, long t) {}

    private Object value(Expr e, Place at) {
        return switch (e) {
            case Expr.NumberLiteral n -> Double.valueOf(n.digits());
            case Expr.TextLiteral text -> text.value();
            case Expr.BooleanLiteral b -> b.value();
            case Expr.Column c -> column(c, at, new ArrayList<>());
            case Expr.Aggregate a -> aggregate(a, at);
            case Expr.Negate n -> {
                Double v = (Double) value(n.operand(), at);
                yield v == null ? null : -v;
            }
            case Expr.Arithmetic a -> arithmetic(a, at);
            case Expr.Compare c -> compare(c.comparison(), value(c.left(), at), value(c.right(), at));
            case Expr.Logical l ->
                logical(l.connective(), (Boolean) value(l.left(), at), (Boolean) value(l.right(), at));
            case Expr.Not n -> not((Boolean) value(n.operand(), at));
            case Expr.In in -> in(in, at);
            case Expr.Between b -> {
                Object v = value(b.operand(), at);
                Boolean inside = logical(
                        Expr.Connective.AND,
                        compare(Expr.Comparison.AT_LEAST, v, value(b.low(), at)),
                        compare(Expr.Comparison.AT_MOST, v, value(b.high(), at)));
                yield b.negated() ? not(inside) : inside;
            }
            case Expr.Like like -> {
                String v = (String) value(like.operand(), at);
                String pattern = like.pattern().replace("%", ".*").replace("_", ".");
                yield v == null ? null : v.matches(pattern) != like.negated();
            }
            case Expr.IsNull n -> (value(n.operand(), at) == null) != n.negated();
        };
    }

    /// @param read gets the rows that the value was read together with
    private Object column(Expr.Column c, Place at, List<Row> read) {
        List<String> path = c.path();
        String table = at.table();
        Row row = at.row();
        int next = 0;
        if (path.size() > 1 && !Shop.keys(table).containsKey(path.getFirst())) {
            next = 1;
            for (String key : way(table, path.getFirst())) {
                row = step(table, row, key, read);
                table = Shop.keys(table).get(key);
            }
        }
        for (; next < path.size() - 1; next++) {
            row = step(table, row, path.get(next), read);
            table = Shop.keys(table).get(path.get(next));
        }
        return row == null ? null : row.values().get(path.getLast());
    }

    private Row step(String table, Row row, String key, List<Row> read) {
        Row parent = row == null ? null : shop.parent(table, row, key);
        if (parent != null && !Shop.keys(table).get(key).equals("products")) read.add(parent);
        return parent;
    }

    private static List<String> way(String from, String to) {
        if (from.equals(to)) return List.of();
        return switch (from + " " + to) {
            case "orders customers" -> List.of("customer_id");
            case "lines orders" -> List.of("order_id");
            case "lines products" -> List.of("product_id");
            case "lines customers" -> List.of("order_id", "customer_id");
            default -> throw new AssertionError(from + " " + to);
        };
    }

    private Object aggregate(Expr.Aggregate a, Place at) {
        List<Row> rows = new ArrayList<>();
        String fact = a.argument().path().getFirst();
        for (Row row : shop.tables.get(fact)) {
            if (counts(a, fact, row, at)) rows.add(row);
        }
        rows.sort(Comparator.comparing(Row::time).thenComparingInt(Row::row));
        List<Object> values = rows.stream()
                .map(row -> a.isStar()
                        ? (Object) 1.0
                        : column(a.argument(), new Place(fact, row, at.entity(), at.t()), new ArrayList<>()))
                .filter(Objects::nonNull)
                .toList();
        return switch (a.function()) {
            case COUNT -> (double) values.size();
            case COUNT_DISTINCT -> (double) values.stream().distinct().count();
            case EXISTS -> !values.isEmpty();
            case SUM -> values.stream().mapToDouble(Oracle::number).sum();
            case AVG ->
                values.isEmpty()
                        ? null
                        : values.stream().mapToDouble(Oracle::number).sum() / values.size();
            case MIN -> values.stream().map(Oracle::number).min(Double::compare).orElse(null);
            case MAX -> values.stream().map(Oracle::number).max(Double::compare).orElse(null);
            case FIRST -> values.isEmpty() ? null : values.getFirst();
            case LAST -> values.isEmpty() ? null : values.getLast();
            case LIST_DISTINCT -> new TreeSet<>(values);
        };
    }

    private static Double number(Object value) {
        return value instanceof Boolean b ? (b ? 1.0 : 0.0) : (Double) value;
    }

    private boolean counts(Expr.Aggregate a, String fact, Row row, Place at) {
        Window w = a.window();
        if (row.time() == null) return false;
        if (!w.isUnbounded() && row.time() <= shifted(at.t(), w.start(), w.unit())) return false;
        if (row.time() > shifted(at.t(), w.end(), w.unit())) return false;
        List<Row> read = new ArrayList<>();
        Row owner = row;
        String table = fact;
        for (String key : way(fact, "customers")) {
            owner = step(table, owner, key, read);
            table = Shop.keys(table).get(key);
        }
        if (!at.entity().equals(owner)) return false;
        Place place = new Place(fact, row, at.entity(), at.t());
        if (!a.isStar()) column(a.argument(), place, read);
        a.filter().ifPresent(f -> columns(f).forEach(c -> column(c, place, read)));
        boolean seen = read.stream().allMatch(r -> r.time() != null && r.time() <= at.t());
        if (w.end() <= 0 && !seen) return false;
        return a.filter().isEmpty() || Boolean.TRUE.equals(value(a.filter().get(), place));
    }

    /// All columns an expression names, whether its value depends on them or not.
    private static List<Expr.Column> columns(Expr e) {
        List<Expr.Column> found = new ArrayList<>();
        switch (e) {
            case Expr.Column c -> found.add(c);
            case Expr.Negate n -> found.addAll(columns(n.operand()));
            case Expr.Not n -> found.addAll(columns(n.operand()));
            case Expr.IsNull n -> found.addAll(columns(n.operand()));
            case Expr.Like l -> found.addAll(columns(l.operand()));
            case Expr.In in -> found.addAll(columns(in.operand()));
            case Expr.Arithmetic a -> {
                found.addAll(columns(a.left()));
                found.addAll(columns(a.right()));
            }
            case Expr.Compare c -> {
                found.addAll(columns(c.left()));
                found.addAll(columns(c.right()));
            }
            case Expr.Logical l -> {
                found.addAll(columns(l.left()));
                found.addAll(columns(l.right()));
            }
            case Expr.Between b -> {
                found.addAll(columns(b.operand()));
                found.addAll(columns(b.low()));
                found.addAll(columns(b.high()));
            }
            case Expr.NumberLiteral n -> {}
            case Expr.TextLiteral t -> {}
            case Expr.BooleanLiteral b -> {}
            case Expr.Aggregate a -> throw new AssertionError("an aggregate inside another");
        }
        return found;
    }

    private static long shifted(long t, long count, TimeUnit unit) {
        if (unit != TimeUnit.MONTHS && unit != TimeUnit.YEARS) return t + count * unit.micros();
        long months = unit == TimeUnit.YEARS ? 12 * count : count;
        Instant at = Instant.EPOCH.plus(t, ChronoUnit.MICROS);
        return ChronoUnit.MICROS.between(
                Instant.EPOCH, at.atOffset(ZoneOffset.UTC).plusMonths(months));
    }

    private Double arithmetic(Expr.Arithmetic a, Place at) {
        Double left = (Double) value(a.left(), at);
        Double right = (Double) value(a.right(), at);
        if (left == null || right == null) return null;
        return switch (a.operator()) {
            case ADD -> left + right;
            case SUBTRACT -> left - right;
            case MULTIPLY -> left * right;
            case DIVIDE -> right == 0 ? null : left / right;
            case REMAINDER -> right == 0 ? null : left % right;
        };
    }

    private static Boolean compare(Expr.Comparison comparison, Object left, Object right) {
        if (left == null || right == null) return null;
        int order = left instanceof Double l
                ? Double.compare(l + 0.0, (Double) right + 0.0)
                : left instanceof String l ? l.compareTo((String) right) : ((Boolean) left).compareTo((Boolean) right);
        return switch (comparison) {
            case EQUAL -> order == 0;
            case UNEQUAL -> order != 0;
            case LESS -> order < 0;
            case AT_MOST -> order <= 0;
            case GREATER -> order > 0;
            case AT_LEAST -> order >= 0;
        };
    }

    private Boolean in(Expr.In in, Place at) {
        Object v = value(in.operand(), at);
        Boolean any = false;
        for (Expr option : in.options()) {
            any = logical(Expr.Connective.OR, any, compare(Expr.Comparison.EQUAL, v, value(option, at)));
        }
        return in.negated() ? not(any) : any;
    }

    private static Boolean not(Boolean b) {
        return b == null ? null : !b;
    }

    private static Boolean logical(Expr.Connective connective, Boolean left, Boolean right) {
        boolean decides = connective == Expr.Connective.OR;
        if ((left != null && left == decides) || (right != null && right == decides)) return decides;
        if (left == null || right == null) return null;
        return !decides;
    }
}
