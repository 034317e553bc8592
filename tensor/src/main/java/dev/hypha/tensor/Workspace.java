package dev.hypha.tensor;

import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Memory that one tape after the other writes its values into. It grows until the largest step fits, and from then
/// on a step allocates nothing; whoever knows what a step takes ([#extent] of a trial) has it there at once by
/// [#reserve]. For one thread.
public final class Workspace implements AutoCloseable {
    private static final long LEAST_BYTES_AHEAD = 4 << 10;
    private static final long MOST_BYTES_AHEAD = 32 << 20;

    /// It grows by this part of what is there, or by what is wanted if that is more: few pieces, and little held that
    /// is not used.
    private static final int PART_AHEAD = 16;

    private final Memory memory;
    private final List<Memory.Block> chunks = new ArrayList<>();
    private long firstBytes;
    private long chunkUsed;
    private final Map<Long, ArrayDeque<MemorySegment>> free = new HashMap<>();
    private long used;
    private long taken;
    private long peak;
    private long extent;
    private boolean lent;

    /// @param memory what it grows in, counted as [Purpose#ACTIVATIONS]
    public Workspace(Memory memory) {
        this.memory = memory;
    }

    /// Bytes held, whether a tape is using them or not.
    public long bytes() {
        return chunks.stream().mapToLong(Memory.Block::bytes).sum();
    }

    /// The most bytes that were in use at one moment.
    public long peak() {
        return peak;
    }

    /// The most bytes that one tape has laid out: what must be held for it. More than [#peak] where it gave memory back
    /// of sizes that it did not ask for again.
    public long extent() {
        return extent;
    }

    /// Holds at least so many bytes in one piece from now on.
    ///
    /// @throws MemoryLimitException if they do not fit
    public void reserve(long bytes) {
        if (lent) throw new IllegalStateException("a tape is open on this workspace");
        if (bytes == 0 || (chunks.size() == 1 && bytes <= bytes())) return;
        freeChunks();
        chunks.add(memory.allocate(Purpose.ACTIVATIONS, bytes));
    }

    /// Lends the workspace to a tape.
    void open() {
        if (lent) throw new IllegalStateException("another tape is open on this workspace");
        lent = true;
    }

    /// Takes back one piece before the others: the next request for as many bytes gets it.
    ///
    /// @throws IllegalArgumentException if it is not of this workspace
    /// @throws IllegalStateException if it was given back already
    void give(MemorySegment piece) {
        long rounded = rounded(piece.byteSize());
        MemorySegment whole = laidOut(piece.address(), rounded);
        ArrayDeque<MemorySegment> given = free.computeIfAbsent(rounded, _ -> new ArrayDeque<>());
        for (MemorySegment one : given) {
            if (one.address() == piece.address()) throw new IllegalStateException("this memory was given back before");
        }
        given.push(whole);
        used -= rounded;
    }

    private MemorySegment laidOut(long address, long bytes) {
        for (Memory.Block chunk : chunks) {
            long from = address - chunk.segment().address();
            if (from >= 0 && from + bytes <= chunk.bytes())
                return chunk.segment().asSlice(from, bytes);
        }
        throw new IllegalArgumentException("memory that this workspace has not lent");
    }

    private static long rounded(long bytes) {
        return (bytes + Memory.ALIGNMENT - 1) / Memory.ALIGNMENT * Memory.ALIGNMENT;
    }

    /// Memory until the next [#release()], aligned to 64 bytes, holding whatever was there before.
    MemorySegment take(long bytes) {
        long rounded = rounded(bytes);
        ArrayDeque<MemorySegment> given = free.get(rounded);
        MemorySegment piece = given == null || given.isEmpty() ? layOut(rounded) : given.pop();
        used += rounded;
        peak = Math.max(peak, used);
        return piece.asSlice(0, bytes);
    }

    private MemorySegment layOut(long rounded) {
        if (chunks.isEmpty() || chunkUsed + rounded > chunks.getLast().bytes()) grow(rounded);
        MemorySegment piece = chunks.getLast().segment().asSlice(chunkUsed, rounded);
        chunkUsed += rounded;
        taken += rounded;
        extent = Math.max(extent, taken);
        return piece;
    }

    private void grow(long bytes) {
        long ahead = chunks.isEmpty()
                ? Math.max(firstBytes, LEAST_BYTES_AHEAD)
                : Math.clamp(bytes() / PART_AHEAD, LEAST_BYTES_AHEAD, MOST_BYTES_AHEAD);
        try {
            chunks.add(memory.allocate(Purpose.ACTIVATIONS, Math.max(bytes, rounded(ahead))));
        } catch (MemoryLimitException e) {
            // Growing ahead is for speed: near the limit take only what is needed, or fail for that.
            chunks.add(memory.allocate(Purpose.ACTIVATIONS, bytes));
        }
        chunkUsed = 0;
    }

    /// Takes everything back. Several chunks become one at the next use, so that a repeated step fits without a gap.
    void release() {
        if (chunks.size() > 1) {
            freeChunks();
            firstBytes = extent;
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
        firstBytes = 0;
        chunkUsed = 0;
    }
}
