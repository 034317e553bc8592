package dev.hypha.relational.query;

/// The times an aggregate looks at, relative to the prediction time t: after t + start, up to and with t + end.
///
/// @param start `UNBOUNDED` for a window without beginning (`-INF`)
/// @param end greater than start
public record Window(long start, long end, TimeUnit unit) {
    /// The start of a window that has none.
    public static final long UNBOUNDED = Long.MIN_VALUE;

    /// True when nothing in the window is later than the prediction time.
    public boolean isPast() {
        return end <= 0;
    }

    public boolean isUnbounded() {
        return start == UNBOUNDED;
    }

    /// True when a bound lies beyond what a calendar holds, so that adding it to a time could overflow.
    boolean isTooLong() {
        return endSpan().isTooLong() || (!isUnbounded() && startSpan().isTooLong());
    }

    /// Microseconds from the prediction time to the start; `Long.MIN_VALUE` when unbounded.
    public long startMicros() {
        return isUnbounded() ? Long.MIN_VALUE : startSpan().micros();
    }

    /// Microseconds from the prediction time to the end.
    public long endMicros() {
        return endSpan().micros();
    }

    /// Only for a window with a start.
    public Span startSpan() {
        return new Span(start, unit);
    }

    public Span endSpan() {
        return new Span(end, unit);
    }
}
