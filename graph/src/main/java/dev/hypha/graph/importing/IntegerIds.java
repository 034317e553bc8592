package dev.hypha.graph.importing;

import dev.hypha.graph.reading.IntegerField;
import dev.hypha.graph.sorting.RunSorter;
import dev.hypha.graph.sorting.Scratch;
import dev.hypha.graph.sorting.Sorted;
import dev.hypha.graph.store.StoreWriter;
import dev.hypha.graph.store.v1.DataFileWriter;
import dev.hypha.graph.store.v1.FileEntry;
import dev.hypha.graph.store.v1.Kind;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/// Ids that are 64-bit integers; an id is its own token.
///
/// Small ids, which most files have, are bits of a bitmap. The others are collected in a hash set, which is
/// emptied into an external sort when memory is short, and are found again by binary search in the file that
/// they were written to.
final class IntegerIds implements Ids, IntegerField {
    private final Scratch scratch;
    private final int threads;
    private final IdBitmap small;
    private final LongSet others;
    private RunSorter sorter;

    IntegerIds(Scratch scratch, int threads) {
        this.scratch = scratch;
        this.threads = threads;
        this.small = new IdBitmap(scratch);
        this.others = new LongSet(scratch);
    }

    @Override
    public long keep(long id, byte[] bytes, int from, int to) {
        if (!small.add(id)) {
            addOther(id);
        }
        return id;
    }

    /// Remembers ids that stand in no file.
    void keepRange(long first, long last) {
        for (long id = first; id <= last; id++) {
            keep(id, null, 0, 0);
        }
    }

    private void addOther(long id) {
        if (!others.add(id)) {
            sortOthers();
            others.add(id);
        }
    }

    /// Empties the set into the sort, which sees an id again if it comes again.
    private void sortOthers() {
        if (sorter == null) {
            sorter = new RunSorter(scratch, threads, false);
        }
        // Unsigned keys sort as the signed ids do when the sign is turned over.
        others.drain(id -> sorter.add(id ^ Long.MIN_VALUE));
    }

    @Override
    public Numbering finish(StoreWriter writer, String name) throws IOException {
        sortOthers();
        try (DataFileWriter file = writer.begin(name, Kind.IDS)) {
            RisingIds rising = new RisingIds(file);
            Sorted sorted = sorter.finish();
            long[] keys = new long[1 << 12];
            boolean smallDone = false;
            for (int count = sorted.next(keys, null); count > 0; count = sorted.next(keys, null)) {
                for (int i = 0; i < count; i++) {
                    long id = keys[i] ^ Long.MIN_VALUE;
                    if (!smallDone && id >= 0) {
                        small.number(rising);
                        smallDone = true;
                    }
                    rising.add(id);
                }
            }
            if (!smallDone) {
                small.number(rising);
            }
            rising.flush();
            sorter.close();
            sorter = null;
            others.close();
            return new Found(writer, writer.end(file), small);
        }
    }

    @Override
    public void close() {
        others.close();
        small.close();
        if (sorter != null) {
            sorter.close();
        }
    }

    /// Numbers of ids: from the bitmap, or by search in the file.
    private static final class Found implements Numbering {
        /// Every so many-th id is held in an array, so that a search reads little of the file.
        private static final int EVERY = 256;

        private final Arena arena = Arena.ofShared();
        private final MemorySegment ids;
        private final IdBitmap small;
        private final int count;
        private final long[] top;

        Found(StoreWriter writer, FileEntry file, IdBitmap small) throws IOException {
            this.ids = writer.map(file, arena);
            this.small = small;
            this.count = (int) file.elements();
            this.top = new long[(count + EVERY - 1) / EVERY];
            for (int i = 0; i < top.length; i++) {
                top[i] = id((long) i * EVERY);
            }
        }

        @Override
        public int count() {
            return count;
        }

        @Override
        public int number(long id) {
            return small.holds(id) ? small.number(id) : search(id);
        }

        private int search(long id) {
            int block = Arrays.binarySearch(top, id);
            if (block >= 0) {
                return block * EVERY;
            }
            int low = (-block - 2) * EVERY;
            int high = Math.min(count, low + EVERY) - 1;
            while (low < high) {
                int middle = (low + high) >>> 1;
                if (id(middle) < id) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            return low;
        }

        private long id(long number) {
            return ids.getAtIndex(ValueLayout.JAVA_LONG, number);
        }

        @Override
        public void close() {
            arena.close();
        }
    }
}
