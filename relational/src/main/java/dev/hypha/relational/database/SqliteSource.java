package dev.hypha.relational.database;

import dev.hypha.graph.InputException;
import dev.hypha.relational.database.JdbcTable.JdbcColumn;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
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
            tables = Queries.list(
                    connection,
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
            JdbcTable.copy(connection, Sql.name(table), staging, table, columns);
            return new Declared(key(table), references(table), text);
        } catch (SQLException e) {
            throw failure(file, e);
        }
    }

    /// How often each type of value stands in a column.
    private record Values(long whole, long real, long text, long binary, long least, long most) {}

    private List<JdbcColumn> columns(String table, Set<String> text) throws SQLException {
        List<JdbcColumn> columns = new ArrayList<>();
        for (var column : Queries.list(
                connection,
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
        return Queries.list(
                        connection,
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
        return Queries.list(
                connection,
                "SELECT name FROM pragma_table_info(" + Sql.text(table) + ") WHERE pk > 0 ORDER BY pk",
                r -> r.getString(1));
    }

    private List<Reference> references(String table) throws SQLException {
        Map<Integer, List<Reference>> declared = new LinkedHashMap<>();
        Queries.list(
                connection,
                "SELECT id, \"from\", \"table\", \"to\" FROM pragma_foreign_key_list(" + Sql.text(table)
                        + ") ORDER BY id, seq",
                r -> declared.computeIfAbsent(r.getInt(1), id -> new ArrayList<>())
                        .add(new Reference(r.getString(2), parent(r.getString(3)), r.getString(4))));
        List<Reference> references = new ArrayList<>();
        for (List<Reference> one : declared.values()) {
            Reference first = one.getFirst();
            // Null where the parent's primary key is meant.
            List<String> keys = first.key() == null ? key(first.table()) : List.of(first.key());
            if (one.size() > 1) {
                List<String> columns = one.stream().map(Reference::column).toList();
                warnings.add(RawTables.severalColumns(table, columns, first.table()));
            } else if (keys.size() == 1) {
                references.add(new Reference(first.column(), first.table(), keys.getFirst()));
            }
        }
        return references;
    }

    /// SQLite keeps the case in which the parent was written.
    private String parent(String written) {
        return tables.stream()
                .filter(t -> t.equalsIgnoreCase(written))
                .findFirst()
                .orElse(written);
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
