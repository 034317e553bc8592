package dev.hypha.relational.database;

import dev.hypha.graph.InputException;
import dev.hypha.relational.database.JdbcTable.JdbcColumn;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A PostgreSQL database, read in one read-only transaction that sees one state of all tables.
final class PostgreSqlSource implements Source {
    /// User tables: ordinary and partitioned ones (not their parts), none that an extension or a session made.
    private static final String TABLES =
            "SELECT n.nspname, c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
                    + " WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relpersistence <> 't'"
                    + " AND n.nspname <> 'information_schema' AND n.nspname NOT LIKE 'pg\\_%'"
                    + " AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')"
                    + " ORDER BY n.nspname, c.relname";
    private static final String CONSTRAINT = "SELECT (SELECT string_agg(a.attname, chr(31) ORDER BY k.i) FROM"
            + " unnest(c.conkey) WITH ORDINALITY k(n, i) JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k.n),"
            + " pn.nspname, p.relname, (SELECT a.attname FROM pg_attribute a WHERE a.attrelid = c.confrelid AND a.attnum = c.confkey[1])"
            + " FROM pg_constraint c LEFT JOIN pg_class p ON p.oid = c.confrelid LEFT JOIN pg_namespace pn ON pn.oid = p.relnamespace"
            + " WHERE c.contype = '%s' AND c.conrelid = %s::regclass ORDER BY c.conname";

    private final String url;
    private final Staging staging;
    private final Warnings warnings;
    private final Connection connection;
    private final Map<String, QualifiedName> tables;

    PostgreSqlSource(String url, Staging staging, Warnings warnings) {
        this.url = url;
        this.staging = staging;
        this.warnings = warnings;
        try {
            connection = DriverManager.getConnection(url);
            connection.setReadOnly(true);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            // Without autocommit the driver fetches by cursor, and all tables are read in one transaction.
            connection.setAutoCommit(false);
            tables = QualifiedName.staged(
                    Queries.list(connection, TABLES, r -> new QualifiedName(r.getString(1), r.getString(2))), "public");
        } catch (SQLException e) {
            throw failure(url, e);
        }
    }

    static InputException failure(String url, SQLException e) {
        String shown = Location.redacted(url);
        String state = String.valueOf(e.getSQLState());
        Map<String, Object> where = Map.of("database", shown);
        String said = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
        if (state.startsWith("28"))
            return new InputException(
                    "wrong-password",
                    shown + " refuses the user or password: " + said,
                    where,
                    "give user=U&password=P in the URL");
        if (state.equals("3D000"))
            return new InputException(
                    "unknown-database",
                    shown + " has no such database: " + said,
                    where,
                    "check the name after the last slash");
        if (state.startsWith("08") || state.equals("57P03") || state.equals("57P01"))
            return new InputException(
                    "database-down",
                    "the server of " + shown + " cannot be reached: " + said,
                    where,
                    "check that it runs, and host and port");
        if (state.equals("42501"))
            return new InputException(
                    "not-allowed",
                    shown + " refuses: " + said,
                    where,
                    "grant SELECT to the user, or leave the table out");
        if (state.equals("53100"))
            return new InputException("disk-full", "the disk of " + shown + " is full", where, "free some space there");
        return new InputException("database-failed", shown + " failed: " + said, where, "see the server's log");
    }

    @Override
    public String kind() {
        return "PostgreSQL";
    }

    @Override
    public List<String> tables() {
        return List.copyOf(tables.keySet());
    }

    @Override
    public Declared copy(String table) {
        QualifiedName source = tables.get(table);
        String from = Sql.name(source.schema()) + "." + Sql.name(source.table());
        try {
            List<JdbcColumn> columns = columns(table, from);
            List<String> key = key(from);
            // A table's rows lie in no promised order: that of the key is stable, the place on disk the next best.
            String order = key.isEmpty()
                    ? "tableoid, ctid"
                    : String.join(", ", key.stream().map(Sql::name).toList());
            JdbcTable.copy(connection, from + " ORDER BY " + order, staging, table, columns);
            return new Declared(key, references(table, from), Set.of());
        } catch (SQLException e) {
            throw failure(url, e);
        }
    }

    private List<JdbcColumn> columns(String table, String from) throws SQLException {
        List<JdbcColumn> columns = new ArrayList<>();
        try (Statement s = connection.createStatement();
                ResultSet none = s.executeQuery("SELECT * FROM " + from + " LIMIT 0")) {
            ResultSetMetaData meta = none.getMetaData();
            for (int i = 1; i <= meta.getColumnCount(); i++) {
                String name = meta.getColumnName(i);
                if (RawTables.reserved(warnings, table, name)) continue;
                if (columns.stream().anyMatch(c -> c.name().equalsIgnoreCase(name))) {
                    warnings.add(
                            table + "." + name + " is left out: another column differs in upper and lower case only");
                    continue;
                }
                column(name, meta.getColumnTypeName(i), meta.getPrecision(i), meta.getScale(i))
                        .ifPresentOrElse(columns::add, () -> warnings.add(RawTables.binary(table, name)));
            }
        }
        return columns;
    }

    private static Optional<JdbcColumn> column(String name, String type, int precision, int scale) {
        return switch (type) {
            case "bytea" -> Optional.empty();
            case "bool" -> Optional.of(new JdbcColumn(name, "BOOLEAN", JdbcTable.BOOLEAN));
            case "int2", "int4", "int8", "oid", "serial", "smallserial", "bigserial" ->
                Optional.of(new JdbcColumn(name, "BIGINT", JdbcTable.BIGINT));
            case "float4", "float8" -> Optional.of(new JdbcColumn(name, "DOUBLE", JdbcTable.DOUBLE));
            case "numeric" -> {
                boolean whole = scale == 0 && precision > 0 && precision <= 18;
                yield Optional.of(
                        new JdbcColumn(name, whole ? "BIGINT" : "DOUBLE", whole ? JdbcTable.BIGINT : JdbcTable.DOUBLE));
            }
            case "date" -> Optional.of(new JdbcColumn(name, "DATE", JdbcTable.DATE));
            case "time" -> Optional.of(new JdbcColumn(name, "TIME", JdbcTable.TIME));
            case "timestamp" -> Optional.of(new JdbcColumn(name, "TIMESTAMP", JdbcTable.TIMESTAMP));
            case "timestamptz" -> Optional.of(new JdbcColumn(name, "TIMESTAMP", JdbcTable.TIMESTAMP_WITH_ZONE));
            default -> Optional.of(new JdbcColumn(name, "VARCHAR", JdbcTable.TEXT));
        };
    }

    private List<String> key(String from) throws SQLException {
        List<List<String>> keys = Queries.list(
                connection,
                CONSTRAINT.formatted("p", Sql.text(from)),
                r -> List.of(r.getString(1).split("\u001f", -1)));
        return keys.isEmpty() ? List.of() : keys.getFirst();
    }

    private List<Reference> references(String table, String from) throws SQLException {
        List<Reference> references = new ArrayList<>();
        Queries.list(connection, CONSTRAINT.formatted("f", Sql.text(from)), r -> {
            List<String> columns = List.of(r.getString(1).split("\u001f", -1));
            String parent = QualifiedName.stagedName(tables, new QualifiedName(r.getString(2), r.getString(3)));
            if (columns.size() == 1) return references.add(new Reference(columns.getFirst(), parent, r.getString(4)));
            warnings.add(RawTables.severalColumns(table, columns, parent));
            return false;
        });
        return references;
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw failure(url, e);
        }
    }
}
