package dev.hypha.bench;

import java.util.HashMap;
import java.util.Map;

/// Something that can be timed.
///
/// @param name such as `spmm/128`; what stands before the slash is its group
/// @param help what it does, in a few words
/// @param start makes it ready
public record Benchmark(String name, String help, Start start) {
    /// Makes a benchmark ready on what it is to run on.
    @FunctionalInterface
    public interface Start {
        /// @throws IllegalStateException when the gate finds that a result is wrong
        Measured run(Setting setting);
    }

    /// What a benchmark found.
    ///
    /// @param size of what it ran on, in words
    /// @param bytes that a run must at least move
    /// @param operations that a run must at least do
    /// @param figures what is peculiar to it, by name
    /// @param gate what was compared, and how far apart it was
    public record Measured(
            String size, Timed timed, long bytes, long operations, Map<String, Double> figures, String gate) {
        Measured(String size, Timed timed, long bytes, long operations, String gate) {
            this(size, timed, bytes, operations, Map.of(), gate);
        }

        public Measured {
            figures = Map.copyOf(figures);
        }

        /// The same with one more figure.
        Measured with(String name, double figure) {
            Map<String, Double> more = new HashMap<>(figures);
            more.put(name, figure);
            return new Measured(size, timed, bytes, operations, more, gate);
        }
    }
}
