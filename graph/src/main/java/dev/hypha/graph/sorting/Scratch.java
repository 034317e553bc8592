package dev.hypha.graph.sorting;

import dev.hypha.graph.InputException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/// Memory and disk for work whose size is not known before: a bound in bytes, from which buffers are taken
/// while it lasts, and a folder for what no longer fits.
public final class Scratch {
    /// Buffers of the files that are read and written, which are there in any case.
    public static final int BYTES_BESIDE = 12 << 20;

    private static final long MEBIBYTE = 1 << 20;
    private static final long MEBIBYTES_BESIDE = BYTES_BESIDE / MEBIBYTE;

    private final Path folder;
    private final AtomicLong free;
    private final AtomicLong spilled = new AtomicLong();
    private final AtomicLong files = new AtomicLong();
    private final AtomicLong peak = new AtomicLong();
    private final List<LongSpool> spools = new CopyOnWriteArrayList<>();
    private final long bound;

    /// What is left for scratch of all that may be held: a quarter at least, for bounds too small for the buffers.
    public static Scratch within(Path folder, long bytes) {
        return new Scratch(folder, Math.max(bytes - BYTES_BESIDE, bytes / 4));
    }

    /// @param folder exists, is the caller's to remove
    /// @param bytes the bound
    public Scratch(Path folder, long bytes) {
        this.folder = folder;
        this.free = new AtomicLong(bytes);
        this.bound = bytes;
    }

    /// Takes bytes from what is free, if that many are.
    public boolean take(long bytes) {
        long left = free.addAndGet(-bytes);
        if (left < 0) {
            free.addAndGet(bytes);
            return false;
        }
        peak.accumulateAndGet(bound - left, Math::max);
        return true;
    }

    /// Takes bytes that there is no doing without: spools put what they hold on disk where that makes the room. Not
    /// while values are added to one.
    ///
    /// @param what they are for, in the plural
    /// @throws InputException (`too-little-memory`) where they do not fit even so
    public void require(long bytes, String what) throws IOException {
        for (LongSpool spool : spools) {
            if (bytes > free()) {
                spool.toDisk();
            }
        }
        if (!take(bytes)) {
            long least = Math.ceilDiv(bound - free() + bytes, MEBIBYTE);
            throw new InputException(
                    "too-little-memory",
                    what + " take " + Math.ceilDiv(bytes, MEBIBYTE) + " MB while the store is made, and "
                            + free() / MEBIBYTE + " MB of --memory are left",
                    Map.of("option", "--memory", "neededBytes", bytes, "freeBytes", free()),
                    "Give " + (least + MEBIBYTES_BESIDE)
                            + "m or more; half of the Java heap is the most that is used.");
        }
    }

    /// Gives back what was taken.
    public void give(long bytes) {
        free.addAndGet(bytes);
    }

    /// What is free.
    public long free() {
        return Math.max(0, free.get());
    }

    /// The most that was taken at once.
    public long peakBytes() {
        return peak.get();
    }

    /// A spool that can be put on disk until it is forgotten.
    void know(LongSpool spool) {
        spools.add(spool);
    }

    void forget(LongSpool spool) {
        spools.remove(spool);
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
