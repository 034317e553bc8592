package dev.hypha.relational.database;

import static dev.hypha.relational.database.Samples.keys;
import static dev.hypha.relational.database.Samples.open;
import static dev.hypha.relational.database.Samples.refusal;
import static dev.hypha.relational.database.Samples.rows;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hypha.relational.schema.Column;
import dev.hypha.relational.schema.Table;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteSourceTest {
    @TempDir
    Path folder;

    private Path file(String... statements) throws SQLException {
        Path file = folder.resolve("shop.db");
        try (Connection c = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement s = c.createStatement()) {
            for (String statement : statements) s.execute(statement);
        }
        return file;
    }

    @Test
    void typesFollowTheValues() throws SQLException {
        Path file = file(
                "CREATE TABLE t(whole INTEGER, mixed NUMERIC, imported INTEGER, word TEXT, zip TEXT, day TEXT, stamp DATETIME,"
                        + " unix DATETIME, yes BOOLEAN, photo BLOB, anything, none INTEGER)",
                "INSERT INTO t VALUES (1, 1, 5, 'a', '01234', '2020-01-01', '2020-01-01 10:00:00', 1577836800, 1, x'00', 'q', NULL)",
                "INSERT INTO t VALUES (2, 2.5, '', 'b', '12345', '2020-01-02', '', 1577836800000, 0, x'01', 7, NULL)");
        try (Database database = open(file)) {
            assertThat(database.schema().table("t").columns().stream().map(c -> c.name() + " " + c.sqlType()))
                    .containsExactly(
                            "whole BIGINT",
                            "mixed DOUBLE",
                            "imported BIGINT",
                            "word VARCHAR",
                            "zip VARCHAR",
                            "day DATE",
                            "stamp TIMESTAMP",
                            "unix TIMESTAMP",
                            "yes BOOLEAN",
                            "anything VARCHAR",
                            "none BIGINT");
            assertThat(
                            rows(
                                    database,
                                    "SELECT mixed, imported, zip, epoch_us(stamp), epoch_us(unix), yes, anything FROM data.t ORDER BY _row"))
                    .containsExactly(
                            "1.0|5|01234|1577872800000000|1577836800000000|true|q",
                            "2.5|null|12345|null|1577836800000000|false|7");
            assertThat(database.warnings()).anyMatch(w -> w.contains("t.photo") && w.contains("binary"));
        }
    }

    @Test
    void declaredKeysAndOnlyUserTables() throws SQLException {
        Path file = file(
                "CREATE TABLE Artist(name TEXT, code TEXT PRIMARY KEY)",
                "INSERT INTO Artist VALUES ('x', 'A'), ('y', 'B')",
                "CREATE TABLE Album(id INTEGER PRIMARY KEY AUTOINCREMENT, by TEXT REFERENCES artist, made TEXT)",
                "INSERT INTO Album(by, made) VALUES ('A', '2020-01-01'), ('Z', '2020-01-02')",
                "CREATE TABLE Both(a INTEGER REFERENCES Album(id), b TEXT REFERENCES Artist(code), PRIMARY KEY(a, b))",
                "CREATE VIEW v AS SELECT * FROM Album",
                "CREATE VIRTUAL TABLE notes USING fts5(body)");
        try (Database database = open("jdbc:sqlite:" + file)) {
            assertThat(database.schema().tables().stream().map(Table::name)).containsExactly("Artist", "Album", "Both");
            assertThat(keys(database, "Artist")).isEqualTo("code; -");
            assertThat(keys(database, "Album")).isEqualTo("id by->Artist; made");
            assertThat(keys(database, "Both")).startsWith("- a->Album b->Artist");
            assertThat(database.warnings()).anyMatch(w -> w.contains("Album.by") && w.contains("1 of 2 rows"));
        }
    }

    @Test
    void oddNamesAndNoColumnsAtAll() throws SQLException {
        Path file = file(
                "CREATE TABLE \"a \"\"b'\"(\"x y\" INTEGER)",
                "INSERT INTO \"a \"\"b'\" VALUES (3)",
                "CREATE TABLE pics(p BLOB)",
                "INSERT INTO pics VALUES (x'00')");
        try (Database database = open(file)) {
            assertThat(database.schema().table("a \"b'").columns().stream().map(Column::name))
                    .containsExactly("x y");
            assertThat(database.schema().table("pics").rows()).isEqualTo(1);
        }
    }

    @Test
    void aFileThatIsBeingWrittenIsLocked() throws SQLException {
        Path file = file("CREATE TABLE t(id INTEGER)");
        try (Connection c = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement s = c.createStatement()) {
            s.execute("BEGIN EXCLUSIVE");
            assertThat(refusal(file.toString()).kind()).isEqualTo("database-locked");
            s.execute("ROLLBACK");
        }
        open(file).close();
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
