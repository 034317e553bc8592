package dev.hypha.relational.task;

import dev.hypha.learn.TaskKind;
import dev.hypha.relational.query.CheckedQuery;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// What was decided while the pairs of [Seeds] were written, and what they are about.
///
/// @param query absent when the labels are the user's own
/// @param validationCutoff absent for a random split and where nothing is trained
/// @param notes a line each
record Labelled(
        Optional<CheckedQuery> query,
        String entityTable,
        String key,
        TaskKind kind,
        OptionalLong validationCutoff,
        OptionalLong testCutoff,
        long predictAt,
        List<String> notes) {
    Labelled {
        notes = List.copyOf(notes);
    }

    static Labelled of(
            CheckedQuery query,
            OptionalLong validationCutoff,
            OptionalLong testCutoff,
            long predictAt,
            List<String> notes) {
        return new Labelled(
                Optional.of(query),
                query.entity().name(),
                query.key(),
                query.kind(),
                validationCutoff,
                testCutoff,
                predictAt,
                notes);
    }
}
