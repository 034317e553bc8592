package dev.hypha.graph;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.OptionalLong;

/// The times of all nodes of one type, off-heap; without memory where the type has no time.
final class NodeTimes {
    private final MemorySegment times;
    private final OptionalLong checksum;

    private NodeTimes(MemorySegment times, OptionalLong checksum) {
        this.times = times;
        this.checksum = checksum;
    }

    /// A type whose nodes are always visible.
    static NodeTimes none() {
        return new NodeTimes(MemorySegment.NULL, OptionalLong.empty());
    }

    static NodeTimes of(long[] micros, Arena arena) {
        MemorySegment times = arena.allocateFrom(ValueLayout.JAVA_LONG, micros);
        return new NodeTimes(times, OptionalLong.of(Checksums.of(times)));
    }

    /// Times that belong to somebody else, such as a mapped file, of which nothing is read now.
    ///
    /// @param micros int64 per node
    static NodeTimes over(MemorySegment micros) {
        return new NodeTimes(micros, OptionalLong.empty());
    }

    boolean timed() {
        return times.address() != 0;
    }

    long get(int node) {
        return timed() ? times.getAtIndex(ValueLayout.JAVA_LONG, node) : Visibility.ALWAYS;
    }

    long bytes() {
        return times.byteSize();
    }

    MemorySegment segment() {
        return times;
    }

    /// The nodes by (time, number): the order in which neighbors are listed.
    int[] order(int count) {
        int[] order = new int[count];
        Arrays.setAll(order, node -> node);
        return sorted(count) ? order : byTime(count, order);
    }

    void check(NodeType type) {
        if (timed() && times.byteSize() != 8L * type.count()) {
            throw new CorruptGraphException(type.name(), "times for another number of nodes than " + type.count());
        }
        if (checksum.isPresent() && Checksums.of(times) != checksum.getAsLong()) {
            throw new CorruptGraphException(type.name(), "the times do not match their checksum");
        }
    }

    private boolean sorted(int count) {
        for (int node = 1; node < count; node++) {
            if (get(node - 1) > get(node)) {
                return false;
            }
        }
        return true;
    }

    /// A counting sort over the ranks of the times: stable, so that equal times stay in the order of node numbers.
    private int[] byTime(int count, int[] order) {
        long[] sorted = times.toArray(ValueLayout.JAVA_LONG);
        Arrays.parallelSort(sorted);
        int[] placed = new int[count];
        for (int node = 0; node < count; node++) {
            int first = firstOf(sorted, get(node));
            order[first + placed[first]++] = node;
        }
        return order;
    }

    private static int firstOf(long[] sorted, long time) {
        int low = 0;
        int high = sorted.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted[middle] < time) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
