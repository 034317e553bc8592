package dev.hypha.tensor;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// An allocator of off-heap memory that counts what is live, remembers the peak per [Purpose], refuses to pass its
/// limit and frees everything when it is closed. Safe for use by several threads.
public final class Memory implements AutoCloseable {
    /// Bytes; every allocation starts on a multiple of this: a cache line, and the widest vector.
    static final long ALIGNMENT = 64;

    /// Addresses without memory behind them: a matrix there has a shape, and a touch of its elements is refused.
    private static final MemorySegment NOWHERE = nowhere();

    private final long limitBytes;
    private final boolean backed;
    private final Set<Block> blocks = new HashSet<>();
    private final Map<Purpose, Long> live = new EnumMap<>(Purpose.class);
    private final Map<Purpose, Long> peak = new EnumMap<>(Purpose.class);
    private long liveBytes;
    private long peakBytes;
    private long nextAddress;
    private long allocations;
    private boolean closed;

    /// @param limitBytes at most this much is live at any moment
    public Memory(long limitBytes) {
        this(limitBytes, true);
    }

    private Memory(long limitBytes, boolean backed) {
        if (limitBytes < 0) throw new IllegalArgumentException("limit " + limitBytes + " is negative");
        this.limitBytes = limitBytes;
        this.backed = backed;
    }

    /// A memory that only the machine bounds.
    public static Memory unlimited() {
        return new Memory(Long.MAX_VALUE);
    }

    /// A memory that only counts, to find out what something will need before it is done. Its matrices have
    /// shapes but no elements: filling them or copying into them does nothing, and reading them is an
    /// [IllegalStateException]. Meant for tapes on [KernelProvider#dry].
    public static Memory counting() {
        return new Memory(Long.MAX_VALUE, false);
    }

    private static MemorySegment nowhere() {
        try (Arena closed = Arena.ofShared()) {
            return MemorySegment.NULL.reinterpret(Long.MAX_VALUE, closed, null);
        }
    }

    /// Whether a segment has memory behind it, or had until it was freed: false for what was only counted.
    static boolean backed(MemorySegment segment) {
        return !segment.scope().equals(NOWHERE.scope());
    }

    /// Zero-filled memory.
    ///
    /// @throws MemoryLimitException if the limit would be passed, or the machine has no more
    public Block allocate(Purpose purpose, long bytes) {
        Block block = count(purpose, bytes);
        if (!backed) {
            block.segment = next(bytes);
            return block;
        }
        try {
            block.arena = Arena.ofShared();
            block.segment = block.arena.allocate(Math.max(bytes, 1), ALIGNMENT).asSlice(0, bytes);
            return block;
        } catch (OutOfMemoryError e) {
            block.close();
            throw new MemoryLimitException(purpose, bytes, live(), live());
        } catch (RuntimeException e) {
            block.close();
            throw e;
        }
    }

    private synchronized MemorySegment next(long bytes) {
        MemorySegment next = NOWHERE.asSlice(nextAddress, bytes);
        nextAddress += (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        return next;
    }

    /// Some of a block; of one that is only counted, also beyond its end.
    MemorySegment slice(Block block, long from, long bytes) {
        return backed ? block.segment.asSlice(from, bytes) : NOWHERE.asSlice(block.segment.address() + from, bytes);
    }

    /// Counts memory that somebody else holds, until the block is closed. Its segment is empty.
    ///
    /// @throws MemoryLimitException if the limit would be passed
    public Block reserve(Purpose purpose, long bytes) {
        return count(purpose, bytes);
    }

    private synchronized Block count(Purpose purpose, long bytes) {
        if (closed) throw new IllegalStateException("this memory is closed");
        if (bytes < 0) throw new IllegalArgumentException("size " + bytes + " is negative");
        if (bytes > limitBytes - liveBytes) throw new MemoryLimitException(purpose, bytes, liveBytes, limitBytes);
        Block block = new Block(purpose, bytes);
        blocks.add(block);
        add(purpose, bytes);
        allocations++;
        return block;
    }

    private void add(Purpose purpose, long bytes) {
        liveBytes += bytes;
        peak.merge(purpose, live.merge(purpose, bytes, Long::sum), Math::max);
        peakBytes = Math.max(peakBytes, liveBytes);
    }

    private synchronized boolean forget(Block block) {
        if (!blocks.remove(block)) return false;
        add(block.purpose, -block.bytes);
        return true;
    }

    /// Bytes in use now.
    public synchronized long live() {
        return liveBytes;
    }

    /// Bytes in use now for one purpose.
    public synchronized long live(Purpose purpose) {
        return live.getOrDefault(purpose, 0L);
    }

    /// The most bytes that were ever in use at once.
    public synchronized long peak() {
        return peakBytes;
    }

    /// The most bytes that were ever in use at once for one purpose.
    public synchronized long peak(Purpose purpose) {
        return peak.getOrDefault(purpose, 0L);
    }

    /// How often memory was asked for so far, whatever became of it.
    public synchronized long allocations() {
        return allocations;
    }

    /// The most bytes that were ever in use at once, for every purpose; these need not have been at one moment.
    public synchronized Map<Purpose, Long> peaks() {
        Map<Purpose, Long> peaks = new EnumMap<>(Purpose.class);
        for (Purpose purpose : Purpose.values()) peaks.put(purpose, peak(purpose));
        return peaks;
    }

    /// Bytes that may be in use at once.
    public long limit() {
        return limitBytes;
    }

    /// Frees all that is still live. Matrices in it must not be touched any more.
    @Override
    public void close() {
        Set<Block> left;
        synchronized (this) {
            closed = true;
            left = new HashSet<>(blocks);
        }
        left.forEach(Block::close);
    }

    /// A counted piece of memory. Closing it twice is harmless.
    public final class Block implements AutoCloseable {
        private final Purpose purpose;
        private final long bytes;
        private Arena arena;
        private MemorySegment segment = MemorySegment.NULL;

        private Block(Purpose purpose, long bytes) {
            this.purpose = purpose;
            this.bytes = bytes;
        }

        /// The memory itself; any thread may use it.
        public MemorySegment segment() {
            return segment;
        }

        /// Its size.
        public long bytes() {
            return bytes;
        }

        @Override
        public void close() {
            if (forget(this) && arena != null) arena.close();
        }
    }
}
