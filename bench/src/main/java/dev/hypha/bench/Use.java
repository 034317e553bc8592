package dev.hypha.bench;

import dev.hypha.tensor.Purpose;
import java.util.Map;
import java.util.OptionalLong;

/// What something took beside time, while it was timed.
///
/// @param offHeap the most bytes outside the Java heap at once, by what they were for; the graph's own among them
/// @param residentBytes the most memory that the process held at once, as the operating system counts it; empty where
/// it
///     does not, or not anew for each benchmark
/// @param pauseMillis the longest time for which the garbage collector stopped all threads, in whole milliseconds; 0
/// for
///     not at all
public record Use(Map<Purpose, Long> offHeap, OptionalLong residentBytes, long pauseMillis) {
    public Use {
        offHeap = Map.copyOf(offHeap);
    }
}
