package dev.hypha.graph;

import java.util.function.IntToLongFunction;

/// [Neighbors] over arrays on the heap: the offsets and the sources of a CSR pattern, as they stand, without
/// a copy. The arrays are not to be changed afterwards.
public final class NeighborLists {
    private NeighborLists() {}

    /// Lists among the nodes of one type.
    ///
    /// @param offsets where each target's list begins, and the number of edges at the end
    /// @param sources the lists, one after the other
    /// @throws IllegalArgumentException naming the first entry that is no CSR pattern
    public static Neighbors of(int[] offsets, int[] sources) {
        return new IntOffsets(offsets, sources, check(offsets.length, i -> offsets[i], sources));
    }

    /// The same with 64-bit offsets.
    public static Neighbors of(long[] offsets, int[] sources) {
        return new LongOffsets(offsets, sources, check(offsets.length, i -> offsets[i], sources));
    }

    /// @return whether every list ascends
    private static boolean check(int length, IntToLongFunction offsets, int[] sources) {
        if (length == 0 || offsets.applyAsLong(0) != 0 || offsets.applyAsLong(length - 1) != sources.length) {
            throw new IllegalArgumentException("offsets that do not lead from 0 to the " + sources.length + " edges");
        }
        boolean sorted = true;
        for (int target = 0; target + 1 < length; target++) {
            long begin = offsets.applyAsLong(target);
            long end = offsets.applyAsLong(target + 1);
            if (end < begin || end > sources.length) {
                throw new IllegalArgumentException(
                        "the list of target " + target + " leads from " + begin + " to " + end);
            }
            for (int i = (int) begin; i < end; i++) {
                if (sources[i] < 0 || sources[i] >= length - 1) {
                    throw new IllegalArgumentException("target " + target + " has a source " + sources[i]);
                }
                sorted &= i == begin || sources[i - 1] <= sources[i];
            }
        }
        return sorted;
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record IntOffsets(int[] offsets, int[] sources, boolean sorted) implements Neighbors {
        @Override
        public int targets() {
            return offsets.length - 1;
        }

        @Override
        public long edges() {
            return sources.length;
        }

        @Override
        public long begin(int target) {
            return offsets[target];
        }

        @Override
        public long end(int target) {
            return offsets[target + 1];
        }

        @Override
        public int source(long position) {
            return sources[(int) position];
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record LongOffsets(long[] offsets, int[] sources, boolean sorted) implements Neighbors {
        @Override
        public int targets() {
            return offsets.length - 1;
        }

        @Override
        public long edges() {
            return sources.length;
        }

        @Override
        public long begin(int target) {
            return offsets[target];
        }

        @Override
        public long end(int target) {
            return offsets[target + 1];
        }

        @Override
        public int source(long position) {
            return sources[(int) position];
        }
    }
}
