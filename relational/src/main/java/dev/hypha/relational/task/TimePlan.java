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
record TimePlan(
        List<Long> train,
        List<Long> validation,
        List<Long> test,
        long validationCutoff,
        long testCutoff,
        Span step,
        Span window,
        int leftOut) {
    /// What was chosen, a line each, to be printed.
    List<String> notes() {
        List<String> notes = new ArrayList<>();
        notes.add("prediction times every " + step + ", labels known " + window + " later");
        notes.add(line("training", train));
        notes.add(line("validation", validation));
        notes.add(line("test", test));
        if (leftOut > 0)
            notes.add(leftOut + " older training times are left out; a larger --step reaches further back");
        return notes;
    }

    private static String line(String what, List<Long> times) {
        if (times.isEmpty()) return what + ": no times";
        if (times.size() == 1) return what + ": 1 time, " + Timestamps.format(times.getFirst());
        return what + ": " + times.size() + " times from " + Timestamps.format(times.getFirst()) + " to "
                + Timestamps.format(times.getLast());
    }
}
