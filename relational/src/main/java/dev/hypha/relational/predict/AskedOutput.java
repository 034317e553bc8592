package dev.hypha.relational.predict;

import java.nio.file.Path;
import java.util.Optional;

/// Where results go, as a person asked.
///
/// @param into a table of the user's database that receives the predictions
/// @param out folder of the run, or the CSV file where labels alone are asked for; absent: named after the query, below
///     `runs`
/// @param format of the file of predictions, `parquet` or `csv`
public record AskedOutput(Optional<String> into, Optional<Path> out, String format) {}
