package dev.hypha.learn;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

/// Makes the items 0, 1, 2, … of a list on other threads, a few ahead of whoever takes them, who gets them in order.
///
/// Whole items are shared out, each made by one thread, so what they are does not depend on how many threads there are.
/// They are held in a bounded ring: once it is full, the makers sleep and leave the processors to the taker.
///
/// @param <T> what is made
public final class Prefetch<T> implements AutoCloseable {
    /// Of more makers than these each would mostly wait, while every one of them holds a batch.
    private static final int MOST_MAKERS = 8;

    private static final int SPARE = 2;

    private record Made<T>(T item, Throwable failure) {}

    private final int count;
    private final IntFunction<T> make;
    private final Made<T>[] ring;
    private final List<Thread> makers = new ArrayList<>();
    private final Object lock = new Object();
    private int claimed;
    private int taken;
    private boolean stopped;

    /// @param count how many items there are
    /// @param threads how many threads the work may use; with one, or of a single item, every item is made by its
    ///     taker
    /// @param make makes item `i`; called on several threads at once, for different items
    @SuppressWarnings({"unchecked", "rawtypes"})
    public Prefetch(int count, int threads, IntFunction<T> make) {
        // Of a single item nothing can be made ahead, and starting threads takes longer than a step on a small graph.
        int others = threads == 1 || count <= 1 ? 0 : Math.min(Math.min(threads, count), MOST_MAKERS);
        this.count = count;
        this.make = make;
        this.ring = (Made<T>[]) new Made[others + SPARE];
        for (int i = 0; i < others; i++) {
            makers.add(Thread.ofPlatform().daemon().name("hypha-prefetch-" + i).start(this::run));
        }
    }

    public boolean hasNext() {
        return taken < count;
    }

    /// The next item. What its maker threw is thrown here.
    ///
    /// @throws InterruptedException when the taking thread is interrupted while it waits
    public T next() throws InterruptedException {
        if (makers.isEmpty()) return make.apply(taken++);
        Made<T> made = take();
        if (made.failure instanceof RuntimeException e) throw e;
        if (made.failure instanceof Error e) throw e;
        return made.item;
    }

    private Made<T> take() throws InterruptedException {
        synchronized (lock) {
            int slot = taken % ring.length;
            while (ring[slot] == null) lock.wait();
            Made<T> made = ring[slot];
            ring[slot] = null;
            taken++;
            lock.notifyAll();
            return made;
        }
    }

    private void run() {
        try {
            for (int i = claim(); i < count; i = claim()) put(i, made(i));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closed early: nobody waits for the rest
        }
    }

    /// Takes on the next item, as soon as there is room for it.
    private int claim() throws InterruptedException {
        synchronized (lock) {
            while (!stopped && claimed < count && claimed >= taken + ring.length) lock.wait();
            return stopped ? count : claimed++;
        }
    }

    private Made<T> made(int i) {
        try {
            return new Made<>(make.apply(i), null);
        } catch (RuntimeException | Error e) {
            return new Made<>(null, e);
        }
    }

    private void put(int i, Made<T> made) {
        synchronized (lock) {
            ring[i % ring.length] = made;
            stopped |= made.failure != null;
            lock.notifyAll();
        }
    }

    /// Stops the makers and waits until they touch nothing any more.
    @Override
    public void close() {
        synchronized (lock) {
            stopped = true;
        }
        makers.forEach(Thread::interrupt);
        boolean interrupted = false;
        for (Thread maker : makers) {
            while (maker.isAlive()) {
                try {
                    maker.join(TimeUnit.SECONDS.toMillis(1));
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) Thread.currentThread().interrupt();
    }
}
