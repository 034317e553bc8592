package dev.hypha.graph.sorting;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicLong;

/// Memory and disk for work whose size is not known before: a bound in bytes, from which buffers are taken
/// while it lasts, and a folder for what no longer fits.
public final class Scratch {
    private final Path folder;
    private final AtomicLong free;
    private final AtomicLong spilled = new AtomicLong();
    private final AtomicLong files = new AtomicLong();

    /// @param folder exists, is the caller's to remove
    /// @param bytes the bound
    public Scratch(Path folder, long bytes) {
        this.folder = folder;
        this.free = new AtomicLong(bytes);
    }

    /// Takes bytes from what is free, if that many are.
    public boolean take(long bytes) {
        long left = free.addAndGet(-bytes);
        if (left < 0) {
            free.addAndGet(bytes);
            return false;
        }
        return true;
    }

    /// Gives back what was taken.
    public void give(long bytes) {
        free.addAndGet(bytes);
    }

    /// What is free.
    public long free() {
        return Math.max(0, free.get());
    }

    /// All bytes that were written to disk for want of memory.
    public long spilledBytes() {
        return spilled.get();
    }

    void spilled(long bytes) {
        spilled.addAndGet(bytes);
    }

    /// A new file, removed when it is closed where the system can do that.
    public FileChannel file() throws IOException {
        Path path = folder.resolve("scratch-" + files.incrementAndGet());
        Files.createDirectories(folder);
        return FileChannel.open(
                path,
                StandardOpenOption.CREATE_NEW,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                StandardOpenOption.DELETE_ON_CLOSE);
    }
}
