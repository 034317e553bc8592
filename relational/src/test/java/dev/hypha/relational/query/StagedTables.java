package dev.hypha.relational.query;

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

/// Tables staged in an embedded database by hand, as `Database` would stage them, for tests of what comes after.
public final class StagedTables implements AutoCloseable {
    private final Connection connection;
    private final List<Table> tables = new ArrayList<>();

    public StagedTables() {
        try {
            connection = DriverManager.getConnection("jdbc:duckdb:");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        run("SET autoinstall_known_extensions = false; SET autoload_known_extensions = false; CREATE SCHEMA data");
    }

    public Connection connection() {
        return connection;
    }

    public Schema schema() {
        return new Schema(tables);
    }

    public void run(String sql) {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /// The rows of a query, each value as `getObject` gives it.
    public List<List<Object>> rows(String sql) {
        try (Statement statement = connection.createStatement();
                ResultSet results = statement.executeQuery(sql)) {
            List<List<Object>> rows = new ArrayList<>();
            while (results.next()) {
                List<Object> row = new ArrayList<>();
                for (int i = 1; i <= results.getMetaData().getColumnCount(); i++) row.add(results.getObject(i));
                rows.add(row);
            }
            return rows;
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /// Stages a table.
    ///
    /// @param key the primary key column, or null
    /// @param foreignKeys column to `table.key`
    /// @param time a TIMESTAMP expression over the rows of `select`, or null for a table without time
    /// @param types of columns that are not what their SQL type suggests
    /// @param select the rows
    public void table(
            String name,
            String key,
            Map<String, String> foreignKeys,
            String time,
            Map<String, ColumnType> types,
            String select) {
        run("CREATE TABLE " + Sql.table(name) + " AS SELECT *, CAST(row_number() OVER () - 1 AS INTEGER) AS _row, "
                + (time == null ? "CAST(NULL AS TIMESTAMP)" : "CAST(" + time + " AS TIMESTAMP)") + " AS _time FROM ("
                + select + ")");
        List<Column> columns = rows("DESCRIBE " + Sql.table(name)).stream()
                .filter(row -> !row.getFirst().toString().startsWith("_"))
                .map(row -> column(row.getFirst().toString(), row.get(1).toString(), types))
                .toList();
        List<ForeignKey> keys = foreignKeys.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(e -> foreignKey(e.getKey(), e.getValue()))
                .toList();
        Optional<TimeRule> rule = Optional.ofNullable(time)
                .map(t -> new TimeRule(
                        List.of(new TimeRule.Term("", columns.getFirst().name())), 0));
        long n = ((Number) rows("SELECT count(*) FROM " + Sql.table(name))
                        .getFirst()
                        .getFirst())
                .longValue();
        tables.add(new Table(name, columns, Optional.ofNullable(key), keys, rule, n));
    }

    private static ForeignKey foreignKey(String column, String target) {
        int dot = target.indexOf('.');
        return new ForeignKey(column, target.substring(0, dot), target.substring(dot + 1), 0);
    }

    private static Column column(String name, String sqlType, Map<String, ColumnType> types) {
        ColumnType usual = switch (ValueType.of(sqlType)) {
            case NUMBER -> ColumnType.NUMERICAL;
            case BOOLEAN -> ColumnType.BOOLEAN;
            case TIME -> ColumnType.TIMESTAMP;
            case TEXT, LIST, OTHER -> ColumnType.CATEGORICAL;
        };
        return new Column(name, sqlType, types.getOrDefault(name, usual), false);
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
