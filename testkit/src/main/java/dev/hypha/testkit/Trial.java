package dev.hypha.testkit;

import dev.hypha.learn.Batch;

/// Small random data of one kind, for a model to be tried on by [ModelContract].
///
/// @param <B> what a batch of it is
public interface Trial<B extends Batch> extends AutoCloseable {
    /// The first of its seeds in one batch; as many seeds as asked for, with labels 0 or 1.
    B batch(int seeds);

    /// One of the first nine seeds alone in a batch.
    B alone(int seed);

    /// A single seed to which nothing is visible.
    B bare();

    /// The same data with what is numbered numbered otherwise.
    Trial<B> renumbered(long order);

    /// The same data, read in the opposite order.
    Trial<B> readBackwards();

    /// Data of the same kind and key, but of another size.
    Trial<B> ofSize(int size);

    @Override
    void close();
}
