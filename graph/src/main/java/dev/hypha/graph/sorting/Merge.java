package dev.hypha.graph.sorting;

import java.util.List;

/// Several sorted runs as one: a binary heap of the runs by (key at hand, number of the run).
///
/// Knuth, "The Art of Computer Programming", volume 3, section 5.4.1.
final class Merge implements Sorted {
    /// Records that each run has at hand: a run on disk is read that much at once.
    private static final int AT_HAND = 1 << 10;

    private final Cursor[] heap;
    private int live;

    private Merge(Cursor[] heap) {
        this.heap = heap;
        this.live = heap.length;
        for (int i = live / 2 - 1; i >= 0; i--) {
            sink(i);
        }
    }

    static Sorted of(List<Run> runs, boolean valued) {
        if (runs.size() == 1) {
            return single(runs.getFirst());
        }
        Cursor[] cursors = new Cursor[runs.size()];
        for (int i = 0; i < cursors.length; i++) {
            cursors[i] = new Cursor(runs.get(i), i, valued);
        }
        return new Merge(cursors);
    }

    private static Sorted single(Run run) {
        int[] at = {0};
        return (keys, values) -> {
            int count = Math.min(keys.length, run.count() - at[0]);
            if (count > 0) {
                run.read(at[0], keys, values, count);
                at[0] += count;
            }
            return count;
        };
    }

    @Override
    public int next(long[] keys, long[] values) {
        int done = 0;
        while (done < keys.length && live > 0) {
            Cursor first = heap[0];
            keys[done] = first.key;
            if (values != null) {
                values[done] = first.value();
            }
            done++;
            if (!first.advance()) {
                heap[0] = heap[--live];
            }
            sink(0);
        }
        return done;
    }

    private void sink(int hole) {
        if (live == 0) {
            return;
        }
        Cursor sinking = heap[hole];
        int at = hole;
        int child = 2 * at + 1;
        while (child < live) {
            if (child + 1 < live && heap[child + 1].before(heap[child])) {
                child++;
            }
            if (!heap[child].before(sinking)) {
                break;
            }
            heap[at] = heap[child];
            at = child;
            child = 2 * at + 1;
        }
        heap[at] = sinking;
    }

    /// A place in a run.
    private static final class Cursor {
        private final Run run;
        private final int number;
        private final long[] keys;
        private final long[] values;
        private int read;
        private int at = -1;
        private int held;
        private long key;

        Cursor(Run run, int number, boolean valued) {
            this.run = run;
            this.number = number;
            this.keys = new long[Math.min(AT_HAND, run.count())];
            this.values = valued ? new long[keys.length] : null;
            advance();
        }

        long value() {
            return values[at];
        }

        boolean before(Cursor other) {
            int order = Long.compareUnsigned(key, other.key);
            return order < 0 || (order == 0 && number < other.number);
        }

        /// Goes on to the next record.
        ///
        /// @return false at the end of the run
        boolean advance() {
            at++;
            if (at == held) {
                held = Math.min(keys.length, run.count() - read);
                if (held == 0) {
                    return false;
                }
                run.read(read, keys, values, held);
                read += held;
                at = 0;
            }
            key = keys[at];
            return true;
        }
    }
}
