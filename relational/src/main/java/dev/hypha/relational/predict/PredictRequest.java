package dev.hypha.relational.predict;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// What a person asks of `hypha predict`: a database, a query or labels, and how to train, measure and write.
///
/// @param database folder, file or JDBC URL
/// @param query the predictive query; absent when `labels` or a run's own query is used
/// @param schema a schema file that overrides what is inferred
/// @param labels a file of SQL that yields time, entity and label
/// @param entity the table whose keys the labels' entities are; read with `labels` only
/// @param labelsOnly stop after the label table and write it to `out` as CSV
/// @param valTime validation cut-off, ISO date or timestamp; absent: chosen from the data
/// @param testTime test cut-off; absent: chosen from the data
/// @param step distance of prediction times such as `30 days`; absent: the length of the query's window
/// @param protocol `frozen` or `rolling`
/// @param predictAt instant to score today's entities at; absent: the newest time in the data
/// @param model `graph`, `trees`, `auto`, or the folder of a run, which scores without training
/// @param into a table of the user's database that receives the predictions
/// @param out folder of the run (or the CSV file with `labelsOnly`); absent: named after the query below
///     `runs`
/// @param format `parquet` or `csv`
/// @param allowLeaks go on where the audit finds a leak, and mark the report
/// @param seed first seed
/// @param seeds how many seeds to run, from `seed` on
/// @param threads worker threads
/// @param memoryBytes bound for off-heap memory and the embedded database together
/// @param estimateOnly stop after the estimate of memory and work
/// @param resume go on from the last checkpoint of the same command
/// @param options options of the methods by kebab-case name
public record PredictRequest(
        String database,
        Optional<String> query,
        Optional<Path> schema,
        Optional<Path> labels,
        Optional<String> entity,
        boolean labelsOnly,
        Optional<String> valTime,
        Optional<String> testTime,
        Optional<String> step,
        Optional<String> protocol,
        Optional<String> predictAt,
        String model,
        Optional<String> into,
        Optional<Path> out,
        String format,
        boolean allowLeaks,
        long seed,
        int seeds,
        int threads,
        long memoryBytes,
        boolean estimateOnly,
        boolean resume,
        Map<String, String> options) {
    public PredictRequest {
        options = Map.copyOf(options);
    }

    /// This request with a run's schema and protocol where it names none.
    PredictRequest scoringWith(Path runSchema, String runProtocol) {
        return new PredictRequest(
                database,
                query,
                schema.or(() -> Optional.of(runSchema)),
                labels,
                entity,
                labelsOnly,
                valTime,
                testTime,
                step,
                protocol.or(() -> Optional.of(runProtocol)),
                predictAt,
                model,
                into,
                out,
                format,
                allowLeaks,
                seed,
                seeds,
                threads,
                memoryBytes,
                estimateOnly,
                resume,
                options);
    }
}
