package dev.hypha.tensor;

import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Memory that one tape after the other writes its values into. It grows until the largest step fits, and from then
/// on a step allocates nothing. For one thread.
public final class Workspace implements AutoCloseable {
    private static final long FIRST_BYTES = 1 << 20;
    /// The most that it grows by beyond what is wanted.
    private static final long MOST_BYTES_AHEAD = 32 << 20;

    private final Memory memory;
    private final List<Memory.Block> chunks = new ArrayList<>();
    private long nextChunkBytes = FIRST_BYTES;
    private long chunkUsed;
    private final Map<Long, ArrayDeque<MemorySegment>> free = new HashMap<>();
    private long used;
    private long taken;
    private long peak;
    private boolean lent;

    /// @param memory what it grows in, counted as [Purpose#ACTIVATIONS]
    public Workspace(Memory memory) {
        this.memory = memory;
    }

    /// Bytes held, whether a tape is using them or not.
    public long bytes() {
        return chunks.stream().mapToLong(Memory.Block::bytes).sum();
    }

    /// The most bytes that one tape has used.
    public long peak() {
        return peak;
    }

    /// Lends the workspace to a tape.
    void open() {
        if (lent) throw new IllegalStateException("another tape is open on this workspace");
        lent = true;
    }

    /// Takes back one piece before the others: the next request for as many bytes gets it.
    void give(MemorySegment piece) {
        long rounded = rounded(piece.byteSize());
        free.computeIfAbsent(rounded, _ -> new ArrayDeque<>()).push(piece);
        used -= rounded;
    }

    private static long rounded(long bytes) {
        return (bytes + Memory.ALIGNMENT - 1) / Memory.ALIGNMENT * Memory.ALIGNMENT;
    }

    /// Memory until the next [#release()], aligned to 64 bytes, holding whatever was there before.
    MemorySegment take(long bytes) {
        long rounded = rounded(bytes);
        used += rounded;
        peak = Math.max(peak, used);
        ArrayDeque<MemorySegment> given = free.get(rounded);
        if (given != null && !given.isEmpty()) return given.pop().reinterpret(bytes);
        if (chunks.isEmpty() || chunkUsed + rounded > chunks.getLast().bytes()) grow(rounded);
        MemorySegment piece = chunks.getLast().segment().asSlice(chunkUsed, bytes);
        chunkUsed += rounded;
        taken += rounded;
        return piece;
    }

    private void grow(long bytes) {
        long preferred = Math.max(bytes, nextChunkBytes);
        try {
            chunks.add(memory.allocate(Purpose.ACTIVATIONS, preferred));
        } catch (MemoryLimitException e) {
            // Doubling is for speed: near the limit take only what is needed, or fail for that.
            chunks.add(memory.allocate(Purpose.ACTIVATIONS, bytes));
        }
        nextChunkBytes = Math.min(bytes(), MOST_BYTES_AHEAD);
        chunkUsed = 0;
    }

    /// Takes everything back. Several chunks become one at the next use, so that a repeated step fits without a gap.
    void release() {
        if (chunks.size() > 1) {
            nextChunkBytes = taken;
            freeChunks();
        }
        free.clear();
        chunkUsed = 0;
        used = 0;
        taken = 0;
        lent = false;
    }

    private void freeChunks() {
        chunks.forEach(Memory.Block::close);
        chunks.clear();
    }

    /// Returns the memory.
    @Override
    public void close() {
        freeChunks();
        nextChunkBytes = FIRST_BYTES;
        chunkUsed = 0;
    }
}
