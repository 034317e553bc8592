package dev.hypha.relational.task;

import dev.hypha.learn.TaskKind;
import dev.hypha.relational.query.CheckedQuery;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// A task whose seeds stand in `task.seeds`.
///
/// @param query absent when the labels are the user's own
/// @param entityTable the table whose rows are predicted for
/// @param key its key column
/// @param validationCutoff the first validation time; absent for a random split
/// @param testCutoff the first test time; absent for a random split
/// @param predictAt the time of the rows to be scored
/// @param seeds the seeds, as written to `task.seeds`
/// @param notes what was chosen and what was left out, a line each, for people and reports
public record Task(
        Optional<CheckedQuery> query,
        String entityTable,
        String key,
        TaskKind kind,
        Protocol protocol,
        OptionalLong validationCutoff,
        OptionalLong testCutoff,
        long predictAt,
        SeedTable seeds,
        List<String> notes) {
    public Task {
        notes = List.copyOf(notes);
    }

    /// The same task with other seeds.
    public Task withSeeds(SeedTable seeds) {
        return new Task(query, entityTable, key, kind, protocol, validationCutoff, testCutoff, predictAt, seeds, notes);
    }
}
