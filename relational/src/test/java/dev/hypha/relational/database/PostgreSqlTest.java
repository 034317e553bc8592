package dev.hypha.relational.database;

import static dev.hypha.relational.database.Samples.keys;
import static dev.hypha.relational.database.Samples.open;
import static dev.hypha.relational.database.Samples.refusal;
import static dev.hypha.relational.database.Samples.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hypha.graph.InputException;
import dev.hypha.relational.schema.Table;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A real server, started once for all tests here.
class PostgreSqlTest {
    private static EmbeddedPostgres server;

    @BeforeAll
    static void start() throws IOException {
        server = EmbeddedPostgres.start();
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    /// @return the URL of a database made anew with these tables
    private static String database(String name, String... statements) throws SQLException {
        run(server.getJdbcUrl("postgres", "postgres"), "DROP DATABASE IF EXISTS " + name, "CREATE DATABASE " + name);
        String url = server.getJdbcUrl("postgres", name);
        run(url, statements);
        return url;
    }

    private static void run(String url, String... statements) throws SQLException {
        try (Connection c = DriverManager.getConnection(url);
                Statement s = c.createStatement()) {
            for (String statement : statements) s.execute(statement);
        }
    }

    @Test
    void everyTypeIsNarrowedToOneOfSeven() throws SQLException {
        String url = database(
                "types",
                "CREATE TYPE mood AS ENUM ('sad', 'ok')",
                "CREATE DOMAIN positive AS integer CHECK (VALUE > 0)",
                "CREATE TABLE t(a smallint, b bigserial, c numeric, d numeric(10,0), e numeric(10,2), f real, g boolean, h date,"
                        + " i timestamp, j timestamptz, k time, l bytea, m integer[], n jsonb, o mood, p uuid, q positive, r varchar(5),"
                        + " s char(3), u interval, \"_time\" integer)",
                "INSERT INTO t VALUES (1, 2, 3.5, 4, 5.25, 'NaN', true, '2020-01-01', '2020-01-01 10:00', '2020-01-01 00:00:00+02',"
                        + " '10:00', 'x', '{1,2}', '{\"a\": 1}', 'sad', '00000000-0000-0000-0000-000000000001', 6, 'abc', 'x', '1 day', 9)",
                "INSERT INTO t(h, i, j, b) VALUES ('infinity', '-infinity', 'infinity', 3)");
        try (Database database = open(url)) {
            assertThat(database.schema().table("t").columns().stream().map(c -> c.name() + " " + c.sqlType()))
                    .containsExactly(
                            "a BIGINT",
                            "b BIGINT",
                            "c DOUBLE",
                            "d BIGINT",
                            "e DOUBLE",
                            "f DOUBLE",
                            "g BOOLEAN",
                            "h DATE",
                            "i TIMESTAMP",
                            "j TIMESTAMP",
                            "k TIME",
                            "m VARCHAR",
                            "n VARCHAR",
                            "o VARCHAR",
                            "p VARCHAR",
                            "q BIGINT",
                            "r VARCHAR",
                            "s VARCHAR",
                            "u VARCHAR");
            assertThat(
                            rows(
                                    database,
                                    "SELECT a, c, d, e, f, g, h, epoch_us(i), epoch_us(j), epoch(k), m, o, q FROM data.t ORDER BY _row"))
                    .containsExactly(
                            "1|3.5|4|5.25|null|true|2020-01-01|1577872800000000|1577829600000000|36000.0|{1,2}|sad|6",
                            "null|null|null|null|null|null|null|null|null|null|null|null|null");
            assertThat(database.warnings())
                    .anyMatch(w -> w.contains("t.l") && w.contains("binary"))
                    .anyMatch(w -> w.contains("t._time"));
        }
    }

    @Test
    void aForeignKeyOfSeveralColumnsIsLeftOutAndSaid() throws SQLException {
        String url = database(
                "cinema",
                "CREATE TABLE seats(hall integer, number integer, price real, PRIMARY KEY (hall, number))",
                "INSERT INTO seats VALUES (1, 1, 9.5), (1, 2, 8.5)",
                "CREATE TABLE tickets(id integer PRIMARY KEY, hall integer, seat integer,"
                        + " FOREIGN KEY (hall, seat) REFERENCES seats(hall, number))",
                "INSERT INTO tickets VALUES (1, 1, 2), (2, 1, 1)");
        try (Database database = open(url)) {
            assertThat(database.schema().table("tickets").foreignKeys()).isEmpty();
            assertThat(database.warnings()).anyMatch(w -> w.startsWith("tickets (hall, seat) -> seats: a foreign key"));
        }
    }

    @Test
    void declaredKeysAndOnlyUserTables() throws SQLException {
        String url = database(
                "shop",
                "CREATE SCHEMA old",
                "CREATE TABLE old.customers(customer_id integer)",
                "CREATE TABLE customers(name text, nr integer PRIMARY KEY)",
                "INSERT INTO customers SELECT 'c' || i, i FROM generate_series(1, 50) i",
                "CREATE TABLE orders(id integer PRIMARY KEY, who integer REFERENCES customers, at date) PARTITION BY RANGE (id)",
                "CREATE TABLE orders_1 PARTITION OF orders FOR VALUES FROM (0) TO (100)",
                "INSERT INTO orders SELECT 100 - i, 1 + i % 50, date '2020-01-01' + i FROM generate_series(1, 99) i",
                "CREATE TABLE both_(a integer REFERENCES customers, b integer, PRIMARY KEY (a, b))",
                "CREATE TABLE bare(v integer)",
                "INSERT INTO bare SELECT i FROM generate_series(1, 1000) i",
                "UPDATE bare SET v = v WHERE v = 500",
                "CREATE VIEW recent AS SELECT * FROM orders");
        try (Database database = open(url)) {
            assertThat(database.schema().tables().stream().map(Table::name))
                    .containsExactly("old_customers", "bare", "both_", "customers", "orders");
            assertThat(keys(database, "customers")).isEqualTo("nr; -");
            assertThat(keys(database, "orders")).isEqualTo("id who->customers; at");
            assertThat(keys(database, "both_")).startsWith("- a->customers");
            assertThat(rows(database, "SELECT count(*) FROM data.orders WHERE id <> _row + 1"))
                    .containsExactly("0");
            assertThat(rows(database, "SELECT v FROM data.bare ORDER BY _row DESC LIMIT 1"))
                    .containsExactly("500");
        }
    }

    @Test
    void namesThatDifferInCaseOnly() throws SQLException {
        String url = database("cases", "CREATE TABLE t(a integer, \"A\" integer)", "INSERT INTO t VALUES (1, 2)");
        try (Database database = open(url)) {
            assertThat(rows(database, "SELECT a FROM data.t")).containsExactly("1");
            assertThat(database.warnings()).anyMatch(w -> w.contains("t.A is left out"));
        }
        run(url, "CREATE TABLE \"T\"(a integer)");
        assertThat(refusal(url).kind()).isEqualTo("duplicate-table");
    }

    @Test
    void manyRowsComeByCursorInOneState() throws SQLException {
        String url = database(
                "many", "CREATE TABLE t AS SELECT i AS id, md5(i::text) AS h FROM generate_series(1, 120000) i");
        try (Database database = open(url)) {
            assertThat(rows(database, "SELECT count(*), count(DISTINCT h), max(_row) FROM data.t"))
                    .containsExactly("120000|120000|119999");
        }
    }

    @Test
    void aServerThatRefuses() throws SQLException {
        String url = database(
                "refuses",
                "DROP ROLE IF EXISTS guest",
                "CREATE ROLE guest LOGIN PASSWORD 'right'",
                "CREATE TABLE t(id integer)");
        String none = url.replace("/refuses", "/nowhere");
        assertThat(refusal(none).kind()).isEqualTo("unknown-database");
        assertThat(refusal(none)).hasMessageContaining("nowhere");
        String guest = url.replace("user=postgres", "user=guest&password=right");
        assertThat(refusal(guest).kind()).isEqualTo("not-allowed");
        String stranger = url.replace("user=postgres", "user=stranger&password=wrong");
        assertThat(refusal(stranger).kind()).isEqualTo("wrong-password");
        assertThat(refusal(stranger).getMessage()).doesNotContain("wrong&").contains("password=***");
    }

    @Test
    void predictionsReplaceOnlyPredictions(@TempDir Path folder) throws SQLException {
        String url = database(
                "predict",
                "CREATE TABLE customers(id integer PRIMARY KEY)",
                "INSERT INTO customers VALUES (1), (2)",
                "CREATE TABLE precious(id integer, time timestamp)");
        try (Database database = open(url)) {
            Path first = TableWriterTest.predictions(database, folder, "first", 1);
            Path second = TableWriterTest.predictions(database, folder, "second", 2);
            database.writeTable("churn", first);
            assertThat(read(url, "SELECT * FROM churn ORDER BY 1")).containsExactly("1|2020-01-01 10:30:00|0.5|m1");
            database.writeTable("churn", second);
            assertThat(read(url, "SELECT count(*) FROM churn")).containsExactly("2");
            assertThat(
                            read(
                                    url,
                                    "SELECT data_type FROM information_schema.columns WHERE table_name = 'churn' ORDER BY ordinal_position"))
                    .containsExactly("bigint", "timestamp without time zone", "double precision", "text");
            InputException e = catchThrowableOfType(InputException.class, () -> database.writeTable("precious", first));
            assertThat(e.kind()).isEqualTo("table-exists");
            assertThat(e.getMessage()).contains("precious");
            assertThat(
                            read(
                                    url,
                                    "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' ORDER BY 1"))
                    .containsExactly("churn", "customers", "precious");
        }
    }

    @Test
    void aFailedWriteLeavesTheOldTable(@TempDir Path folder) throws SQLException {
        String url = database("fails", "CREATE TABLE customers(id integer PRIMARY KEY)");
        try (Database database = open(url)) {
            database.writeTable("churn", TableWriterTest.predictions(database, folder, "first", 1));
            // Something in the database depends on the old table, so it cannot be dropped.
            run(url, "CREATE VIEW watcher AS SELECT * FROM churn");
            Path second = TableWriterTest.predictions(database, folder, "second", 2);
            InputException e = catchThrowableOfType(InputException.class, () -> database.writeTable("churn", second));
            assertThat(e).isNotNull();
            assertThat(read(url, "SELECT count(*) FROM churn")).containsExactly("1");
            assertThat(read(url, "SELECT count(*) FROM information_schema.tables WHERE table_name LIKE 'hypha%'"))
                    .containsExactly("0");
        }
    }

    private static List<String> read(String url, String sql) throws SQLException {
        try (Connection c = DriverManager.getConnection(url);
                Statement s = c.createStatement();
                ResultSet r = s.executeQuery(sql)) {
            return TableWriterTest.rows(r);
        }
    }
}
