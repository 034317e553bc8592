package dev.hypha.graph;

/// The one rule of time: what a prediction with a given cut-off may see. Times are microseconds since 1970-01-01 UTC.
public final class Visibility {
    /// The time of a node that every prediction sees, such as a row of a table without time.
    public static final long ALWAYS = Long.MIN_VALUE;

    /// The time of a node that no prediction sees: a missing time in a timed table. Unknown means unsafe.
    public static final long NEVER = Long.MAX_VALUE;

    private Visibility() {}

    /// True if a node of this time may be seen at this cut-off. An equal time may.
    public static boolean visible(long time, long cutoff) {
        return time <= cutoff && time != NEVER;
    }
}
