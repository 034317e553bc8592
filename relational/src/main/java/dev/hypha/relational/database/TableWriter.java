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
    private static final String MARK = "predictions by Hypha";
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

    /// Tries everything that `write` needs but the rows, and leaves nothing behind, so that a person learns of a table
    /// that cannot be written before the work and not after it.
    void check(String table) {
        change(table, connection -> {
            try (Statement s = connection.createStatement()) {
                s.execute("CREATE TABLE " + beside() + " (probe INTEGER)");
            }
            connection.rollback();
        });
    }

    void write(String table, Path parquet) {
        String rows = "read_parquet(" + Sql.text(parquet.toString()) + ")";
        List<Written> columns = staging.list(
                "DESCRIBE SELECT * FROM " + rows,
                r -> new Written(
                        r.getString(1),
                        r.getString(2),
                        StagedTypes.expression(Sql.name(r.getString(1)), r.getString(2))
                                .orElseThrow()));
        if (!PredictionTable.is(columns.stream().map(Written::name).toList()))
            throw new IllegalArgumentException("predictions are a key, time, prediction... and model, not " + columns);
        change(table, connection -> {
            if (where instanceof Location.DuckDbFile) replaceFromFile(connection, table, rows);
            else replace(connection, table, rows, columns);
            connection.commit();
        });
    }

    /// Part of a transaction on the user's database.
    @FunctionalInterface
    private interface Change {
        void on(Connection connection) throws SQLException;
    }

    private void change(String table, Change change) {
        try (Connection connection = connect();
                Statement s = connection.createStatement()) {
            connection.setAutoCommit(false);
            refuseOther(s, table);
            change.on(connection);
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    private Connection connect() throws SQLException {
        return switch (where) {
            case Location.Folder folder -> throw folder(folder.path());
            case Location.DuckDbFile file -> duckDb(file.path());
            // An immediate transaction takes the lock for writing at once, not after the rows are made.
            case Location.SqliteFile file ->
                DriverManager.getConnection(
                        "jdbc:sqlite:" + file.path() + "?transaction_mode=IMMEDIATE&busy_timeout=2000");
            case Location.PostgreSql server -> DriverManager.getConnection(server.url());
        };
    }

    private static Connection duckDb(Path file) throws SQLException {
        Connection connection = DriverManager.getConnection("jdbc:duckdb:" + file);
        try (Statement s = connection.createStatement()) {
            s.execute("SET autoinstall_known_extensions=false");
            s.execute("SET autoload_known_extensions=false");
        }
        return connection;
    }

    private InputException failure(SQLException e) {
        String said = String.valueOf(e.getMessage());
        if (said.contains("No space left")) throw SqlFailure.of("CREATE TABLE", e);
        if (said.contains("readonly database")
                || said.contains("Permission denied")
                || said.contains("permission denied"))
            return new InputException(
                    "unwritable",
                    shown + " cannot be written",
                    Map.of("database", shown),
                    "make it writable, or leave --into out: the run has the predictions as a file");
        return switch (where) {
            case Location.Folder folder -> folder(folder.path());
            case Location.DuckDbFile file -> DuckDbSource.notOpened(file.path(), said);
            case Location.SqliteFile file -> SqliteSource.failure(file.path(), e);
            case Location.PostgreSql server -> PostgreSqlSource.failure(server.url(), e);
        };
    }

    private static InputException folder(Path folder) {
        return new InputException(
                "no-tables-here",
                "the folder " + folder + " holds files and takes no table",
                Map.of("folder", folder.toString()),
                "write a file with --out instead of --into");
    }

    private void refuseOther(Statement s, String table) throws SQLException {
        List<String> present = new ArrayList<>();
        try (ResultSet columns = s.executeQuery(columnsOf(table))) {
            while (columns.next()) present.add(columns.getString(1));
        }
        if (present.isEmpty() || (PredictionTable.is(present) && marked(s, table))) return;
        throw new InputException(
                "table-exists",
                shown + " has a table " + table + " that Hypha did not write",
                Map.of("database", shown, "table", table),
                "choose another name for --into");
    }

    /// Whether the table bears the mark that Hypha leaves on its own: a comment, in SQLite one within its statement.
    private boolean marked(Statement s, String table) throws SQLException {
        String comment = switch (where) {
            case Location.Folder folder -> throw folder(folder.path());
            case Location.DuckDbFile _ ->
                "SELECT comment FROM duckdb_tables() WHERE database_name = current_database() AND schema_name = 'main'"
                        + " AND lower(table_name) = lower(" + Sql.text(table) + ")";
            case Location.SqliteFile _ ->
                "SELECT sql FROM sqlite_master WHERE type = 'table' AND lower(name) = lower(" + Sql.text(table) + ")";
            case Location.PostgreSql _ ->
                "SELECT obj_description(to_regclass(quote_ident(current_schema()) || '.' || quote_ident("
                        + Sql.text(table) + ")), 'pg_class')";
        };
        try (ResultSet found = s.executeQuery(comment)) {
            return found.next() && String.valueOf(found.getString(1)).contains(MARK);
        }
    }

    private String columnsOf(String table) {
        return switch (where) {
            case Location.Folder folder -> throw folder(folder.path());
            case Location.DuckDbFile _ ->
                "SELECT column_name FROM duckdb_columns() WHERE database_name = current_database() AND schema_name = 'main'"
                        + " AND lower(table_name) = lower(" + Sql.text(table) + ") ORDER BY column_index";
            case Location.SqliteFile _ -> "SELECT name FROM pragma_table_info(" + Sql.text(table) + ") ORDER BY cid";
            case Location.PostgreSql _ ->
                "SELECT column_name FROM information_schema.columns WHERE table_schema = current_schema() AND table_name = "
                        + Sql.text(table) + " ORDER BY ordinal_position";
        };
    }

    private static String beside() {
        return Sql.name("hypha_new_" + ProcessHandle.current().pid());
    }

    private static void replaceFromFile(Connection into, String table, String rows) throws SQLException {
        try (Statement s = into.createStatement()) {
            s.execute("CREATE OR REPLACE TABLE " + Sql.name(table) + " AS SELECT * FROM " + rows);
            s.execute("COMMENT ON TABLE " + Sql.name(table) + " IS " + Sql.text(MARK));
        }
    }

    private void replace(Connection into, String table, String rows, List<Written> columns) throws SQLException {
        String beside = beside();
        List<String> definitions = columns.stream()
                .map(c -> Sql.name(c.name) + " " + typeName(stagedType(rows, c)))
                .toList();
        try (Statement s = into.createStatement()) {
            String mark = where instanceof Location.SqliteFile ? " /* " + MARK + " */" : "";
            s.execute("CREATE TABLE " + beside + " (" + String.join(", ", definitions) + mark + ")");
            fill(into, beside, rows, columns);
            s.execute("DROP TABLE IF EXISTS " + Sql.name(table));
            s.execute("ALTER TABLE " + beside + " RENAME TO " + Sql.name(table));
            if (mark.isEmpty()) s.execute("COMMENT ON TABLE " + Sql.name(table) + " IS " + Sql.text(MARK));
        }
    }

    /// The user's database's name of a staged type.
    private String typeName(String staged) {
        if (where instanceof Location.SqliteFile) {
            return switch (staged) {
                case "BIGINT", "BOOLEAN" -> "INTEGER";
                case "DOUBLE" -> "REAL";
                default -> "TEXT";
            };
        }
        return switch (staged) {
            case "DOUBLE" -> "double precision";
            case "VARCHAR" -> "text";
            default -> staged;
        };
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
