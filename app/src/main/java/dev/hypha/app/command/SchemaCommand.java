package dev.hypha.app.command;

import dev.hypha.learn.Progress;
import dev.hypha.relational.database.Database;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `hypha schema DB`: what Hypha makes of a database before anything is learned from it.
@Command(
        name = "schema",
        description =
                "Shows a database's tables, keys, times and types as Hypha sees them, and what is odd about them.",
        footer = {
            "",
            "Examples:",
            "  hypha schema shop.duckdb",
            "  hypha schema data/ --schema schema.yaml --json     with a schema file's corrections",
        })
final class SchemaCommand extends Verb {
    @Parameters(
            paramLabel = "DB",
            description = "A DuckDB or SQLite file, a folder of CSV, TSV or Parquet files, or a JDBC URL.")
    private String location;

    @Option(
            names = "--schema",
            paramLabel = "FILE",
            description = "A schema file (YAML); goes before what is inferred, in what it names.")
    private Path schemaFile;

    @Override
    Answer answer(Progress progress) {
        try (Database database =
                Database.open(location, Optional.ofNullable(schemaFile), common.memoryBytes, progress)) {
            SchemaText shown = new SchemaText(database.location(), database.schema(), database.warnings());
            return new Answer(shown.json(), shown.text());
        }
    }
}
