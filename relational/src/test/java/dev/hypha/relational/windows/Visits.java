package dev.hypha.relational.windows;

import dev.hypha.relational.database.Sql;
import dev.hypha.relational.schema.Column;
import dev.hypha.relational.schema.ColumnType;
import dev.hypha.relational.schema.ForeignKey;
import dev.hypha.relational.schema.Schema;
import dev.hypha.relational.schema.Table;
import dev.hypha.relational.schema.TimeRule;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/// A small random database of people who visit shops and buy items there, with rows without time, rows of the same
/// instant, people who come into being after their first visit or never, missing keys and missing values; kept both in
/// DuckDB and as Java objects.
final class Visits implements AutoCloseable {
    static final long DAY = 86_400_000_000L;
    static final long HOUR = DAY / 24;

    /// @param time micros, null for never visible
    record Visit(int row, Integer person, Integer shop, Long time, Double spent, String mood) {}

    record Item(int row, Integer visit, Double price) {}

    record Stock(int row, Integer shop, Long time, Double pieces) {}

    record Seed(int person, long time, long cutoff) {}

    final int people = 5;
    /// When each person came to be, micros; null for never visible. The first one was always there.
    final List<Long> born = new ArrayList<>();

    final List<Double> sizes = new ArrayList<>();
    final List<Visit> visits = new ArrayList<>();
    final List<Item> items = new ArrayList<>();
    final List<Stock> stocks = new ArrayList<>();
    final List<Seed> seeds = new ArrayList<>();
    final Connection connection;

    Visits(long key) throws SQLException {
        SplittableRandom random = new SplittableRandom(key);
        for (int i = 0; i < people; i++) {
            born.add(i == 0 ? Long.valueOf(-1) : time(random));
        }
        for (int i = 0; i < 3; i++) {
            sizes.add((double) random.nextInt(10));
        }
        for (int i = 0; i < 60; i++) {
            String mood = random.nextInt(4) == 0 ? null : random.nextBoolean() ? "it's fine" : "bad";
            visits.add(new Visit(i, maybe(random, people), maybe(random, 3), time(random), value(random), mood));
            stocks.add(new Stock(i, maybe(random, 3), time(random), value(random)));
        }
        for (int i = 0; i < 80; i++) {
            items.add(new Item(i, maybe(random, 60), value(random)));
        }
        for (int i = 0; i < 40; i++) {
            long time = random.nextInt(0, 1200) * DAY;
            seeds.add(new Seed(
                    random.nextInt(people), time, time - (random.nextBoolean() ? 0 : random.nextInt(500) * DAY)));
        }
        connection = DriverManager.getConnection("jdbc:duckdb:");
        write();
    }

    private static Integer maybe(SplittableRandom random, int bound) {
        return random.nextInt(8) == 0 ? null : random.nextInt(bound);
    }

    /// Whole days, so that equal instants and edges of windows are common.
    private static Long time(SplittableRandom random) {
        return random.nextInt(8) == 0 ? null : random.nextInt(0, 1200) * DAY;
    }

    private static Double value(SplittableRandom random) {
        return random.nextInt(5) == 0 ? null : (double) random.nextInt(-20, 100);
    }

    private void write() throws SQLException {
        try (Statement s = connection.createStatement()) {
            s.execute("CREATE SCHEMA data");
            s.execute("CREATE SCHEMA task");
            table(s, "people", "id INT", people, Integer::toString, born::get);
            table(s, "shops", "id INT, size DOUBLE", sizes.size(), i -> i + ", " + sizes.get(i), i -> null);
            table(
                    s,
                    "visits",
                    "id INT, person INT, shop INT, spent DOUBLE, mood VARCHAR",
                    visits.size(),
                    i -> {
                        Visit v = visits.get(i);
                        String mood = v.mood() == null ? "NULL" : Sql.text(v.mood());
                        return i + ", " + v.person() + ", " + v.shop() + ", " + v.spent() + ", " + mood;
                    },
                    i -> visits.get(i).time());
            table(
                    s,
                    "items",
                    "id INT, visit INT, price DOUBLE",
                    items.size(),
                    i -> i + ", " + items.get(i).visit() + ", " + items.get(i).price(),
                    i -> null);
            table(
                    s,
                    "stock",
                    "id INT, shop INT, pieces DOUBLE",
                    stocks.size(),
                    i -> i + ", " + stocks.get(i).shop() + ", " + stocks.get(i).pieces(),
                    i -> stocks.get(i).time());
            writeSeeds(s);
        }
    }

    private interface Text {
        String at(int row);
    }

    private interface Instant {
        Long at(int row);
    }

    private static void table(Statement s, String name, String columns, int rows, Text values, Instant time)
            throws SQLException {
        s.execute("CREATE TABLE data." + name + "(" + columns + ", _row INTEGER, _time TIMESTAMP)");
        for (int i = 0; i < rows; i++) {
            Long at = time.at(i);
            String instant = at == null ? "NULL" : "make_timestamp(" + at + ")";
            s.execute("INSERT INTO data." + name + " VALUES (" + values.at(i) + ", " + i + ", " + instant + ")");
        }
    }

    private void writeSeeds(Statement s) throws SQLException {
        s.execute("CREATE OR REPLACE TABLE task.seeds(seed INT, entity INT, time TIMESTAMP, cutoff TIMESTAMP)");
        for (int i = 0; i < seeds.size(); i++) {
            Seed seed = seeds.get(i);
            s.execute("INSERT INTO task.seeds VALUES (%d, %d, make_timestamp(%d), make_timestamp(%d))"
                    .formatted(i, seed.person(), seed.time(), seed.cutoff()));
        }
    }

    /// Gives all seeds the same cutoff, their times lying at or after it.
    void freeze(long cutoff) throws SQLException {
        seeds.replaceAll(s -> new Seed(s.person(), Math.max(s.time(), cutoff), cutoff));
        try (Statement s = connection.createStatement()) {
            writeSeeds(s);
        }
    }

    static Schema schema() {
        Optional<TimeRule> timed = Optional.of(new TimeRule(List.of(new TimeRule.Term("", "at")), 0));
        return new Schema(List.of(
                table("people", List.of(), timed),
                table("shops", List.of(), Optional.empty(), column("size", ColumnType.NUMERICAL)),
                table(
                        "visits",
                        List.of(new ForeignKey("person", "people", "id", 0), new ForeignKey("shop", "shops", "id", 0)),
                        timed,
                        column("spent", ColumnType.NUMERICAL),
                        column("mood", ColumnType.CATEGORICAL)),
                table(
                        "items",
                        List.of(new ForeignKey("visit", "visits", "id", 0)),
                        Optional.empty(),
                        column("price", ColumnType.NUMERICAL)),
                table(
                        "stock",
                        List.of(new ForeignKey("shop", "shops", "id", 0)),
                        timed,
                        column("pieces", ColumnType.NUMERICAL))));
    }

    private static Column column(String name, ColumnType type) {
        return new Column(name, "", type, false);
    }

    private static Table table(String name, List<ForeignKey> keys, Optional<TimeRule> time, Column... own) {
        List<Column> columns = new ArrayList<>();
        columns.add(column("id", ColumnType.IDENTIFIER));
        keys.forEach(k -> columns.add(column(k.column(), ColumnType.IDENTIFIER)));
        columns.addAll(List.of(own));
        return new Table(name, columns, Optional.of("id"), keys, time, 0);
    }

    /// Whether a visit was dear; asked every 30 days.
    static Target target() {
        return new Target("people", List.of(new Signal("visits", "dear", "f.spent > 50")), 0, 30 * DAY);
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
