package dev.hypha.app.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hypha.graph.InputException;
import dev.hypha.learn.Options;
import dev.hypha.learn.Progress;
import dev.hypha.relational.predict.AskedOutput;
import dev.hypha.relational.predict.AskedTimes;
import dev.hypha.relational.predict.PredictRequest;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `hypha predict DB "QUERY"`: the main job.
@Command(
        name = "predict",
        description =
                "Answers a predictive query on a database: predictions, a measurement beside baselines, a report.",
        footer = {
            "",
            "Examples:",
            "  hypha predict shop.duckdb \"PREDICT COUNT(orders.*, 0, 90, DAYS) = 0 FOR EACH customers.customer_id",
            "      WHERE COUNT(orders.*, -180, 0, DAYS) > 0\" --into churn",
            "  hypha predict data/ --query-file driver-dnf.pq --schema schema.yaml --seeds 5 --json",
            "  hypha predict shop.duckdb --model runs/customers-1f2e3d4c --predict-at 2025-03-01",
            "",
            "The query's language is explained in docs/predictive-query.md."
        })
final class PredictCommand extends Verb {
    @Parameters(
            index = "0",
            paramLabel = "DB",
            description = "A DuckDB or SQLite file, a folder of CSV, TSV or Parquet files, or a JDBC URL.")
    private String database;

    @Parameters(index = "1", arity = "0..1", paramLabel = "QUERY", description = "The predictive query, in quotes.")
    private String query;

    @Option(names = "--query-file", paramLabel = "FILE", description = "A file that holds the query.")
    private Path queryFile;

    @Option(
            names = "--labels",
            paramLabel = "FILE",
            description = "SQL that yields time, entity and label, for a query.")
    private Path labels;

    @Option(
            names = "--entity",
            paramLabel = "TABLE",
            description = "With --labels: the table whose keys the entities are.")
    private String entity;

    @Option(names = "--labels-only", description = "Stop after the label table; write it as CSV to --out.")
    private boolean labelsOnly;

    @Option(names = "--schema", paramLabel = "FILE", description = "A schema file (YAML); see hypha schema --out.")
    private Path schema;

    @Option(
            names = "--model",
            paramLabel = "M",
            defaultValue = "auto",
            description = "auto, graph, trees, or a run's folder to score again without training (default: auto).")
    private String model;

    @Option(
            names = "--protocol",
            paramLabel = "P",
            description =
                    "frozen (default): no test prediction sees a row after the test cut-off; rolling: each sees all"
                            + " before its own time.")
    private String protocol;

    @Option(
            names = "--val-time",
            paramLabel = "TIME",
            description = "Validation cut-off (default: chosen from the data).")
    private String valTime;

    @Option(names = "--test-time", paramLabel = "TIME", description = "Test cut-off (default: chosen from the data).")
    private String testTime;

    @Option(
            names = "--step",
            paramLabel = "SPAN",
            description = "Distance of prediction times, such as '30 days' (default: the window's length).")
    private String step;

    @Option(
            names = "--predict-at",
            paramLabel = "TIME",
            description = "When to predict for (default: the newest time in the data).")
    private String predictAt;

    @Option(
            names = "--into",
            paramLabel = "TABLE",
            description = "Write the predictions into this table of the database.")
    private String into;

    @Option(
            names = "--format",
            paramLabel = "F",
            defaultValue = "parquet",
            description = "parquet or csv (default: parquet).")
    private String format;

    @Option(names = "--allow-leaks", description = "Go on where the audit finds a leak, and mark the report.")
    private boolean allowLeaks;

    private final Pipeline pipeline;
    private final MethodOptions methodOptions = new MethodOptions();

    PredictCommand(Pipeline pipeline) {
        this.pipeline = pipeline;
    }

    ArgGroupSpec methodOptions(Map<String, Options.Entry> entries) {
        return methodOptions.group("Options of the methods:", entries);
    }

    @Override
    boolean computes() {
        return true;
    }

    @Override
    String afterInterrupt() {
        return "The database and earlier runs are as they were; the same command with --resume goes on from the last"
                + " checkpoint.";
    }

    @Override
    Answer answer(Progress progress) {
        ObjectNode found = pipeline.run(request(), progress, pages()).json();
        return Predicted.answer(found, Optional.ofNullable(into));
    }

    private PredictRequest request() {
        return new PredictRequest(
                database,
                query(),
                Optional.ofNullable(schema),
                Optional.ofNullable(labels),
                Optional.ofNullable(entity),
                labelsOnly,
                times(),
                model,
                new AskedOutput(Optional.ofNullable(into), common.out(), format),
                allowLeaks,
                common.seed,
                common.seeds,
                common.threads,
                common.memoryBytes,
                common.estimate,
                common.resume,
                methodOptions.given());
    }

    private AskedTimes times() {
        return new AskedTimes(
                Optional.ofNullable(valTime),
                Optional.ofNullable(testTime),
                Optional.ofNullable(step),
                Optional.ofNullable(protocol),
                Optional.ofNullable(predictAt));
    }

    /// The query from where it was given; at most one place may give it, and `--labels` stands for one.
    private Optional<String> query() {
        long given =
                Stream.of(query, queryFile, labels).filter(one -> one != null).count();
        if (given > 1) {
            throw new InputException(
                    "two-queries",
                    "more than one of QUERY, --query-file and --labels is given",
                    Map.of(),
                    "Give one of them.");
        }
        return queryFile == null ? Optional.ofNullable(query) : Optional.of(UserFiles.read("--query-file", queryFile));
    }
}
