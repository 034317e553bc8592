package dev.hypha.relational.database;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/// Copies the rows of a query on another database into schema `raw`, row by row, never all in memory.
final class JdbcTable {
    private static final int FETCHED = 5_000;

    private JdbcTable() {}

    /// A column to copy.
    ///
    /// @param type the staged type
    /// @param cell reads a value of the source and appends it
    record JdbcColumn(String name, String type, Cell cell) {}

    /// Moves one value.
    interface Cell {
        void copy(ResultSet from, int column, DuckDBAppender to) throws SQLException;
    }

    static final Cell BOOLEAN = (from, column, to) -> {
        boolean value = from.getBoolean(column);
        if (from.wasNull()) to.appendNull();
        else to.append(value);
    };
    static final Cell BIGINT = (from, column, to) -> {
        long value = from.getLong(column);
        if (from.wasNull()) to.appendNull();
        else to.append(value);
    };
    static final Cell DOUBLE = (from, column, to) -> {
        double value = from.getDouble(column);
        if (from.wasNull() || !Double.isFinite(value)) to.appendNull();
        else to.append(value);
    };
    static final Cell TEXT = (from, column, to) -> to.append(from.getString(column));
    static final Cell DATE = (from, column, to) -> {
        LocalDate value = from.getObject(column, LocalDate.class);
        to.append(value == null || endless(value.getYear()) ? null : value);
    };
    static final Cell TIME = (from, column, to) -> to.append(from.getObject(column, LocalTime.class));
    static final Cell TIMESTAMP = (from, column, to) -> {
        LocalDateTime value = from.getObject(column, LocalDateTime.class);
        to.append(value == null || endless(value.getYear()) ? null : value);
    };
    static final Cell TIMESTAMP_WITH_ZONE = (from, column, to) -> {
        OffsetDateTime value = from.getObject(column, OffsetDateTime.class);
        boolean missing = value == null || endless(value.getYear());
        to.append(missing ? null : value.withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime());
    };
    /// Whole seconds or milliseconds since 1970, as in `Retyping.UNIX_TIME`.
    static final Cell UNIX_TIME = (from, column, to) -> {
        long value = from.getLong(column);
        if (from.wasNull()) to.appendNull();
        else to.append(unixTime(value));
    };

    private static LocalDateTime unixTime(long value) {
        long millis = Math.abs(value) < 100_000_000_000L ? value * 1000 : value;
        return LocalDateTime.ofEpochSecond(
                Math.floorDiv(millis, 1000L), (int) Math.floorMod(millis, 1000L) * 1_000_000, ZoneOffset.UTC);
    }

    /// PostgreSQL's `infinity` arrives as the last year Java knows; DuckDB ends long before.
    private static boolean endless(int year) {
        return year > 290_000 || year < -290_000;
    }

    /// @param rows what stands after FROM
    static void copy(Connection from, String rows, Staging staging, String table, List<JdbcColumn> columns)
            throws SQLException {
        String names =
                String.join(", ", columns.stream().map(c -> Sql.name(c.name())).toList());
        String query = "SELECT " + (names.isEmpty() ? "NULL" : names) + " FROM " + rows;
        String defined = columns.isEmpty()
                ? "nothing VARCHAR"
                : String.join(
                        ", ",
                        columns.stream()
                                .map(c -> Sql.name(c.name()) + " " + c.type())
                                .toList());
        staging.run("CREATE TABLE raw." + Sql.name(table) + " (" + defined + ")");
        try (Statement statement = from.createStatement()) {
            statement.setFetchSize(FETCHED);
            try (ResultSet results = statement.executeQuery(query)) {
                append(results, staging, table, columns);
            }
        } catch (SQLException e) {
            // What the copy lacks is not the other database's fault.
            if (DiskFull.says(e) && DiskFull.named(e).filter(Staging::holds).isPresent()) throw SqlFailure.of(query, e);
            throw e;
        }
    }

    private static void append(ResultSet rows, Staging staging, String table, List<JdbcColumn> columns)
            throws SQLException {
        DuckDBConnection into = staging.connection().unwrap(DuckDBConnection.class);
        try (DuckDBAppender appender = into.createAppender("raw", table)) {
            while (rows.next()) {
                appender.beginRow();
                if (columns.isEmpty()) appender.appendNull();
                for (int i = 0; i < columns.size(); i++) columns.get(i).cell().copy(rows, i + 1, appender);
                appender.endRow();
            }
        }
    }
}
