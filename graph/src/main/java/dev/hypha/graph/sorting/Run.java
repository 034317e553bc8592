package dev.hypha.graph.sorting;

/// A sorted part of what is being sorted.
sealed interface Run {
    int count();

    /// What was taken from [Scratch] for it.
    long memoryBytes();

    /// Copies records from an index on.
    ///
    /// @param toValues null where there are none
    void read(int from, long[] toKeys, long[] toValues, int length);

    /// @param values null where there are none
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record InMemory(long[] keys, long[] values, int count, long memoryBytes) implements Run {
        @Override
        public void read(int from, long[] toKeys, long[] toValues, int length) {
            System.arraycopy(keys, from, toKeys, 0, length);
            if (values != null) {
                System.arraycopy(values, from, toValues, 0, length);
            }
        }
    }

    /// @param at where the keys begin in the file; the values, if any, follow them
    record OnDisk(RunFile file, long at, int count) implements Run {
        @Override
        public long memoryBytes() {
            return 0;
        }

        @Override
        public void read(int from, long[] toKeys, long[] toValues, int length) {
            file.read(at + (long) from * Long.BYTES, toKeys, length);
            if (toValues != null) {
                file.read(at + ((long) count + from) * Long.BYTES, toValues, length);
            }
        }
    }
}
