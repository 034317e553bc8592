package dev.hypha.relational.plan;

import dev.hypha.relational.database.Sql;
import dev.hypha.relational.schema.ForeignKey;
import dev.hypha.relational.schema.Schema;
import dev.hypha.relational.schema.Table;
import dev.hypha.relational.schema.TimeRule;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/// A small random database, staged: tables with and without time, with equal, missing and infinite times; keys of
/// several types; foreign keys that are null, dangling, to the same table and in cycles; names that need quoting.
final class RandomDatabase {
    private static final TimeRule TIME = new TimeRule(List.of(new TimeRule.Term("", "at")), 0);

    private final Random random;
    private final Connection connection;
    private final List<Table> tables = new ArrayList<>();
    private final List<List<String>> keys = new ArrayList<>();

    /// @param connection to an embedded database, in which schema `data` is made anew
    RandomDatabase(Connection connection, long seed) throws SQLException {
        random = new Random(seed);
        this.connection = connection;
        run("DROP SCHEMA IF EXISTS data CASCADE; CREATE SCHEMA data");
        int count = 1 + random.nextInt(4);
        for (int i = 0; i < count; i++) {
            keys.add(keys(random.nextInt(13)));
        }
        for (int i = 0; i < count; i++) {
            tables.add(table(i));
        }
    }

    /// An empty embedded database. Opening one is slow, so a test opens it once.
    static Connection open() throws SQLException {
        Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET threads = 1");
        }
        return connection;
    }

    Connection connection() {
        return connection;
    }

    Schema schema() {
        return new Schema(tables);
    }

    void run(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /// The rows of a query as lists of numbers.
    List<List<Long>> rows(String sql) throws SQLException {
        List<List<Long>> rows = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet results = statement.executeQuery(sql)) {
            int columns = results.getMetaData().getColumnCount();
            while (results.next()) {
                List<Long> row = new ArrayList<>();
                for (int i = 1; i <= columns; i++) {
                    row.add(results.getLong(i));
                }
                rows.add(row);
            }
        }
        return rows;
    }

    long number(String sql) throws SQLException {
        return rows(sql).getFirst().getFirst();
    }

    private static String name(int table) {
        return table == 1 ? "odd \"name\" of a.b" : "t" + table;
    }

    private static String sqlType(int table) {
        return switch (table) {
            case 0 -> "BIGINT";
            case 1 -> "VARCHAR";
            case 2 -> "INTEGER";
            default -> "UUID";
        };
    }

    /// Keys as SQL literals, neither dense nor in order.
    private List<String> keys(int count) {
        List<String> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(literal(keys.size(), 3 * i));
        }
        Collections.shuffle(all, random);
        return all;
    }

    private static String literal(int table, int key) {
        return switch (table) {
            case 1 -> "'key %02d'".formatted(key);
            case 3 -> "'00000000-0000-0000-0000-0000000000%02d'".formatted(key);
            default -> String.valueOf(key);
        };
    }

    private Table table(int number) throws SQLException {
        boolean timed = random.nextInt(3) > 0;
        List<ForeignKey> foreignKeys = new ArrayList<>();
        var columns = new StringBuilder("id " + sqlType(number));
        for (int i = random.nextInt(4); i > 0; i--) {
            int to = random.nextInt(keys.size());
            foreignKeys.add(new ForeignKey("ref " + i, name(to), "id", 0));
            columns.append(", ").append(Sql.name("ref " + i)).append(' ').append(sqlType(to));
        }
        run("CREATE TABLE " + Sql.table(name(number)) + " (" + columns + ", _row INTEGER, _time TIMESTAMP)");
        int rows = keys.get(number).size();
        List<String> values = new ArrayList<>();
        for (int row = 0; row < rows; row++) {
            values.add(values(number, row, timed, foreignKeys));
        }
        if (rows > 0) {
            run("INSERT INTO " + Sql.table(name(number)) + " VALUES " + String.join(", ", values));
        }
        Optional<TimeRule> time = timed ? Optional.of(TIME) : Optional.empty();
        return new Table(name(number), List.of(), Optional.of("id"), foreignKeys, time, rows);
    }

    private String values(int table, int row, boolean timed, List<ForeignKey> foreignKeys) {
        List<String> values = new ArrayList<>(List.of(keys.get(table).get(row)));
        for (ForeignKey key : foreignKeys) {
            values.add(reference(key.table()));
        }
        values.add(String.valueOf(row));
        values.add(timed ? time() : "NULL");
        return "(" + String.join(", ", values) + ")";
    }

    private String reference(String table) {
        int number = 0;
        while (!name(number).equals(table)) {
            number++;
        }
        List<String> all = keys.get(number);
        return switch (random.nextInt(8)) {
            case 0 -> "NULL";
            case 1 -> literal(number, 1 + 3 * random.nextInt(12));
            default -> all.isEmpty() ? "NULL" : all.get(random.nextInt(all.size()));
        };
    }

    private String time() {
        return switch (random.nextInt(12)) {
            case 0, 1 -> "NULL";
            case 2 -> random.nextBoolean() ? "'infinity'" : "'-infinity'";
            default -> day(random.nextInt(7), random);
        };
    }

    /// One of few instants, so that equal ones and near ones are frequent.
    static String day(int day, Random random) {
        return "TIMESTAMP '2020-01-0" + (1 + day) + " 00:00:00.00000" + random.nextInt(2) + "'";
    }
}
