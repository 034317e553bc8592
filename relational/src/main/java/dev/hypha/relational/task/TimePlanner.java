package dev.hypha.relational.task;

import dev.hypha.graph.InputException;
import dev.hypha.relational.query.Span;
import dev.hypha.relational.query.TimeUnit;
import dev.hypha.relational.query.Timestamps;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// Chooses the prediction times of a windowed task.
///
/// Test times go forward from the test cut-off, validation times forward from the validation cut-off while
/// their windows end by the test cut-off, at most 40 of each; training times go back from one window before
/// the validation cut-off to the start of the data. A time counts only if its window ends inside the data, a
/// training time only if all that the query looks back at lies inside them, too. Cut-offs that are not given
/// leave the newest sixth or so of all windows for test, and as many before those for validation.
final class TimePlanner {
    static final int MAX_EVALUATION_TIMES = 40;
    static final int MAX_TRAINING_TIMES = 2_000;
    private static final double EVALUATION_SHARE = 0.15;
    private static final long DAY = TimeUnit.DAYS.micros();

    private final DataTimes data;
    private final Span window;
    private final Lookback lookback;
    private final Span step;
    private final long present;
    private final TaskOptions options;

    /// @param window how far after its time a label is known
    /// @param lookback how far before a training time the query looks
    /// @param present nothing later than this is known, however far the data reach
    TimePlanner(DataTimes data, Span window, Lookback lookback, long present, TaskOptions options) {
        this.data = data;
        this.window = window;
        this.lookback = lookback;
        this.step = options.step().orElse(window);
        this.present = Math.min(present, data.newestFact());
        this.options = options;
    }

    TimePlan plan() {
        long last = before(present, window);
        long test = options.testTime().orElseGet(() -> chooseTest(last));
        long validation = options.validationTime().orElseGet(() -> chooseValidation(test));
        if (validation >= test) throw disordered(validation, test);
        List<Long> tests = forward(test, last);
        List<Long> validations = forward(validation, before(test, window));
        List<Long> train = backward(before(validation, window), lookback.longest());
        boolean cut = train.isEmpty() && lookback.selection().isPresent();
        if (cut) train = backward(before(validation, window), lookback.label());
        if (tests.isEmpty() || validations.isEmpty() || train.isEmpty()) throw tooShort(tests, validations);
        int leftOut = Math.max(0, train.size() - MAX_TRAINING_TIMES);
        return new TimePlan(
                train.subList(leftOut, train.size()), validations, tests, validation, test, step, window, leftOut, cut);
    }

    /// The latest time whose window of this length ends by `time`; for calendar months, too, since a shorter
    /// month's last day stands in for a day that it lacks.
    private static long before(long time, Span window) {
        return window.after(time, -1);
    }

    private long chooseTest(long last) {
        OptionalLong given = options.validationTime();
        if (given.isEmpty()) {
            long rounded = Math.floorDiv(last, grain()) * grain();
            return step.after(rounded, -(evaluationTimes(rounded) - 1));
        }
        long windows = Math.max(0, countForward(given.getAsLong(), last)) / 2;
        long validations = Math.clamp(windows, 1, MAX_EVALUATION_TIMES);
        return window.after(step.after(given.getAsLong(), validations - 1), 1);
    }

    private long chooseValidation(long test) {
        return step.after(before(test, window), -(evaluationTimes(test) - 1));
    }

    /// How many of the windows up to `last` are set aside for each of validation and test.
    private long evaluationTimes(long last) {
        long all = countForward(data.firstFact(), last);
        return Math.clamp(Math.round(all * EVALUATION_SHARE), 1, MAX_EVALUATION_TIMES);
    }

    private long countForward(long from, long to) {
        return from > to ? 0 : 1 + (to - from) / step.micros();
    }

    /// Times are rounded to whole days, hours, minutes or seconds, whichever is the largest that fits into a
    /// step.
    private long grain() {
        for (TimeUnit unit : List.of(TimeUnit.DAYS, TimeUnit.HOURS, TimeUnit.MINUTES)) {
            if (step.micros() >= unit.micros()) return unit.micros();
        }
        return TimeUnit.SECONDS.micros();
    }

    private List<Long> forward(long from, long last) {
        List<Long> times = new ArrayList<>();
        for (int i = 0; i < MAX_EVALUATION_TIMES; i++) {
            long time = step.after(from, i);
            if (time > last) break;
            times.add(time);
        }
        return times;
    }

    private List<Long> backward(long from, Optional<Span> back) {
        List<Long> times = new ArrayList<>();
        for (int i = 0; isInside(step.after(from, -i), back); i++) times.addFirst(step.after(from, -i));
        return times;
    }

    /// Windows as long as the step lie side by side: the oldest may begin before the first fact, so that no
    /// fact is left out. Where they overlap, nothing is gained by times at which there is no fact yet.
    private boolean isInside(long time, Optional<Span> back) {
        boolean begun = back.map(start -> start.after(time, 1)).orElse(time) >= data.earliest();
        long counted = step.equals(window) ? window.after(time, 1) : time;
        return begun && counted >= Math.floorDiv(data.firstFact(), DAY) * DAY;
    }

    static InputException disordered(long validation, long test) {
        return new InputException(
                "cutoffs",
                "the validation cut-off " + Timestamps.format(validation) + " is not before the test cut-off "
                        + Timestamps.format(test),
                Map.of("option", "--val-time"),
                "give a validation time that is at least one window before the test time");
    }

    private InputException tooShort(List<Long> tests, List<Long> validations) {
        String what = tests.isEmpty() ? "test" : validations.isEmpty() ? "validation" : "training";
        return new InputException(
                "no-labels",
                "there is no " + what + " time whose window of " + window + " lies inside the data, which reach from "
                        + Timestamps.format(data.firstFact()) + " to " + Timestamps.format(present),
                Map.of("window", window.toString(), "split", what),
                "shorten the window, or move the cut-offs with --val-time and --test-time");
    }
}
