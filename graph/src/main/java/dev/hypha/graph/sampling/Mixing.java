package dev.hypha.graph.sampling;

/// Random bits as a function of a key: no state is kept anywhere.
final class Mixing {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private Mixing() {}

    /// Steele, Lea and Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014: the finalizer.
    static long mix(long z) {
        long a = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        long b = (a ^ (a >>> 27)) * 0x94D049BB133111EBL;
        return b ^ (b >>> 31);
    }

    /// A key for a part of what `key` stands for.
    static long split(long key, long part) {
        return mix(mix(key + GOLDEN) ^ (part * GOLDEN + 1));
    }

    /// The `index`-th number below `bound` of a key's sequence. The bias is below `bound / 2^32`.
    static int below(int bound, long key, int index) {
        return (int) (((mix(key + index * GOLDEN) >>> 32) * bound) >>> 32);
    }

    /// The `index`-th number of a key's sequence, evenly between 0 and 1, neither of them included; 53
    /// bits.
    static double unit(long key, long index) {
        return ((mix(key + index * GOLDEN) >>> 11) + 0.5) * 0x1p-53;
    }
}
