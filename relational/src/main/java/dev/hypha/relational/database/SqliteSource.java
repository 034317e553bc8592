package dev.hypha.relational.database;

import dev.hypha.graph.InputException;
import dev.hypha.relational.database.JdbcTable.JdbcColumn;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;

/// A SQLite file, read in one transaction. SQLite's columns have no types, only its values do, so that the type of each
/// column is decided by counting the types of its values.
final class SqliteSource implements Source {
    private final Path file;
    private final Staging staging;
    private final Warnings warnings;
    private final Connection connection;
    private final List<String> tables;

    SqliteSource(Path file, Staging staging, Warnings warnings) {
        this.file = file;
        this.staging = staging;
        this.warnings = warnings;
        Properties readOnly = new Properties();
        readOnly.setProperty("open_mode", "1");
        readOnly.setProperty("busy_timeout", "2000");
        try {
            connection = DriverManager.getConnection("jdbc:sqlite:" + file, readOnly);
            connection.setAutoCommit(false);
            tables = list(
                    "SELECT s.name FROM sqlite_master s JOIN pragma_table_list t ON t.name = s.name AND t.schema = 'main'"
                            + " WHERE s.type = 'table' AND t.type = 'table' AND s.name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
                            + " ORDER BY s.rowid",
                    r -> r.getString(1));
        } catch (SQLException e) {
            throw failure(file, e);
        }
    }

    static InputException failure(Path file, SQLException e) {
        String said = String.valueOf(e.getMessage());
        Map<String, Object> where = Map.of("file", file.toString());
        if (said.contains("SQLITE_BUSY") || said.contains("SQLITE_LOCKED"))
            return new InputException(
                    "database-locked",
                    "the database " + file + " is locked: another program is writing to it",
                    where,
                    "let it finish, or close it, and try again");
        if (said.contains("SQLITE_FULL"))
            return new InputException(
                    "disk-full", "the disk is full: " + file + " cannot grow", where, "free some space there");
        return new InputException(
                "unreadable-file",
                "the SQLite file " + file + " cannot be read: " + said.replaceFirst("^\\[(\\w+)] *", ""),
                where,
                "check or restore the file");
    }

    @Override
    public String kind() {
        return "SQLite";
    }

    @Override
    public List<String> tables() {
        return List.copyOf(tables);
    }

    @Override
    public Declared copy(String table) {
        try {
            Set<String> text = new HashSet<>();
            List<JdbcColumn> columns = columns(table, text);
            String names = columns.isEmpty()
                    ? "NULL"
                    : String.join(
                            ", ", columns.stream().map(c -> Sql.name(c.name())).toList());
            JdbcTable.copy(connection, "SELECT " + names + " FROM " + Sql.name(table), staging, table, columns);
            return new Declared(key(table), references(table), text);
        } catch (SQLException e) {
            throw failure(file, e);
        }
    }

    /// How often each type of value stands in a column.
    private record Values(long whole, long real, long text, long binary, long least, long most) {}

    private List<JdbcColumn> columns(String table, Set<String> text) throws SQLException {
        List<JdbcColumn> columns = new ArrayList<>();
        for (var column : list(
                "SELECT name, upper(type) FROM pragma_table_xinfo(" + Sql.text(table)
                        + ") WHERE hidden <> 1 ORDER BY cid",
                r -> List.of(r.getString(1), r.getString(2)))) {
            String name = column.getFirst();
            if (RawTables.reserved(warnings, table, name)) continue;
            Values values = values(table, name);
            if (values.binary > 0 && values.whole + values.real + values.text == 0) {
                warnings.add(RawTables.binary(table, name));
                continue;
            }
            columns.add(column(name, column.getLast(), values, text));
        }
        return columns;
    }

    private Values values(String table, String column) throws SQLException {
        String name = Sql.name(column);
        StringBuilder query = new StringBuilder("SELECT ");
        for (String type : List.of("integer", "real", "text", "blob"))
            query.append("count(*) FILTER (WHERE typeof(")
                    .append(name)
                    .append(") = '")
                    .append(type)
                    .append("'), ");
        query.append("coalesce(min(")
                .append(name)
                .append("), 0), coalesce(max(")
                .append(name)
                .append("), 0) FROM ");
        query.append(Sql.name(table));
        return list(
                        query.toString(),
                        r -> new Values(
                                r.getLong(1), r.getLong(2), r.getLong(3), r.getLong(4), r.getLong(5), r.getLong(6)))
                .getFirst();
    }

    private static JdbcColumn column(String name, String declared, Values values, Set<String> text) {
        boolean date = declared.contains("DATE") || declared.contains("TIME");
        boolean number = declared.matches(".*(INT|REAL|FLOA|DOUB|NUM|DEC).*");
        if (values.text > 0 || values.binary > 0 || (values.whole + values.real == 0 && !number)) {
            // Text in a column declared as a number comes from an import of text: empty cells and the like.
            if (number) text.add(name);
            return new JdbcColumn(name, "VARCHAR", number || date ? EMPTY_IS_MISSING : JdbcTable.TEXT);
        }
        if (values.real > 0) return new JdbcColumn(name, "DOUBLE", JdbcTable.DOUBLE);
        if (declared.contains("BOOL") && values.least >= 0 && values.most <= 1)
            return new JdbcColumn(name, "BOOLEAN", JdbcTable.BOOLEAN);
        if (date) return new JdbcColumn(name, "TIMESTAMP", JdbcTable.UNIX_TIME);
        return new JdbcColumn(name, "BIGINT", JdbcTable.BIGINT);
    }

    private static final JdbcTable.Cell EMPTY_IS_MISSING = (from, column, to) -> {
        String value = from.getString(column);
        to.append(value == null || value.isBlank() || value.equals("\\N") || value.equals("NULL") ? null : value);
    };

    private List<String> key(String table) throws SQLException {
        return list(
                "SELECT name FROM pragma_table_info(" + Sql.text(table) + ") WHERE pk > 0 ORDER BY pk",
                r -> r.getString(1));
    }

    private List<Reference> references(String table) throws SQLException {
        List<Reference> references = new ArrayList<>();
        Map<Integer, Integer> widths = new HashMap<>();
        String from = " FROM pragma_foreign_key_list(" + Sql.text(table) + ")";
        list("SELECT id" + from, r -> widths.merge(r.getInt(1), 1, Integer::sum));
        list("SELECT id, \"from\", \"table\", \"to\"" + from + " ORDER BY id", r -> {
            if (widths.get(r.getInt(1)) > 1) return false;
            // SQLite keeps the case in which the parent was written, and null where its primary key is meant.
            String written = r.getString(3);
            String parent = tables.stream()
                    .filter(t -> t.toLowerCase(Locale.ROOT).equals(written.toLowerCase(Locale.ROOT)))
                    .findFirst()
                    .orElse(written);
            List<String> keys = r.getString(4) == null ? key(parent) : List.of(r.getString(4));
            return keys.size() == 1 && references.add(new Reference(r.getString(2), parent, keys.getFirst()));
        });
        return references;
    }

    private <T> List<T> list(String sql, Staging.Row<T> row) throws SQLException {
        try (Statement s = connection.createStatement();
                ResultSet results = s.executeQuery(sql)) {
            List<T> all = new ArrayList<>();
            while (results.next()) all.add(row.read(results));
            return all;
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw failure(file, e);
        }
    }
}
