package dev.hypha.relational.database;

import dev.hypha.graph.InputException;
import dev.hypha.learn.Progress;
import dev.hypha.relational.schema.Cutoffs;
import dev.hypha.relational.schema.Schema;
import dev.hypha.relational.schema.Table;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A user's database, copied into an embedded one that the rest of Hypha reads. The user's own is only read, except by
/// `writeTable`.
///
/// Each table stands in schema `data` under its own name with its columns (types as in `Column`), `_row` INTEGER
/// (0 .. rows-1 in the source's order) and `_time` TIMESTAMP: when the row came to be, null in a table without time
/// (always visible) and where a timed table does not say (never visible). Binary columns and views are left out, and
/// so are tables of predictions that `writeTable` made, unless the schema file names them.
public final class Database implements AutoCloseable {
    /// Odd, with bits all over, so that what is multiplied by it reaches all bits.
    private static final long MIX = 0x9E3779B97F4A7C15L;

    private final Location where;
    private final String location;
    private final Staging staging;
    private final Schema schema;
    private final Cutoffs cutoffs;
    private final Warnings warnings;
    private final SchemaReport report;
    private final String yaml;
    private String fingerprint;

    private Database(
            String location,
            Location where,
            Staging staging,
            Schema schema,
            Cutoffs cutoffs,
            Warnings warnings,
            SchemaReport report,
            String yaml) {
        this.where = where;
        this.location = location;
        this.staging = staging;
        this.schema = schema;
        this.cutoffs = cutoffs;
        this.warnings = warnings;
        this.report = report;
        this.yaml = yaml;
    }

    /// Copies the tables, finds their types, keys and times, and checks them.
    ///
    /// @param location a DuckDB or SQLite file, a folder of CSV, TSV or Parquet files (gzipped or not),
    ///     or a JDBC URL of PostgreSQL, SQLite or DuckDB
    /// @param schemaFile goes before what is declared or inferred, in what it names
    /// @param threads that the embedded database works with
    /// @param memoryBytes what the embedded database may use; it spills to disk beyond
    /// @throws dev.hypha.graph.InputException for anything wrong with what the user gave
    public static Database open(
            String location, Optional<Path> schemaFile, int threads, long memoryBytes, Progress progress) {
        Location where = Location.of(location);
        SchemaFile file = schemaFile.map(SchemaFile::read).orElse(SchemaFile.EMPTY);
        Warnings warnings = new Warnings(progress);
        if (schemaFile.isPresent() && file.equals(SchemaFile.EMPTY))
            warnings.add("the schema file " + schemaFile.get() + " says nothing: everything is inferred");
        Staging staging = Staging.open(threads, memoryBytes);
        try (Source source = connect(where, staging, warnings)) {
            Overrides given = new Overrides(file, source.tables());
            Inference inference =
                    new Inference(staging, warnings, given, stage(source, staging, given, warnings, progress));
            Schema schema = inference.schema();
            new Times(staging, schema, given).fill(warnings);
            List<String> leftOut = source.tables().stream()
                    .filter(t ->
                            schema.tables().stream().noneMatch(s -> s.name().equals(t)))
                    .toList();
            String shown = Location.redacted(location);
            SchemaReport report =
                    new SchemaReport(shown, source.kind(), schema, inference.origins(), leftOut, warnings.all());
            // A table of predictions may be gone when the schema file is read again: the file does not name it.
            List<String> asked = leftOut.stream().filter(given::leavesOut).toList();
            String yaml = SchemaYaml.text(schema, asked, inference.origins());
            return new Database(shown, where, staging, schema, file.cutoffs(), warnings, report, yaml);
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
        TextTyping typing = new TextTyping(staging, source, given, warnings);
        Map<String, Source.Declared> declared = new LinkedHashMap<>();
        for (String name : names) {
            progress.at(declared.size(), name);
            Source.Declared catalog = source.copy(name);
            if (!given.names(name) && PredictionTable.is(columnsOf(name, staging))) {
                progress.note("the table " + name + " is left out: it holds predictions that Hypha wrote");
                staging.run("DROP TABLE raw." + Sql.name(name));
                continue;
            }
            String columns = String.join(", ", typing.expressions(name, catalog.text()));
            staging.run("CREATE TABLE " + Sql.table(name) + " AS SELECT " + columns
                    + ", CAST(row_number() OVER () - 1 AS INTEGER) AS _row FROM raw." + Sql.name(name));
            staging.run("DROP TABLE raw." + Sql.name(name));
            declared.put(name, catalog);
        }
        progress.at(names.size(), "");
        return declared;
    }

    private static List<String> columnsOf(String name, Staging staging) {
        return staging.list("DESCRIBE raw." + Sql.name(name), r -> r.getString(1));
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

    /// Those of the warnings that say of a column that it is not of the type which nearly all of its values have, or
    /// which its name promises: a foreign key that is not found may be one of them.
    public List<String> mistyped() {
        return warnings.mistyped();
    }

    /// Where it came from, without a password.
    public String location() {
        return location;
    }

    /// Sixteen hexadecimal digits that are equal for equal tables with equal times, whatever they were read from.
    public synchronized String fingerprint() {
        if (fingerprint == null) fingerprint = HexFormat.of().toHexDigits(hash());
        return fingerprint;
    }

    private long hash() {
        long hash = 0;
        for (Table table : schema.tables()) {
            // A row's number is part of it, so that equal rows do not cancel each other.
            String rows = staging.list(
                            "SELECT bit_xor(hash(t)) FROM " + Sql.table(table.name()) + " t", r -> r.getString(1))
                    .getFirst();
            long one = rows == null ? 0 : Long.parseUnsignedLong(rows);
            hash = (hash ^ one) * MIX + table.name().hashCode();
        }
        return hash;
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
        return yaml;
    }

    /// Tries whether [#writeTable] can write this table, and changes nothing.
    ///
    /// @throws dev.hypha.graph.InputException as `writeTable`
    public void checkTable(String table) {
        new TableWriter(staging, where, location).check(table);
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
