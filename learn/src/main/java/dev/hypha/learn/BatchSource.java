package dev.hypha.learn;

/// Where a trainer gets its batches: rows 0 to `count() - 1`, any of which can be asked for together.
///
/// @param <B> what a batch is
public interface BatchSource<B extends Batch> {
    /// Number of rows.
    int count();

    /// The labels of all rows in order; the array itself. See [Seeds#label].
    float[] labels();

    /// The batch of some rows. A pure function of its arguments: the same ones give the same batch, on any thread.
    ///
    /// @param rows from 0 to `count() - 1`, in the order the batch shall have
    /// @param key source of all randomness
    B batch(int[] rows, long key);
}
