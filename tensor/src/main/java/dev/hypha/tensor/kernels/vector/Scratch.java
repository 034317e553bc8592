package dev.hypha.tensor.kernels.vector;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// A piece of off-heap memory of each thread that kernels write numbers into for the few rows at hand. It grows to the
/// largest wish and stays.
final class Scratch {
    private static final ThreadLocal<Scratch> WEIGHTS = ThreadLocal.withInitial(Scratch::new);
    private static final ThreadLocal<Scratch> ROWS = ThreadLocal.withInitial(Scratch::new);
    private static final long LEAST_BYTES = 1 << 16;
    private static final int ALIGNMENT = 64;

    private MemorySegment segment = MemorySegment.NULL;

    private Scratch() {}

    /// The calling thread's, for weights of entries.
    static Scratch weights() {
        return WEIGHTS.get();
    }

    /// The calling thread's, for rows of sums.
    static Scratch rows() {
        return ROWS.get();
    }

    /// Where it starts. It has room for at least `numbers` and one vector more; the next call may move it.
    long address(long numbers) {
        long bytes = 4 * (numbers + Lanes.COUNT);
        if (segment.byteSize() < bytes) {
            long rounded = Math.max(LEAST_BYTES, Long.highestOneBit(bytes - 1) * 2);
            segment = Arena.ofAuto().allocate(rounded, ALIGNMENT);
        }
        return segment.address() & Lanes.ADDRESS;
    }
}
