package dev.hypha.relational.query;

import java.util.List;
import java.util.SplittableRandom;

/// Random queries over a [Shop], of right types and asking about the future.
final class QueryGenerator {
    private final SplittableRandom random;

    QueryGenerator(long key) {
        random = new SplittableRandom(key);
    }

    String query() {
        StringBuilder query = new StringBuilder("PREDICT ").append(target()).append(" FOR EACH customers.id");
        if (random.nextBoolean()) query.append(" WHERE ").append(condition(2, false));
        if (random.nextInt(3) == 0)
            query.append(" GIVEN ").append(aggregateCondition(true)).append(rest());
        return query.toString();
    }

    private String rest() {
        return random.nextBoolean() ? "" : pick(" AND ", " OR ") + condition(1, true);
    }

    private String target() {
        return switch (random.nextInt(4)) {
            case 0 -> aggregateCondition(true) + (random.nextBoolean() ? "" : " AND " + condition(1, true));
            case 1 -> number(true) + pick(" + ", " - ", " * ", " / ", " % ") + simpleNumber();
            case 2 -> pick("FIRST", "LAST", "LIST_DISTINCT") + "(" + textColumn() + window(true) + ")";
            default -> number(true);
        };
    }

    /// A condition on an entity; windows of the future only if allowed.
    private String condition(int depth, boolean future) {
        if (depth > 0) {
            switch (random.nextInt(4)) {
                case 0 -> {
                    return "(" + condition(depth - 1, future) + pick(" AND ", " OR ") + condition(depth - 1, future)
                            + ")";
                }
                case 1 -> {
                    return "NOT (" + condition(depth - 1, future) + ")";
                }
                default -> {
                    // A condition without parts, below.
                }
            }
        }
        return switch (random.nextInt(6)) {
            case 0 -> "customers.age" + comparison() + random.nextInt(18, 22);
            case 1 -> "customers.segment" + pick(" = 'new'", " <> 'new'", " IN ('new', 'x')", " LIKE 'o%'", " IS NULL");
            case 2 -> pick("active", "customers.active = FALSE", "active IS NOT NULL");
            case 3 -> "age + 1 BETWEEN 19 AND " + random.nextInt(19, 23);
            default -> aggregateCondition(future && random.nextBoolean());
        };
    }

    private String aggregateCondition(boolean future) {
        return switch (random.nextInt(4)) {
            case 0 -> "EXISTS(" + rows() + window(future) + ")";
            case 1 -> number(future) + pick(" NOT", "") + " BETWEEN 1 AND 3";
            case 2 -> number(future) + pick(" IS NULL", " IS NOT NULL", " IN (0, 1, 2)");
            default -> number(future) + comparison() + random.nextInt(4);
        };
    }

    private String number(boolean future) {
        return switch (random.nextInt(3)) {
            case 0 -> "COUNT(" + rows() + window(future) + ")";
            case 1 ->
                "COUNT_DISTINCT(" + pick("lines.product_id", "lines.product_id.category") + filter("lines")
                        + window(future) + ")";
            default ->
                pick("SUM", "AVG", "MIN", "MAX", "FIRST", "LAST", "COUNT") + "(" + numberColumn() + window(future)
                        + ")";
        };
    }

    private String simpleNumber() {
        return pick("2", "customers.age", "-age", "0.5", number(random.nextBoolean()));
    }

    private String rows() {
        return random.nextBoolean() ? "orders.*" + filter("orders") : "lines.*" + filter("lines");
    }

    private String numberColumn() {
        return switch (random.nextInt(3)) {
            case 0 -> "orders.total" + filter("orders");
            case 1 -> "lines.quantity" + filter("lines");
            default -> "lines.product_id.weight" + filter("lines");
        };
    }

    private String textColumn() {
        return random.nextBoolean()
                ? "orders.status" + filter("orders")
                : "lines.product_id.category" + filter("lines");
    }

    /// The filter may name columns of lines where the rows are lines, else it keeps to orders.
    private String filter(String table) {
        if (random.nextInt(3) == 0) return "";
        String first = table.equals("lines") ? lineFilter() : orderFilter();
        String second = random.nextBoolean()
                ? ""
                : pick(" AND ", " OR ") + (table.equals("lines") ? lineFilter() : orderFilter());
        return " WHERE " + first + second;
    }

    private String orderFilter() {
        return pick(
                "orders.status = 'paid'",
                "orders.total" + comparison() + "2",
                "customers.segment = 'new'",
                "orders.status IS NOT NULL",
                "NOT customer_id.active");
    }

    private String lineFilter() {
        return pick(
                "lines.quantity" + comparison() + "2",
                "products.category IN ('c0', 'c1')",
                "orders.status <> 'open'",
                "order_id.customer_id.age" + comparison() + "19",
                "products.weight * quantity > 1",
                "customers.active");
    }

    private String comparison() {
        return " " + pick("=", "<>", "<", "<=", ">", ">=", "!=") + " ";
    }

    private String window(boolean future) {
        String unit = pick("DAYS", "DAYS", "WEEKS", "HOURS", "MONTHS", "day");
        int end = random.nextInt(1, 5);
        if (future) return ", " + random.nextInt(-2, end) + ", " + end + ", " + unit;
        int past = -random.nextInt(3);
        return ", " + (random.nextInt(4) == 0 ? "-INF" : past - random.nextInt(1, 5)) + ", " + past + ", " + unit;
    }

    private String pick(String... options) {
        return List.of(options).get(random.nextInt(options.length));
    }
}
