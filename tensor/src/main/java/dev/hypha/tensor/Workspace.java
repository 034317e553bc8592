package dev.hypha.tensor;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

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
    private final Holes holes = new Holes();
    private long firstBytes;
    /// Where the last piece begins, where what is laid out of it ends, and where it ends itself: addresses.
    private long start;
    private long frontier;
    private long end;
    /// Bytes of the pieces before it.
    private long before;
    private long used;
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

    /// The most bytes that one tape has laid out: what must be held for it. More than [#peak] where what it gave back
    /// lay between other memory and was smaller than what it asked for next.
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
        begin(chunks.getLast());
    }

    /// Lends the workspace to a tape.
    void open() {
        if (lent) throw new IllegalStateException("another tape is open on this workspace");
        lent = true;
    }

    /// Takes back one piece before the others, for later requests of as many bytes or less.
    ///
    /// @throws IllegalArgumentException if it is not of this workspace
    /// @throws IllegalStateException if it was given back already
    void give(MemorySegment piece) {
        long rounded = rounded(piece.byteSize());
        if (rounded == 0) return;
        slice(piece.address(), rounded);
        if (frontier <= piece.address() && piece.address() < end) {
            throw new IllegalStateException("this memory was given back before");
        }
        holes.add(piece.address(), rounded);
        frontier = Math.max(start, holes.takeBefore(frontier));
        used -= rounded;
    }

    private MemorySegment slice(long address, long bytes) {
        for (Memory.Block chunk : chunks) {
            long from = address - chunk.segment().address();
            if (from >= 0 && from < chunk.bytes()) return memory.slice(chunk, from, bytes);
        }
        throw new IllegalArgumentException("memory that this workspace has not lent");
    }

    private static long rounded(long bytes) {
        return (bytes + Memory.ALIGNMENT - 1) / Memory.ALIGNMENT * Memory.ALIGNMENT;
    }

    /// Memory until the next [#release()], aligned to 64 bytes, holding whatever was there before.
    MemorySegment take(long bytes) {
        long rounded = rounded(bytes);
        if (rounded == 0) return MemorySegment.NULL;
        long address = holes.take(rounded);
        if (address < 0) address = layOut(rounded);
        used += rounded;
        peak = Math.max(peak, used);
        return slice(address, bytes);
    }

    private long layOut(long rounded) {
        if (chunks.isEmpty() || rounded > end - frontier) grow(rounded);
        long address = frontier;
        frontier += rounded;
        extent = Math.max(extent, before + frontier - start);
        return address;
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
        Memory.Block grown = chunks.getLast();
        if (grown.segment().address() == end && !Memory.backed(grown.segment())) {
            end += grown.bytes(); // what is only counted has no seams, as little as the one piece of a later step
            return;
        }
        if (end > frontier) holes.add(frontier, end - frontier);
        before += end - start;
        begin(grown);
    }

    private void begin(Memory.Block chunk) {
        start = chunk.segment().address();
        frontier = start;
        end = start + chunk.bytes();
    }

    /// Takes everything back. Several chunks become one at the next use, so that a repeated step fits without a gap.
    void release() {
        if (chunks.size() > 1) {
            freeChunks();
            firstBytes = extent;
        }
        holes.clear();
        frontier = start;
        used = 0;
        lent = false;
    }

    private void freeChunks() {
        chunks.forEach(Memory.Block::close);
        chunks.clear();
        holes.clear();
        start = 0;
        frontier = 0;
        end = 0;
        before = 0;
    }

    /// Returns the memory.
    @Override
    public void close() {
        freeChunks();
        firstBytes = 0;
    }
}
