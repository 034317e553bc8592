package dev.hypha.algorithms;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import java.util.function.Supplier;

/// How many threads an algorithm may keep busy. Work is shared out by items whose results have places of
/// their own, so that what comes out does not depend on the number.
public record Threads(int count) {
    /// The calling thread alone.
    public static final Threads ONE = new Threads(1);

    public Threads {
        if (count < 1) {
            throw new IllegalArgumentException(count + " threads");
        }
    }

    /// Does every item from 0 to `items - 1` once, and returns when all are done.
    ///
    /// @param worker makes what does items on one thread, with scratch space of its own
    /// @throws RuntimeException the first that an item threw; items not begun by then are left out
    public void forEach(int items, Supplier<IntConsumer> worker) {
        AtomicInteger next = new AtomicInteger();
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Runnable loop = () -> {
            try {
                IntConsumer work = worker.get();
                for (int item = next.getAndIncrement(); item < items; item = next.getAndIncrement()) {
                    work.accept(item);
                }
            } catch (RuntimeException | Error thrown) {
                failure.compareAndSet(null, thrown);
                next.set(items);
            }
        };
        Thread[] others = new Thread[Math.min(count, Math.max(items, 1)) - 1];
        for (int i = 0; i < others.length; i++) {
            others[i] = Thread.ofPlatform()
                    .daemon()
                    .name("hypha-algorithm-" + (i + 1))
                    .start(loop);
        }
        loop.run();
        for (Thread each : others) {
            join(each);
        }
        switch (failure.get()) {
            case null -> {}
            case RuntimeException thrown -> throw thrown;
            case Error thrown -> throw thrown;
            case Throwable thrown -> throw new IllegalStateException(thrown);
        }
    }

    /// Waits for a thread even if this one is interrupted meanwhile, since the thread writes where the
    /// caller reads.
    private static void join(Thread thread) {
        boolean interrupted = false;
        while (true) {
            try {
                thread.join();
                break;
            } catch (InterruptedException again) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
