package dev.hypha.bench;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/// One line of results.
///
/// @param name of the benchmark
/// @param size of what it ran on, in words
/// @param provider of the kernels
/// @param threads that ran them
/// @param millis per run
/// @param bytes that one run must at least read and write, gathered rows counted as often as they are gathered
/// @param operations of arithmetic that one run must at least do
/// @param limitRatio how many times longer than the machine's limit it took: the larger of what its bytes would take at
///     the streaming rate and its operations at the rate of a large dense product, both measured in the same run
/// @param use what it took beside time
/// @param figures what is peculiar to it by name, such as `seedsPerSecond`
/// @param gate what the correctness gate compared, and how far apart it was
public record Row(
        String name,
        String size,
        String provider,
        int threads,
        Millis millis,
        long bytes,
        long operations,
        double limitRatio,
        Use use,
        Map<String, Double> figures,
        String gate) {
    public Row {
        figures = Collections.unmodifiableMap(new TreeMap<>(figures));
    }
}
