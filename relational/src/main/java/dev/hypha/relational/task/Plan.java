package dev.hypha.relational.task;

import java.util.List;
import java.util.OptionalLong;

/// What was decided while labels were written.
record Plan(OptionalLong validationCutoff, OptionalLong testCutoff, long predictAt, List<String> notes) {
    Plan {
        notes = List.copyOf(notes);
    }
}
