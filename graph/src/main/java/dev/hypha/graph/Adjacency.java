package dev.hypha.graph;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.OptionalLong;

/// The edges of one type as each target's list of source neighbors (CSR), off-heap and immutable.
///
/// The neighbors of a target stand at the positions `begin(target) .. end(target)-1`, ordered by (time of the source,
/// number of the source), so what a cut-off may see is a prefix. Valid until its graph is closed.
public final class Adjacency implements Neighbors {
    private final MemorySegment offsets;
    private final MemorySegment sources;
    private final NodeTimes times;
    private final OptionalLong checksum;

    private Adjacency(MemorySegment offsets, MemorySegment sources, NodeTimes times, OptionalLong checksum) {
        this.offsets = offsets;
        this.sources = sources;
        this.times = times;
        this.checksum = checksum;
    }

    /// Stands on arrays that belong to somebody else, such as a mapped file, and reads nothing of them now. Their
    /// owner keeps the checksums.
    ///
    /// @param offsets int64 per target and one more
    /// @param sources int32 per edge
    static Adjacency over(MemorySegment offsets, MemorySegment sources, NodeTimes times) {
        return new Adjacency(offsets, sources, times, OptionalLong.empty());
    }

    /// Sorts edges into lists. Two counting sorts: by source, then, walking the sources in their order, by target.
    ///
    /// @param reversed true to read each edge of the list the other way round
    /// @param order the sources by (time, number)
    static Adjacency of(EdgeList list, boolean reversed, NodeTimes times, int[] order, int targets, Arena arena) {
        EdgeList.Edges edges = reversed ? list.reversed() : list.asGiven();
        MemorySegment offsets = arena.allocate(ValueLayout.JAVA_LONG, targets + 1L);
        MemorySegment sources = arena.allocate(ValueLayout.JAVA_INT, list.size());
        try (Arena scratch = Arena.ofConfined()) {
            MemorySegment starts = scratch.allocate(ValueLayout.JAVA_LONG, order.length + 1L);
            MemorySegment reached = scratch.allocate(ValueLayout.JAVA_INT, list.size());
            edges.forEach((source, target) -> {
                next(starts, source);
                next(offsets, target);
            });
            accumulate(starts);
            accumulate(offsets);
            edges.forEach((source, target) -> reached.setAtIndex(ValueLayout.JAVA_INT, next(starts, source), target));
            // Every start has moved to its list's end, which is where the following list begins.
            for (int source : order) {
                long end = at(starts, source);
                for (long i = source == 0 ? 0 : at(starts, source - 1); i < end; i++) {
                    sources.setAtIndex(
                            ValueLayout.JAVA_INT, next(offsets, reached.getAtIndex(ValueLayout.JAVA_INT, i)), source);
                }
            }
        }
        shiftRight(offsets);
        return new Adjacency(offsets, sources, times, OptionalLong.of(checksum(offsets, sources)));
    }

    /// How many targets there are.
    @Override
    public int targets() {
        return (int) (offsets.byteSize() / Long.BYTES - 1);
    }

    /// How many edges there are.
    @Override
    public long edges() {
        return sources.byteSize() / Integer.BYTES;
    }

    /// The position of a target's first neighbor.
    @Override
    public long begin(int target) {
        return at(offsets, target);
    }

    /// The position after a target's last neighbor.
    @Override
    public long end(int target) {
        return at(offsets, target + 1L);
    }

    /// The position after the last neighbor that a prediction with this cut-off may see.
    public long visibleEnd(int target, long cutoff) {
        long low = begin(target);
        long high = end(target);
        if (!times.timed() || low == high || visible(high - 1, cutoff)) {
            return high;
        }
        while (low < high) {
            long middle = (low + high) >>> 1;
            if (visible(middle, cutoff)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /// The neighbor at a position.
    @Override
    public int source(long position) {
        return sources.getAtIndex(ValueLayout.JAVA_INT, position);
    }

    /// True if the sources have no times, so that their order is that of their numbers.
    @Override
    public boolean sorted() {
        return !times.timed();
    }

    /// All offsets as int64, `targets() + 1` of them, to be read only.
    public MemorySegment offsets() {
        return offsets.asReadOnly();
    }

    /// All sources as int32, `edges()` of them, to be read only.
    public MemorySegment sources() {
        return sources.asReadOnly();
    }

    long bytes() {
        return offsets.byteSize() + sources.byteSize();
    }

    MemorySegment offsetSegment() {
        return offsets;
    }

    MemorySegment sourceSegment() {
        return sources;
    }

    /// What the edges summed up to when they were sorted; empty where their owner keeps the checksums.
    OptionalLong checksum() {
        return checksum;
    }

    long checksumNow() {
        return checksum(offsets, sources);
    }

    private static long checksum(MemorySegment offsets, MemorySegment sources) {
        return Checksums.of(offsets) * 31 + Checksums.of(sources);
    }

    private boolean visible(long position, long cutoff) {
        return Visibility.visible(times.get(source(position)), cutoff);
    }

    private static long next(MemorySegment cursors, long at) {
        long value = at(cursors, at);
        cursors.setAtIndex(ValueLayout.JAVA_LONG, at, value + 1);
        return value;
    }

    private static long at(MemorySegment longs, long index) {
        return longs.getAtIndex(ValueLayout.JAVA_LONG, index);
    }

    /// Turns counts into starts: entry i becomes the sum of the entries before it.
    private static void accumulate(MemorySegment counts) {
        long sum = 0;
        for (long i = 0; i < counts.byteSize() / Long.BYTES; i++) {
            long here = at(counts, i);
            counts.setAtIndex(ValueLayout.JAVA_LONG, i, sum);
            sum += here;
        }
    }

    /// Turns ends, which filling made of the starts, into starts again; the last entry already is the number of edges.
    private static void shiftRight(MemorySegment ends) {
        long last = ends.byteSize() - Long.BYTES;
        MemorySegment.copy(ends, 0, ends, Long.BYTES, last);
        ends.setAtIndex(ValueLayout.JAVA_LONG, 0, 0);
    }
}
