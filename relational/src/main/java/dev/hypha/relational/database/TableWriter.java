package dev.hypha.relational.database;

import dev.hypha.graph.InputException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Writes a table of predictions into the user's database in one transaction.
final class TableWriter {
    private static final int BATCH = 1_000;
    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);

    private final Staging staging;
    private final Location where;
    private final String shown;

    /// @param shown the location without a password
    TableWriter(Staging staging, Location where, String shown) {
        this.staging = staging;
        this.where = where;
        this.shown = shown;
    }

    /// A column to write: its name and staged type.
    private record Written(String name, String type, String expression) {}

    void write(String table, Path parquet) {
        String rows = "read_parquet(" + Sql.text(parquet.toString()) + ")";
        List<Written> columns = staging.list(
                "DESCRIBE SELECT * FROM " + rows,
                r -> new Written(
                        r.getString(1),
                        r.getString(2),
                        StagedTypes.expression(Sql.name(r.getString(1)), r.getString(2))
                                .orElseThrow()));
        if (!predictions(columns.stream().map(Written::name).toList()))
            throw new IllegalArgumentException("predictions are a key, time, prediction... and model, not " + columns);
        switch (where) {
            case Location.Folder folder -> throw folder(folder.path());
            case Location.DuckDbFile file -> intoDuckDb(file.path(), table, rows);
            case Location.SqliteFile file -> intoSqlite(file.path(), table, rows, columns);
            case Location.PostgreSql server -> intoPostgreSql(server.url(), table, rows, columns);
        }
    }

    /// @return whether a table of these columns is one that Hypha wrote, and may be replaced
    static boolean predictions(List<String> columns) {
        int last = columns.size() - 1;
        return last >= 3
                && columns.get(1).equals("time")
                && columns.get(last).equals("model")
                && columns.subList(2, last).stream().allMatch(c -> c.startsWith("prediction"));
    }

    private static InputException folder(Path folder) {
        return new InputException(
                "no-tables-here",
                "the folder " + folder + " holds files and takes no table",
                Map.of("folder", folder.toString()),
                "write a file with --out instead of --into");
    }

    private void intoDuckDb(Path file, String table, String rows) {
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + file);
                Statement s = connection.createStatement()) {
            s.execute("SET autoinstall_known_extensions=false");
            s.execute("SET autoload_known_extensions=false");
            connection.setAutoCommit(false);
            refuseOther(
                    s,
                    table,
                    "SELECT column_name FROM duckdb_columns() WHERE database_name = current_database() AND schema_name = 'main'"
                            + " AND lower(table_name) = lower(" + Sql.text(table) + ") ORDER BY column_index");
            s.execute("CREATE OR REPLACE TABLE " + Sql.name(table) + " AS SELECT * FROM " + rows);
            connection.commit();
        } catch (SQLException e) {
            if (String.valueOf(e.getMessage()).contains("No space left")) throw SqlFailure.of("CREATE TABLE", e);
            throw DuckDbSource.notOpened(file, String.valueOf(e.getMessage()));
        }
    }

    private void intoSqlite(Path file, String table, String rows, List<Written> columns) {
        // An immediate transaction takes the lock for writing at once, not after the rows are made.
        try (Connection connection = DriverManager.getConnection(
                        "jdbc:sqlite:" + file + "?transaction_mode=IMMEDIATE&busy_timeout=2000");
                Statement s = connection.createStatement()) {
            connection.setAutoCommit(false);
            refuseOther(s, table, "SELECT name FROM pragma_table_info(" + Sql.text(table) + ") ORDER BY cid");
            replace(connection, table, rows, columns, type -> switch (type) {
                case "BIGINT", "BOOLEAN" -> "INTEGER";
                case "DOUBLE" -> "REAL";
                default -> "TEXT";
            });
        } catch (SQLException e) {
            throw SqliteSource.failure(file, e);
        }
    }

    private void intoPostgreSql(String url, String table, String rows, List<Written> columns) {
        try (Connection connection = DriverManager.getConnection(url);
                Statement s = connection.createStatement()) {
            connection.setAutoCommit(false);
            refuseOther(
                    s,
                    table,
                    "SELECT column_name FROM information_schema.columns WHERE table_schema = current_schema() AND table_name = "
                            + Sql.text(table) + " ORDER BY ordinal_position");
            replace(connection, table, rows, columns, type -> switch (type) {
                case "DOUBLE" -> "double precision";
                case "VARCHAR" -> "text";
                default -> type;
            });
        } catch (SQLException e) {
            throw PostgreSqlSource.failure(url, e);
        }
    }

    private void refuseOther(Statement s, String table, String columnsOf) throws SQLException {
        List<String> present = new ArrayList<>();
        try (ResultSet columns = s.executeQuery(columnsOf)) {
            while (columns.next()) present.add(columns.getString(1));
        }
        if (present.isEmpty() || predictions(present)) return;
        throw new InputException(
                "table-exists",
                shown + " has a table " + table + " that Hypha did not write",
                Map.of("database", shown, "table", table),
                "choose another name for --into");
    }

    /// Names another database's type for a staged one.
    private interface TypeName {
        String of(String staged);
    }

    private void replace(Connection into, String table, String rows, List<Written> columns, TypeName types)
            throws SQLException {
        String beside = Sql.name("hypha_new_" + ProcessHandle.current().pid());
        List<String> definitions = columns.stream()
                .map(c -> Sql.name(c.name) + " " + types.of(stagedType(rows, c)))
                .toList();
        try (Statement s = into.createStatement()) {
            s.execute("CREATE TABLE " + beside + " (" + String.join(", ", definitions) + ")");
            fill(into, beside, rows, columns);
            s.execute("DROP TABLE IF EXISTS " + Sql.name(table));
            s.execute("ALTER TABLE " + beside + " RENAME TO " + Sql.name(table));
        }
        into.commit();
    }

    private String stagedType(String rows, Written column) {
        return staging.list("DESCRIBE SELECT " + column.expression + " AS c FROM " + rows, r -> r.getString(2))
                .getFirst();
    }

    private void fill(Connection into, String beside, String rows, List<Written> columns) throws SQLException {
        String places = String.join(", ", columns.stream().map(c -> "?").toList());
        String expressions =
                String.join(", ", columns.stream().map(Written::expression).toList());
        boolean text = where instanceof Location.SqliteFile;
        try (PreparedStatement insert = into.prepareStatement("INSERT INTO " + beside + " VALUES (" + places + ")");
                Statement select = staging.connection().createStatement();
                ResultSet from = select.executeQuery("SELECT " + expressions + " FROM " + rows)) {
            long n = 0;
            while (from.next()) {
                for (int i = 1; i <= columns.size(); i++) insert.setObject(i, value(from, i, text));
                insert.addBatch();
                if (++n % BATCH == 0) insert.executeBatch();
            }
            insert.executeBatch();
        }
    }

    /// @param text true for a database without date types, which gets them as ISO text
    private static Object value(ResultSet from, int column, boolean text) throws SQLException {
        String type = from.getMetaData().getColumnTypeName(column);
        Object value = switch (type) {
            case "DATE" -> from.getObject(column, LocalDate.class);
            case "TIMESTAMP" -> from.getObject(column, LocalDateTime.class);
            case "TIME" -> from.getObject(column, LocalTime.class);
            default -> from.getObject(column);
        };
        if (!text) return value;
        return switch (value) {
            case LocalDateTime instant -> SECONDS.format(instant);
            case LocalDate date -> date.toString();
            case LocalTime time -> time.toString();
            case null, default -> value;
        };
    }
}
