package dev.hypha.relational.database;

import dev.hypha.graph.InputException;
import dev.hypha.learn.Progress;
import dev.hypha.relational.schema.Cutoffs;
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
/// (always visible) and where a timed table does not say (never visible). Binary columns and views are left out.
public final class Database implements AutoCloseable {
    private final Location where;
    private final String location;
    private final Staging staging;
    private final Schema schema;
    private final Cutoffs cutoffs;
    private final Warnings warnings;
    private final SchemaReport report;

    private Database(
            String location,
            Location where,
            Staging staging,
            Schema schema,
            Cutoffs cutoffs,
            Warnings warnings,
            SchemaReport report) {
        this.where = where;
        this.location = location;
        this.staging = staging;
        this.schema = schema;
        this.cutoffs = cutoffs;
        this.warnings = warnings;
        this.report = report;
    }

    /// Copies the tables, finds their types, keys and times, and checks them.
    ///
    /// @param location a DuckDB or SQLite file, a folder of CSV, TSV or Parquet files (gzipped or not),
    ///     or a JDBC URL of PostgreSQL, SQLite or DuckDB
    /// @param schemaFile goes before what is declared or inferred, in what it names
    /// @param memoryBytes what the embedded database may use; it spills to disk beyond
    /// @throws dev.hypha.graph.InputException for anything wrong with what the user gave
    public static Database open(String location, Optional<Path> schemaFile, long memoryBytes, Progress progress) {
        Location where = Location.of(location);
        SchemaFile file = schemaFile.map(SchemaFile::read).orElse(SchemaFile.EMPTY);
        Warnings warnings = new Warnings(progress);
        Staging staging = Staging.open(memoryBytes);
        try (Source source = connect(where, staging, warnings)) {
            Overrides given = new Overrides(file, source.tables());
            Inference inference =
                    new Inference(staging, warnings, given, stage(source, staging, given, warnings, progress));
            Schema schema = inference.schema();
            new Times(staging, schema).fill(warnings);
            List<String> leftOut =
                    source.tables().stream().filter(given::leavesOut).toList();
            String shown = Location.redacted(location);
            SchemaReport report =
                    new SchemaReport(shown, source.kind(), schema, inference.origins(), leftOut, warnings.all());
            return new Database(shown, where, staging, schema, file.cutoffs(), warnings, report);
        } catch (RuntimeException e) {
            staging.close();
            throw e;
        }
    }

    private static Source connect(Location location, Staging staging, Warnings warnings) {
        return switch (location) {
            case Location.Folder folder -> new FolderSource(folder.path(), staging, warnings);
            case Location.DuckDbFile file -> new DuckDbSource(file.path(), staging, warnings);
            case Location.SqliteFile file -> new SqliteSource(file.path(), staging, warnings);
            case Location.PostgreSql server -> new PostgreSqlSource(server.url(), staging, warnings);
        };
    }

    private static Map<String, Source.Declared> stage(
            Source source, Staging staging, Overrides given, Warnings warnings, Progress progress) {
        List<String> names =
                source.tables().stream().filter(t -> !given.leavesOut(t)).toList();
        names.forEach(name -> refuseTwin(name, names));
        progress.stage("reading " + source.kind(), names.size());
        TextTyping typing = new TextTyping(staging, warnings);
        Map<String, Source.Declared> declared = new LinkedHashMap<>();
        for (String name : names) {
            progress.at(declared.size(), name);
            Source.Declared catalog = source.copy(name);
            String columns = String.join(", ", typing.expressions(name, catalog.text()));
            staging.run("CREATE TABLE " + Sql.table(name) + " AS SELECT " + columns
                    + ", CAST(row_number() OVER () - 1 AS INTEGER) AS _row FROM raw." + Sql.name(name));
            staging.run("DROP TABLE raw." + Sql.name(name));
            declared.put(name, catalog);
        }
        progress.at(names.size(), "");
        return declared;
    }

    /// PostgreSQL tells `Orders` from `orders`, SQL elsewhere does not.
    private static void refuseTwin(String name, List<String> names) {
        for (String other : names)
            if (!other.equals(name) && other.equalsIgnoreCase(name))
                throw new InputException(
                        "duplicate-table",
                        "the tables " + name + " and " + other + " differ in upper and lower case only",
                        Map.of("table", name),
                        "leave one of them out in the schema file");
    }

    /// The embedded database; owned here and closed with this object.
    public Connection connection() {
        return staging.connection();
    }

    public Schema schema() {
        return schema;
    }

    /// Where validation and test begin, as far as the schema file says.
    public Cutoffs cutoffs() {
        return cutoffs;
    }

    /// What is odd about the data but does not stop the work, a sentence each.
    public List<String> warnings() {
        return warnings.all();
    }

    /// Where it came from, without a password.
    public String location() {
        return location;
    }

    /// Tables, rows, keys, times, columns and warnings, for people.
    public String describe() {
        return report.text();
    }

    /// The same for programs: maps, lists, strings, numbers and booleans, ready to be written as JSON.
    public Map<String, Object> describeAsTree() {
        return report.tree();
    }

    /// The schema as a schema file, which can be edited and given to `open`.
    public String schemaYaml() {
        return SchemaYaml.text(schema, report.leftOut(), report.origins());
    }

    /// Puts predictions into the user's own database as a table: made beside, then put in the place of an earlier
    /// table of predictions in one transaction, so that a reader (or a kill) finds the old or the new one whole.
    /// Nothing else is touched.
    ///
    /// @param parquet columns: the entity's key, `time`, one or more `prediction...`, `model`
    /// @throws dev.hypha.graph.InputException kind `table-exists` where a table of that name holds something else;
    ///     `no-tables-here` for a folder of files; others as for `open`
    public void writeTable(String table, Path parquet) {
        new TableWriter(staging, where, location).write(table, parquet);
    }

    /// Removes the copy.
    @Override
    public void close() {
        staging.close();
    }
}
