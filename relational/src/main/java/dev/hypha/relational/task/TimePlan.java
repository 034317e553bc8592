package dev.hypha.relational.task;

import dev.hypha.relational.query.Span;
import dev.hypha.relational.query.Timestamps;
import java.util.ArrayList;
import java.util.List;

/// The prediction times of a task, each list ascending, microseconds since 1970-01-01 UTC.
///
/// @param validationCutoff the first validation time
/// @param testCutoff the first test time; every validation window ends by it
/// @param window how far after a prediction time its label is known
/// @param leftOut training times that were left out because there were too many
/// @param selectionCut true where the windows of `WHERE` reach back beyond the data at every training time
record TimePlan(
        List<Long> train,
        List<Long> validation,
        List<Long> test,
        long validationCutoff,
        long testCutoff,
        Span step,
        Span window,
        int leftOut,
        boolean selectionCut) {
    /// What was chosen, a line each, to be printed.
    List<String> notes() {
        List<String> notes = new ArrayList<>();
        notes.add("prediction times every " + step + ", labels known " + window + " later");
        if (leftOut > 0)
            notes.add(leftOut + " older training times are left out; a larger --step reaches further back");
        if (selectionCut) {
            notes.add("WHERE looks further back than the data reach at every training time: training selects by what"
                    + " there is of its windows, the test by more.");
        }
        return notes;
    }

    /// Which times of a split have rows, in a line to be printed.
    ///
    /// @param used those that have, ascending
    String line(Split split, List<Long> used) {
        String all = word(split) + ": " + (used.size() == 1 ? "1 time" : used.size() + " times");
        String span = used.size() == 1
                ? ", " + Timestamps.format(used.getFirst())
                : " from " + Timestamps.format(used.getFirst()) + " to " + Timestamps.format(used.getLast());
        int without = planned(split).size() - used.size();
        return all + span + (without == 0 ? "" : " (" + without + " without rows fell away)");
    }

    private List<Long> planned(Split split) {
        return switch (split) {
            case TRAIN -> train;
            case VALIDATION -> validation;
            case TEST -> test;
            case PREDICT, AUGMENT, SELECT -> throw new IllegalArgumentException(split + " is not planned");
        };
    }

    private static String word(Split split) {
        return split == Split.TRAIN ? "training" : split.label();
    }
}
