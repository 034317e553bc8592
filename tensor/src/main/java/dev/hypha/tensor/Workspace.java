package dev.hypha.tensor;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/// Memory that one tape after the other writes its values into. It grows until the largest step fits, and from then
/// on a step allocates nothing. For one thread.
public final class Workspace implements AutoCloseable {
    private static final long FIRST_BYTES = 1 << 20;

    private final Memory memory;
    private final List<Memory.Block> chunks = new ArrayList<>();
    private long nextChunkBytes = FIRST_BYTES;
    private long chunkUsed;
    private long used;
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

    /// Memory until the next [#release()], aligned to 64 bytes, holding whatever was there before.
    MemorySegment take(long bytes) {
        long rounded = (bytes + Memory.ALIGNMENT - 1) / Memory.ALIGNMENT * Memory.ALIGNMENT;
        if (chunks.isEmpty() || chunkUsed + rounded > chunks.getLast().bytes()) grow(rounded);
        MemorySegment taken = chunks.getLast().segment().asSlice(chunkUsed, bytes);
        chunkUsed += rounded;
        used += rounded;
        peak = Math.max(peak, used);
        return taken;
    }

    private void grow(long bytes) {
        long preferred = Math.max(bytes, nextChunkBytes);
        try {
            chunks.add(memory.allocate(Purpose.ACTIVATIONS, preferred));
        } catch (MemoryLimitException e) {
            // Doubling is for speed: near the limit take only what is needed, or fail for that.
            chunks.add(memory.allocate(Purpose.ACTIVATIONS, bytes));
        }
        nextChunkBytes = bytes();
        chunkUsed = 0;
    }

    /// Takes everything back. Several chunks become one at the next use, so that a repeated step fits without a gap.
    void release() {
        if (chunks.size() > 1) {
            nextChunkBytes = bytes();
            freeChunks();
        }
        chunkUsed = 0;
        used = 0;
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
