package dev.hypha.relational.database;

import dev.hypha.graph.InputException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A DuckDB file, attached for reading only, so that no other process changes it meanwhile.
final class DuckDbSource implements Source {
    private static final String ATTACHED = "source_";

    private final Path file;
    private final Staging staging;
    private final Warnings warnings;
    private final RawTables raw;
    private final Map<String, QualifiedName> tables;

    DuckDbSource(Path file, Staging staging, Warnings warnings) {
        this.file = file;
        this.staging = staging;
        this.warnings = warnings;
        this.raw = new RawTables(staging, warnings);
        try {
            staging.run("ATTACH " + Sql.text(file.toString()) + " AS " + ATTACHED + " (READ_ONLY)");
        } catch (SqlFailure e) {
            throw notOpened(file, e.said());
        }
        this.tables = QualifiedName.staged(
                staging.list(
                        "SELECT schema_name, table_name FROM duckdb_tables() WHERE database_name = '" + ATTACHED
                                + "' AND NOT internal ORDER BY schema_name, table_oid",
                        r -> new QualifiedName(r.getString(1), r.getString(2))),
                "main");
    }

    /// @param said the message of the embedded database
    static InputException notOpened(Path file, String said) {
        Map<String, Object> where = Map.of("file", file.toString());
        if (said.contains("Could not set lock") || said.contains("Conflicting lock"))
            return new InputException(
                    "database-locked",
                    "the database " + file + " is locked: another process holds it open for writing",
                    where,
                    "close that program (or its notebook) and try again");
        if (said.contains("different configuration") || said.contains("already attached"))
            return new InputException(
                    "database-locked",
                    "the database " + file + " is open for writing in this very process",
                    where,
                    "close that connection and try again");
        String reason = said.lines().findFirst().orElse("").replaceFirst("^[A-Za-z ]*Error: ", "");
        return new InputException(
                "unreadable-file",
                "the DuckDB file " + file + " cannot be read: " + reason,
                where,
                "check or restore the file");
    }

    @Override
    public String kind() {
        return "DuckDB";
    }

    @Override
    public List<String> tables() {
        return List.copyOf(tables.keySet());
    }

    @Override
    public Declared copy(String table) {
        QualifiedName source = tables.get(table);
        try {
            raw.create(table, ATTACHED + "." + Sql.name(source.schema()) + "." + Sql.name(source.table()));
        } catch (SqlFailure e) {
            throw notOpened(file, e.said());
        }
        return declared(table, source);
    }

    private Declared declared(String table, QualifiedName source) {
        List<String> key = new ArrayList<>();
        List<Reference> references = new ArrayList<>();
        staging.list(
                "SELECT constraint_type, array_to_string(constraint_column_names, chr(31)), referenced_table,"
                        + " array_to_string(referenced_column_names, chr(31)) FROM duckdb_constraints() WHERE database_name = '"
                        + ATTACHED + "' AND schema_name = " + Sql.text(source.schema()) + " AND table_name = "
                        + Sql.text(source.table()) + " AND constraint_type IN ('PRIMARY KEY', 'FOREIGN KEY')",
                r -> {
                    List<String> columns = List.of(r.getString(2).split("\u001f", -1));
                    if (r.getString(1).equals("PRIMARY KEY")) return key.addAll(columns);
                    String parent =
                            QualifiedName.stagedName(tables, new QualifiedName(source.schema(), r.getString(3)));
                    if (columns.size() == 1)
                        return references.add(new Reference(columns.getFirst(), parent, r.getString(4)));
                    warnings.add(RawTables.severalColumns(table, columns, parent));
                    return false;
                });
        return new Declared(key, references, Set.of());
    }

    @Override
    public void close() {
        staging.run("DETACH " + ATTACHED);
    }
}
