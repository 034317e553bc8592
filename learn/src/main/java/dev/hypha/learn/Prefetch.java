package dev.hypha.learn;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

/// Makes the items 0, 1, 2, … of a list on another thread, a few ahead of whoever takes them, in order.
///
/// @param <T> what is made
final class Prefetch<T> implements AutoCloseable {
    private static final int AHEAD = 3;

    private record Made<T>(T item, Throwable failure) {}

    private final int count;
    private final BlockingQueue<Made<T>> queue = new ArrayBlockingQueue<>(AHEAD);
    private final Thread maker;
    private int taken;

    /// @param count how many items there are
    /// @param make makes item `i`; called on the other thread, for one item at a time
    Prefetch(int count, IntFunction<T> make) {
        this.count = count;
        this.maker = Thread.ofPlatform().daemon().name("hypha-prefetch").start(() -> run(make));
    }

    boolean hasNext() {
        return taken < count;
    }

    /// The next item. What the maker threw is thrown here.
    ///
    /// @throws InterruptedException when the taking thread is interrupted while it waits
    T next() throws InterruptedException {
        Made<T> made = queue.take();
        taken++;
        if (made.failure instanceof RuntimeException e) throw e;
        if (made.failure instanceof Error e) throw e;
        return made.item;
    }

    private void run(IntFunction<T> make) {
        try {
            for (int i = 0; i < count; i++) queue.put(new Made<>(make.apply(i), null));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closed early: nobody waits for the rest
        } catch (RuntimeException | Error e) {
            offerFailure(e);
        }
    }

    private void offerFailure(Throwable e) {
        try {
            queue.put(new Made<>(null, e));
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    /// Stops the maker and waits until it touches nothing any more.
    @Override
    public void close() {
        maker.interrupt();
        boolean interrupted = false;
        while (maker.isAlive()) {
            try {
                maker.join(TimeUnit.SECONDS.toMillis(1));
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) Thread.currentThread().interrupt();
    }
}
