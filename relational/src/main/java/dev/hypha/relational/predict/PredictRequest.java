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
/// @param labelsOnly stop after the label table and write it as CSV
/// @param times when to predict, measure and score
/// @param model `graph`, `trees`, `auto`, or the folder of a run, which scores without training
/// @param output where results go
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
        AskedTimes times,
        String model,
        AskedOutput output,
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
}
