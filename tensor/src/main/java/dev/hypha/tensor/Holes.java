package dev.hypha.tensor;

import java.util.Arrays;

/// Pieces of memory that were given back and lie between others, by address. Neighbors become one.
final class Holes {
    private long[] from = new long[16];
    private long[] bytes = new long[16];
    private int count;

    /// The smallest piece that is large enough, cut to size: the first of these if there are several.
    ///
    /// @return its address, or -1 if there is none
    long take(long wanted) {
        int best = -1;
        for (int i = 0; i < count; i++) {
            if (bytes[i] >= wanted && (best < 0 || bytes[i] < bytes[best])) best = i;
        }
        if (best < 0) return -1;
        long address = from[best];
        from[best] += wanted;
        bytes[best] -= wanted;
        if (bytes[best] == 0) remove(best);
        return address;
    }

    /// @throws IllegalStateException if some of it is here already
    void add(long address, long size) {
        int at = above(address);
        boolean overlaps = (at > 0 && end(at - 1) > address) || (at < count && from[at] < address + size);
        if (overlaps) throw new IllegalStateException("this memory was given back before");
        boolean joinsBelow = at > 0 && end(at - 1) == address;
        boolean joinsAbove = at < count && from[at] == address + size;
        if (joinsBelow) {
            bytes[at - 1] += size + (joinsAbove ? bytes[at] : 0);
            if (joinsAbove) remove(at);
        } else if (joinsAbove) {
            from[at] = address;
            bytes[at] += size;
        } else {
            insert(at, address, size);
        }
    }

    /// Takes the piece away that ends at an address, if one does.
    ///
    /// @return where it begins, or the address itself
    long takeBefore(long address) {
        int at = above(address) - 1;
        if (at < 0 || end(at) != address) return address;
        long begins = from[at];
        remove(at);
        return begins;
    }

    void clear() {
        count = 0;
    }

    private long end(int i) {
        return from[i] + bytes[i];
    }

    /// The first piece that begins at an address or above.
    private int above(long address) {
        int at = Arrays.binarySearch(from, 0, count, address);
        return at >= 0 ? at : -at - 1;
    }

    private void insert(int at, long address, long size) {
        if (count == from.length) {
            from = Arrays.copyOf(from, 2 * count);
            bytes = Arrays.copyOf(bytes, 2 * count);
        }
        System.arraycopy(from, at, from, at + 1, count - at);
        System.arraycopy(bytes, at, bytes, at + 1, count - at);
        from[at] = address;
        bytes[at] = size;
        count++;
    }

    private void remove(int at) {
        System.arraycopy(from, at + 1, from, at, count - at - 1);
        System.arraycopy(bytes, at + 1, bytes, at, count - at - 1);
        count--;
    }
}
