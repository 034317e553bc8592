package dev.hypha.learn;

/// Randomness as an argument: one key gives many, none of which tells anything of the others.
public final class Keys {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private Keys() {}

    /// The key of one part of what `key` stands for: an epoch of a training, a batch of an epoch.
    public static long split(long key, long part) {
        return mix(mix(key + GOLDEN) ^ (part * GOLDEN + 1));
    }

    /// The key of a named part, such as a parameter.
    public static long split(long key, String name) {
        long h = 0xCBF29CE484222325L; // FNV-1a over the characters
        for (int i = 0; i < name.length(); i++) h = (h ^ name.charAt(i)) * 0x100000001B3L;
        return split(key, h);
    }

    /// The numbers 0 to n - 1 in an order drawn from the key (Fisher and Yates).
    public static int[] permutation(int n, long key) {
        int[] order = new int[n];
        for (int i = 0; i < n; i++) {
            int j = (int) Long.remainderUnsigned(split(key, i), i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }

    /// Steele, Lea and Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014: the finalizer.
    private static long mix(long z) {
        long a = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        long b = (a ^ (a >>> 27)) * 0x94D049BB133111EBL;
        return b ^ (b >>> 31);
    }
}
