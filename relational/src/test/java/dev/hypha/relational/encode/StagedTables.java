package dev.hypha.relational.encode;

import dev.hypha.relational.database.Sql;
import dev.hypha.relational.schema.Column;
import dev.hypha.relational.schema.ColumnType;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A staged database in memory, for tests: tables given as SQL, with `_row` in the SQL's order and `_time` from a
/// column.
public final class StagedTables implements AutoCloseable {
    private final Connection connection;
    private final List<Table> tables = new ArrayList<>();

    public StagedTables() throws SQLException {
        connection = DriverManager.getConnection("jdbc:duckdb:");
        execute("SET autoinstall_known_extensions = false");
        execute("SET autoload_known_extensions = false");
        // Tables in tests are small: more threads only cost time.
        execute("SET threads = 1");
        execute("CREATE SCHEMA data");
    }

    public Connection connection() {
        return connection;
    }

    public Schema schema() {
        return new Schema(tables);
    }

    public void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /// @param select yields the rows
    /// @param key the primary key's column, or empty
    /// @param time the time column, or empty for a table without time
    /// @param types columns that mean something else than their SQL type says
    /// @param foreign `column -> table.key`
    public void add(
            String name, String select, String key, String time, Map<String, ColumnType> types, String... foreign)
            throws SQLException {
        String instant = time.isEmpty() ? "NULL::TIMESTAMP" : "CAST(" + time + " AS TIMESTAMP)";
        execute("CREATE OR REPLACE TABLE " + Sql.table(name)
                + " AS SELECT *, CAST(row_number() OVER () - 1 AS INTEGER) AS _row, " + instant + " AS _time FROM ("
                + select + ")");
        Optional<TimeRule> rule =
                time.isEmpty() ? Optional.empty() : Optional.of(new TimeRule(List.of(new TimeRule.Term("", time)), 0));
        Optional<String> primary = key.isEmpty() ? Optional.empty() : Optional.of(key);
        tables.removeIf(t -> t.name().equals(name));
        tables.add(new Table(name, columns(name, types), primary, keys(foreign), rule, count(name)));
    }

    private List<Column> columns(String table, Map<String, ColumnType> types) throws SQLException {
        List<Column> columns = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("DESCRIBE " + Sql.table(table))) {
            while (rows.next()) {
                String column = rows.getString(1);
                String sqlType = rows.getString(2);
                if (!column.startsWith("_")) {
                    columns.add(new Column(column, sqlType, types.getOrDefault(column, type(sqlType)), false));
                }
            }
        }
        return columns;
    }

    private static ColumnType type(String sqlType) {
        return switch (sqlType) {
            case "VARCHAR" -> ColumnType.CATEGORICAL;
            case "BOOLEAN" -> ColumnType.BOOLEAN;
            case "DATE", "TIMESTAMP" -> ColumnType.TIMESTAMP;
            default -> ColumnType.NUMERICAL;
        };
    }

    private static List<ForeignKey> keys(String... foreign) {
        List<ForeignKey> keys = new ArrayList<>();
        for (String key : foreign) {
            String[] parts = key.split(" -> |\\.", -1);
            keys.add(new ForeignKey(parts[0], parts[1], parts[2], 0));
        }
        return keys;
    }

    private long count(String table) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT count(*) FROM " + Sql.table(table))) {
            rows.next();
            return rows.getLong(1);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
