package dev.hypha.graph.generating;

/// Random numbers as a function of a key and an index: no state is kept anywhere.
public final class Draws {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;
    private static final double UNIT = 0x1p-53;

    private Draws() {}

    /// Steele, Lea and Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014: the finalizer.
    public static long mix(long z) {
        long a = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        long b = (a ^ (a >>> 27)) * 0x94D049BB133111EBL;
        return b ^ (b >>> 31);
    }

    /// A key for a part of what `key` stands for.
    public static long split(long key, long part) {
        return mix(mix(key + GOLDEN) ^ (part * GOLDEN + 1));
    }

    /// At least 0 and below 1.
    public static double uniform(long key, long index) {
        return (mix(key + index * GOLDEN) >>> 11) * UNIT;
    }

    /// Below a bound.
    public static int below(int bound, long key, long index) {
        return (int) (uniform(key, index) * bound);
    }

    /// Of mean 0 and deviation 1. Box and Muller, "A note on the generation of random normal deviates",
    /// Annals of Mathematical Statistics 29, 1958.
    public static double normal(long key, long index) {
        double radius = Math.sqrt(-2 * Math.log(1 - uniform(key, 2 * index)));
        return radius * Math.cos(2 * Math.PI * uniform(key, 2 * index + 1));
    }
}
