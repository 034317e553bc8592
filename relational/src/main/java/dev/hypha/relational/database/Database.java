package dev.hypha.relational.database;

import dev.hypha.learn.Progress;
import dev.hypha.relational.schema.Schema;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A user's database, copied into an embedded one that the rest of Hypha reads. The user's own is only read, except by
/// `writeTable`.
///
/// Each table stands in schema `data` under its own name with its columns (types as in `Column`), `_row` INTEGER
/// (0 .. rows-1 in the source's order) and `_time` TIMESTAMP: when the row came to be, null in a table without time
/// (always visible) and where a timed table does not say (never visible). Binary columns and
/// views are left out.
public final class Database implements AutoCloseable {
    private final String location;
    private final Staging staging;
    private final Schema schema;
    private final Warnings warnings;

    private Database(String location, Staging staging, Schema schema, Warnings warnings) {
        this.location = location;
        this.staging = staging;
        this.schema = schema;
        this.warnings = warnings;
    }

    /// Copies the tables, finds their types, keys and times, and checks them.
    ///
    /// @param location a DuckDB or SQLite file, a folder of CSV, TSV or Parquet files (gzipped or not),
    ///     or a JDBC URL of PostgreSQL, SQLite or DuckDB
    /// @param schemaFile goes before what is inferred, in what it names
    /// @param memoryBytes what the embedded database may use; it spills to disk beyond
    /// @throws dev.hypha.graph.InputException for anything wrong with what the user gave
    public static Database open(String location, Optional<Path> schemaFile, long memoryBytes, Progress progress) {
        Location where = Location.of(location);
        Warnings warnings = new Warnings(progress);
        Overrides given = Overrides.NONE;
        Staging staging = Staging.open(memoryBytes);
        try (Source source = connect(where, staging, warnings)) {
            Inference inference =
                    new Inference(staging, warnings, given, stage(source, staging, given, warnings, progress));
            Schema schema = inference.schema();
            new Times(staging, schema).fill(warnings);
            return new Database(Location.redacted(location), staging, schema, warnings);
        } catch (RuntimeException e) {
            staging.close();
            throw e;
        }
    }

    private static Source connect(Location location, Staging staging, Warnings warnings) {
        return switch (location) {
            case Location.Folder folder -> new FolderSource(folder.path(), staging, warnings);
            case Location.DuckDbFile file -> new DuckDbSource(file.path(), staging, warnings);
            case Location.SqliteFile file -> throw new UnsupportedOperationException("SQLite");
            case Location.PostgreSql server -> throw new UnsupportedOperationException("PostgreSQL");
        };
    }

    private static Map<String, Source.Declared> stage(
            Source source, Staging staging, Overrides given, Warnings warnings, Progress progress) {
        List<String> names =
                source.tables().stream().filter(t -> !given.leavesOut(t)).toList();
        progress.stage("reading " + source.kind(), names.size());
        TextTyping typing = new TextTyping(staging, warnings);
        Map<String, Source.Declared> declared = new LinkedHashMap<>();
        for (String name : names) {
            progress.at(declared.size(), name);
            Source.Declared catalog = source.copy(name);
            String columns = String.join(", ", typing.expressions(name, catalog.untyped()));
            staging.run("CREATE TABLE " + Sql.table(name) + " AS SELECT " + columns
                    + ", CAST(row_number() OVER () - 1 AS INTEGER) AS _row FROM raw." + Sql.name(name));
            staging.run("DROP TABLE raw." + Sql.name(name));
            declared.put(name, catalog);
        }
        progress.at(names.size(), "");
        return declared;
    }

    /// The embedded database; owned here and closed with this object.
    public Connection connection() {
        return staging.connection();
    }

    public Schema schema() {
        return schema;
    }

    /// What is odd about the data but does not stop the work, a sentence each.
    public List<String> warnings() {
        return warnings.all();
    }

    /// Where it came from, without a password.
    public String location() {
        return location;
    }

    /// Removes the copy.
    @Override
    public void close() {
        staging.close();
    }
}
