package dev.hypha.app.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hypha.learn.Progress;
import dev.hypha.relational.database.Database;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
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
            "  hypha schema shop.duckdb                                   what there is",
            "  hypha schema data/ --out schema.yaml                       the same as a file, to edit and pass back",
            "  hypha schema data/ --schema schema.yaml --json             with a schema file's corrections",
        })
final class SchemaCommand extends Verb {
    private static final ObjectMapper JSON = new ObjectMapper();

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
    Set<String> unused() {
        return Set.of("--seed", "--seeds", "--estimate", "--resume");
    }

    @Override
    Answer answer(Progress progress) {
        try (Database database = Database.open(
                location, Optional.ofNullable(schemaFile), common.threads, common.memoryBytes, progress)) {
            ObjectNode json = JSON.valueToTree(database.describeAsTree());
            if (common.out == null) {
                return new Answer(json, database.describe().stripTrailing());
            }
            UserFiles.writeNew("--out", common.out, database.schemaYaml());
            return new Answer(json.put("out", common.out.toString()), "schema file: " + common.out);
        }
    }
}
