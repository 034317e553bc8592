package dev.hypha.graph;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// Checksums of a graph's arrays: not against an adversary, but against a stray write or a bad disk.
final class Checksums {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private Checksums() {}

    /// A sum over the words of a segment, each mixed with its place, so that a swap is seen as well.
    static long of(MemorySegment segment) {
        long sum = 0;
        long words = segment.byteSize() / Integer.BYTES;
        for (long i = 0; i < words; i++) {
            sum += mix(i * GOLDEN + segment.getAtIndex(ValueLayout.JAVA_INT, i));
        }
        return sum;
    }

    /// The share of one edge in an order-free sum over a set of edges.
    static long ofEdge(int source, int target) {
        return mix(((long) source << 32 | target) + GOLDEN);
    }

    /// Steele, Lea and Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014: the finalizer.
    private static long mix(long z) {
        long a = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        long b = (a ^ (a >>> 27)) * 0x94D049BB133111EBL;
        return b ^ (b >>> 31);
    }
}
