package dev.hypha.bench;

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
    /// @param gate what was compared, and how far apart it was
    public record Measured(String size, Millis millis, long bytes, long operations, String gate) {}
}
