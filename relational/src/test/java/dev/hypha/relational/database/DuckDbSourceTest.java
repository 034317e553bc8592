package dev.hypha.relational.database;

import static dev.hypha.relational.database.Samples.keys;
import static dev.hypha.relational.database.Samples.open;
import static dev.hypha.relational.database.Samples.rows;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hypha.relational.schema.Column;
import dev.hypha.relational.schema.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DuckDbSourceTest {
    @TempDir
    Path folder;

    private Path file(String... statements) throws SQLException {
        Path file = folder.resolve("shop.data");
        try (Connection c = DriverManager.getConnection("jdbc:duckdb:" + file);
                Statement s = c.createStatement()) {
            for (String statement : statements) s.execute(statement);
        }
        return file;
    }

    @Test
    void everyTypeIsNarrowedToOneOfSeven() throws SQLException {
        Path file = file("""
                CREATE TABLE t AS SELECT 1::TINYINT a, 2::UBIGINT b, 3::HUGEINT c, 1.50::DECIMAL(10,2) d, 7::DECIMAL(12,0) e,
                  'nan'::FLOAT f, 'infinity'::DOUBLE g, TIMESTAMPTZ '2020-01-01 00:00:00+02' h, TIMESTAMP_S '2020-01-01' i,
                  'infinity'::DATE j, TIME '10:00:00' k, INTERVAL 90 SECONDS l, [1, 2] m, {'x': 1} n, 'small'::ENUM('small') o,
                  'abc'::BLOB p, '00000000-0000-0000-0000-000000000001'::UUID q, true r, MAP {'k': 1} s, '{"a": 1}'::JSON u
                """);
        try (Database database = open(file)) {
            Table t = database.schema().table("t");
            assertThat(t.columns().stream().map(c -> c.name() + " " + c.sqlType()))
                    .containsExactly(
                            "a BIGINT",
                            "b DOUBLE",
                            "c DOUBLE",
                            "d DOUBLE",
                            "e BIGINT",
                            "f DOUBLE",
                            "g DOUBLE",
                            "h TIMESTAMP",
                            "i TIMESTAMP",
                            "j DATE",
                            "k TIME",
                            "l DOUBLE",
                            "m VARCHAR",
                            "n VARCHAR",
                            "o VARCHAR",
                            "q VARCHAR",
                            "r BOOLEAN",
                            "s VARCHAR",
                            "u VARCHAR");
            assertThat(rows(database, "SELECT d, e, f, g, epoch_us(h), j, l, m, o, r FROM data.t"))
                    .containsExactly("1.5|7|null|null|1577829600000000|null|90.0|[1, 2]|small|true");
            assertThat(database.warnings()).anyMatch(w -> w.contains("t.p") && w.contains("binary"));
        }
    }

    @Test
    void declaredKeysGoBeforeInferredOnes() throws SQLException {
        Path file = file(
                "CREATE TABLE people(id INTEGER, ssn VARCHAR PRIMARY KEY, boss VARCHAR REFERENCES people(ssn))",
                "INSERT INTO people VALUES (1, 'x', NULL), (2, 'y', NULL)",
                "CREATE TABLE visits(id INTEGER, person VARCHAR REFERENCES people(ssn), seen_at TIMESTAMP, PRIMARY KEY(id, person))",
                "INSERT INTO visits VALUES (1, 'x', '2020-01-01'), (2, 'y', '2021-01-01')",
                "CREATE VIEW recent AS SELECT * FROM visits");
        try (Database database = open(file)) {
            assertThat(database.schema().tables().stream().map(Table::name))
                    .containsExactlyInAnyOrder("people", "visits");
            assertThat(keys(database, "people")).isEqualTo("ssn boss->people; -");
            assertThat(keys(database, "visits")).isEqualTo("- person->people; seen_at");
            assertThat(database.describe()).contains("key ssn (declared)");
        }
    }

    @Test
    void aDeclaredKeyMayBeAnythingButUnknownSchemasKeepTablesApart() throws SQLException {
        Path file = file(
                "CREATE SCHEMA old",
                "CREATE TABLE orders(order_id INTEGER)",
                "CREATE TABLE old.orders(order_id INTEGER)",
                "CREATE TABLE old.notes(note_id INTEGER)",
                "CREATE TEMP TABLE mine(a INTEGER)");
        try (Database database = open(file)) {
            assertThat(database.schema().tables().stream().map(Table::name))
                    .containsExactlyInAnyOrder("orders", "old_orders", "notes");
            assertThat(database.warnings()).anyMatch(w -> w.contains("orders is empty"));
        }
    }

    @Test
    void theUsersFileIsNotChanged() throws SQLException, IOException {
        Path file = file("CREATE TABLE t AS SELECT range AS id FROM range(1000)");
        byte[] before = Files.readAllBytes(file);
        try (Database database = open("jdbc:duckdb:" + file)) {
            assertThat(rows(database, "SELECT count(*) FROM data.t WHERE id = _row"))
                    .containsExactly("1000");
        }
        assertThat(Arrays.equals(before, Files.readAllBytes(file))).isTrue();
        assertThat(folder.toFile().list()).containsExactly("shop.data");
    }

    @Test
    void rowsKeepTheOrderInWhichTheyWereInserted() throws SQLException {
        Path file = file(
                "CREATE TABLE t(id BIGINT, v BIGINT)",
                "INSERT INTO t SELECT (range * 7919) % 300007, range FROM range(300007)",
                "DELETE FROM t WHERE v % 10 = 3");
        try (Database database = open(file)) {
            assertThat(rows(
                            database,
                            "SELECT count(*) FROM (SELECT v, lag(v) OVER (ORDER BY _row) w FROM data.t) WHERE v <= w"))
                    .containsExactly("0");
            assertThat(rows(database, "SELECT max(_row) - count(*) FROM data.t"))
                    .containsExactly("-1");
        }
    }

    @Test
    void textThatHoldsDatesIsReadAsDates() throws SQLException {
        Path file = file(
                "CREATE TABLE t AS SELECT '2020-01-0' || (range + 1) AS day, range::VARCHAR AS number FROM range(5)");
        try (Database database = open(file)) {
            assertThat(database.schema().table("t").columns().stream().map(Column::sqlType))
                    .containsExactly("DATE", "VARCHAR");
        }
    }

    @Test
    void aForeignKeyOfSeveralColumnsIsLeftOutAndSaid() throws SQLException {
        Path file = file(
                "CREATE TABLE seats(hall INTEGER, number INTEGER, price DOUBLE, PRIMARY KEY(hall, number))",
                "INSERT INTO seats VALUES (1, 1, 9.5), (1, 2, 8.5)",
                "CREATE TABLE tickets(id INTEGER PRIMARY KEY, hall INTEGER, seat INTEGER,"
                        + " FOREIGN KEY(hall, seat) REFERENCES seats(hall, number))",
                "INSERT INTO tickets VALUES (1, 1, 2), (2, 1, 1)");
        try (Database database = open(file)) {
            assertThat(database.schema().table("tickets").foreignKeys()).isEmpty();
            assertThat(database.warnings())
                    .anyMatch(w -> w.startsWith("tickets (hall, seat) -> seats: a foreign key of several columns")
                            && w.contains("schema file"));
        }
    }
}
