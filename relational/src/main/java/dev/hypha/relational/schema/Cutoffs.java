package dev.hypha.relational.schema;

import java.util.Optional;

/// Where validation and test begin on a database, as its schema file says, so that every task on it is measured alike.
///
/// @param validation a date or timestamp, such as `2005-01-01`
/// @param test likewise
public record Cutoffs(Optional<String> validation, Optional<String> test) {
    /// Chosen from the data.
    public static final Cutoffs NONE = new Cutoffs(Optional.empty(), Optional.empty());
}
