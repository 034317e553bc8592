package dev.hypha.relational.query;

import dev.hypha.relational.schema.ColumnType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/// A small random shop, as Java objects and staged: customers (with times), orders (of a customer), lines (of an
/// order and a product), products (without times). Some keys are missing or dangling, some values and times missing,
/// many times equal.
final class Shop {
    static final long DAY = TimeUnit.DAYS.micros();
    static final long FROM = Timestamps.parse("2020-01-01").orElseThrow();
    static final int DAYS = 120;

    /// @param time null where it is not known; also null in products, which have none
    record Row(int row, Map<String, Object> values, Long time) {}

    private static final Map<String, Map<String, String>> KEYS = Map.of(
            "customers", Map.of(),
            "orders", Map.of("customer_id", "customers"),
            "lines", Map.of("order_id", "orders", "product_id", "products"),
            "products", Map.of());

    final Map<String, List<Row>> tables = new LinkedHashMap<>();
    private final SplittableRandom random;

    Shop(long key) {
        random = new SplittableRandom(key);
        fill("customers", 6, i -> customer());
        fill("products", 4, i -> product());
        fill("orders", 25, i -> order());
        fill("lines", 50, i -> line());
    }

    private interface Maker {
        Map<String, Object> make(int i);
    }

    private void fill(String table, int n, Maker maker) {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            Map<String, Object> values = new LinkedHashMap<>();
            values.put("id", (double) (i + 1));
            values.putAll(maker.make(i));
            rows.add(new Row(i, values, table.equals("products") ? null : time()));
        }
        tables.put(table, rows);
    }

    /// Whole days, so that rows share times with each other and with windows' ends; one in twelve is not known.
    private Long time() {
        return random.nextInt(12) == 0 ? null : Long.valueOf(FROM + random.nextInt(DAYS) * DAY);
    }

    private Map<String, Object> customer() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("age", orNull((double) random.nextInt(18, 22)));
        values.put("segment", orNull(random.nextBoolean() ? "new" : "old"));
        values.put("active", orNull(random.nextBoolean()));
        return values;
    }

    private Map<String, Object> product() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("category", orNull("c" + random.nextInt(3)));
        values.put("weight", orNull(random.nextInt(5) / 2.0));
        return values;
    }

    private Map<String, Object> order() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("customer_id", orNull((double) random.nextInt(1, 8)));
        values.put("status", orNull(random.nextBoolean() ? "paid" : "open"));
        values.put("total", orNull(random.nextInt(9) / 2.0));
        return values;
    }

    private Map<String, Object> line() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("order_id", orNull((double) random.nextInt(1, 28)));
        values.put("product_id", orNull((double) random.nextInt(1, 6)));
        values.put("quantity", orNull((double) random.nextInt(4)));
        return values;
    }

    private Object orNull(Object value) {
        return random.nextInt(10) == 0 ? null : value;
    }

    /// The row that a row's foreign key leads to, or null.
    Row parent(String table, Row row, String column) {
        Object key = row.values().get(column);
        return tables.get(KEYS.get(table).get(column)).stream()
                .filter(p -> p.values().get("id").equals(key))
                .findFirst()
                .orElse(null);
    }

    static Map<String, String> keys(String table) {
        return KEYS.get(table);
    }

    StagedTables staged() {
        StagedTables staged = new StagedTables();
        tables.forEach((name, rows) -> stage(staged, name, rows));
        return staged;
    }

    private static void stage(StagedTables staged, String name, List<Row> rows) {
        List<String> columns = new ArrayList<>(rows.getFirst().values().keySet());
        List<String> tuples = new ArrayList<>();
        for (Row row : rows) {
            List<String> values = new ArrayList<>();
            columns.forEach(c -> values.add(literal(c, row.values().get(c))));
            values.add(row.time() == null ? "CAST(NULL AS TIMESTAMP)" : Timestamps.sql(row.time()));
            tuples.add("(" + String.join(", ", values) + ")");
        }
        Map<String, String> keys = new LinkedHashMap<>();
        KEYS.get(name).forEach((column, table) -> keys.put(column, table + ".id"));
        String select = "SELECT * FROM (VALUES " + String.join(", ", tuples) + ") v(" + String.join(", ", columns)
                + ", moment)";
        boolean timed = !name.equals("products");
        staged.table(name, "id", keys, timed ? "moment" : null, Map.of("id", ColumnType.IDENTIFIER), select);
    }

    private static String literal(String column, Object value) {
        String type = switch (column) {
            case "segment", "status", "category" -> "VARCHAR";
            case "active" -> "BOOLEAN";
            case "total", "weight" -> "DOUBLE";
            default -> "INTEGER";
        };
        String text = value == null ? "NULL" : "'" + value + "'";
        return "CAST(CAST(" + text + " AS " + (type.equals("INTEGER") ? "DOUBLE" : type) + ") AS " + type + ")";
    }
}
