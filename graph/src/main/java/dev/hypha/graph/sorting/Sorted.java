package dev.hypha.graph.sorting;

/// Unsigned keys in rising order, with a value beside each where they were added with one; equal keys in the
/// order of adding.
@FunctionalInterface
public interface Sorted {
    /// Copies the following keys and values, as many as there are and fit.
    ///
    /// @param values as long as keys; null where there are none
    /// @return how many; 0 at the end
    int next(long[] keys, long[] values);
}
