package dev.hypha.graph.sorting;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Sorts any number of unsigned 64-bit keys: runs are sorted on other threads while the next one fills, kept in
/// memory while there is some and on disk beyond that, and merged when they are read.
///
/// The result depends on what was added alone, not on threads or memory. Adding and reading are for one thread.
public final class RunSorter implements AutoCloseable {
    private static final int LARGEST_RUN = 1 << 21;
    private static final int SMALLEST_RUN = 1 << 10;
    private static final int FIRST_BUFFER = 1 << 12;

    private final Scratch scratch;
    private final ExecutorService workers;
    private final int atWork;
    private final boolean valued;
    private final int runLength;
    private final long reserved;
    private final List<Future<Run>> runs = new ArrayList<>();
    /// Buffers of full length that are free again: new ones for each run would be garbage faster than it is collected.
    private final Queue<long[]> spare = new ConcurrentLinkedQueue<>();

    private RunFile file;
    private long[] keys;
    private long[] values;
    private int used;
    private long size;

    /// @param threads that sort; at least 1
    /// @param valued true if keys come with values
    public RunSorter(Scratch scratch, int threads, boolean valued) {
        this.scratch = scratch;
        this.valued = valued;
        this.atWork = threads;
        this.workers = Executors.newFixedThreadPool(
                threads, Thread.ofPlatform().daemon().factory());
        // One run fills, and each run at work has a copy beside it.
        int buffers = 1 + 2 * threads;
        long fits = scratch.free() / (2L * buffers * recordBytes());
        this.runLength = (int) Math.max(SMALLEST_RUN, Math.min(LARGEST_RUN, fits));
        long wanted = (long) buffers * runLength * recordBytes();
        this.reserved = scratch.take(wanted) ? wanted : 0;
        begin(FIRST_BUFFER);
    }

    public void add(long key) {
        add(key, 0);
    }

    /// @param key unsigned
    /// @param value ignored where there are none
    public void add(long key, long value) {
        if (used == keys.length) {
            makeRoom();
        }
        keys[used] = key;
        if (valued) {
            values[used] = value;
        }
        used++;
    }

    /// How many keys were added.
    public long size() {
        return size + used;
    }

    /// Everything in order, to be read once. Nothing may be added afterwards.
    public Sorted finish() {
        if (used > 0) {
            endRun();
        }
        keys = null;
        values = null;
        List<Run> sorted = new ArrayList<>();
        for (Future<Run> run : runs) {
            sorted.add(await(run));
        }
        spare.clear();
        return Merge.of(sorted, valued);
    }

    @Override
    public void close() {
        workers.shutdown();
        for (Future<Run> run : runs) {
            scratch.give(await(run).memoryBytes());
        }
        runs.clear();
        scratch.give(reserved);
        if (file != null) {
            file.close();
        }
    }

    private void begin(int length) {
        int first = Math.min(length, runLength);
        keys = buffer(first);
        values = valued ? buffer(first) : null;
        used = 0;
    }

    private long[] buffer(int length) {
        long[] free = length == runLength ? spare.poll() : null;
        return free == null ? new long[length] : free;
    }

    private void giveBack(long[] buffer) {
        if (buffer != null && buffer.length == runLength) {
            spare.add(buffer);
        }
    }

    private void makeRoom() {
        if (keys.length < runLength) {
            int longer = Math.min(runLength, 4 * keys.length);
            keys = Arrays.copyOf(keys, longer);
            values = valued ? Arrays.copyOf(values, longer) : null;
        } else {
            endRun();
            begin(runLength);
        }
    }

    private void endRun() {
        // The one handed over so many runs ago must be done, so that no more than `threads` are at work.
        if (runs.size() >= atWork) {
            await(runs.get(runs.size() - atWork));
        }
        long[] theseKeys = keys;
        long[] theseValues = values;
        int count = used;
        size += count;
        used = 0;
        runs.add(workers.submit(() -> sorted(theseKeys, theseValues, count)));
    }

    private Run sorted(long[] theseKeys, long[] theseValues, int count) {
        int length = theseKeys.length;
        long[] besideKeys = buffer(length);
        long[] besideValues = valued ? buffer(length) : null;
        RadixSort.sort(theseKeys, theseValues, count, besideKeys, besideValues);
        giveBack(besideKeys);
        giveBack(besideValues);
        long bytes = (long) length * recordBytes();
        if (scratch.take(bytes)) {
            return new Run.InMemory(theseKeys, theseValues, count, bytes);
        }
        Run run = file().write(theseKeys, theseValues, count);
        giveBack(theseKeys);
        giveBack(theseValues);
        return run;
    }

    private synchronized RunFile file() {
        if (file == null) {
            file = new RunFile(scratch);
        }
        return file;
    }

    private int recordBytes() {
        return valued ? 2 * Long.BYTES : Long.BYTES;
    }

    private static Run await(Future<Run> run) {
        try {
            return run.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while sorting", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            if (e.getCause() instanceof Error cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        }
    }
}
