package dev.hypha.graph.importing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/// Work that goes on beside the caller's own. Closing it waits for its end and throws what it threw.
final class SideTask implements AutoCloseable {
    /// Nothing goes on.
    static final SideTask NONE = new SideTask(null);

    private final FutureTask<Void> task;

    private SideTask(FutureTask<Void> task) {
        this.task = task;
    }

    /// What is done.
    @FunctionalInterface
    interface Work {
        void run() throws IOException;
    }

    /// Starts work on a thread of its own.
    static SideTask start(Work work) {
        FutureTask<Void> task = new FutureTask<>(() -> {
            work.run();
            return null;
        });
        Thread.ofPlatform().daemon().start(task);
        return new SideTask(task);
    }

    @Override
    public void close() throws IOException {
        if (task == null) {
            return;
        }
        try {
            task.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while importing", e);
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case IOException cause -> throw cause;
                case UncheckedIOException cause -> throw cause.getCause();
                case RuntimeException cause -> throw cause;
                case Error cause -> throw cause;
                default -> throw new IllegalStateException(e.getCause());
            }
        }
    }
}
