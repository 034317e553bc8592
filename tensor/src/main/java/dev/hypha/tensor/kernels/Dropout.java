package dev.hypha.tensor.kernels;

/// Which elements a dropout keeps: a function of key and position alone, the same in every kernel. Of 32 mixed bits per
/// position the upper 16 are compared with the probability.
///
/// The mixing is two rounds of shift and multiply on 32-bit words, which vectors have everywhere, with the
/// constants that Wellons' search for low bias found ("hash prospector", 2018); the key enters before each
/// round.
///
/// @param threshold draws below this are dropped, of 65536
/// @param scale what is kept is multiplied by
/// @param first added to the positions, times [#STEP]
/// @param second added between the rounds
public record Dropout(int threshold, float scale, int first, int second) {
    /// What positions are multiplied by: 2^32 divided by the golden ratio.
    public static final int STEP = 0x9e3779b9;

    /// The multiplier of the first round, after a shift by 16, and before one by 15.
    public static final int FIRST = 0x21f0aaad;
    /// The multiplier of the second round, before a shift by 15.
    public static final int SECOND = 0x735a2d97;

    /// @param p probability that an element is dropped
    public Dropout(float p, long key) {
        this(Math.round(p * 65536), mix(key));
    }

    private Dropout(int threshold, long mixed) {
        this(threshold, 65536f / Math.max(1, 65536 - threshold), (int) mixed, (int) (mixed >>> 32));
    }

    /// What the element at a position is multiplied by.
    public float factor(int position) {
        int z = position * STEP + first;
        z = (z ^ (z >>> 16)) * FIRST;
        z = ((z ^ (z >>> 15)) + second) * SECOND;
        z ^= z >>> 15;
        // All ones or all zeros: a branch that goes either way at random would cost more than the rest.
        int kept = ~(((z >>> 16) - threshold) >> 31);
        return Float.intBitsToFloat(Float.floatToRawIntBits(scale) & kept);
    }

    /// The finaliser of SplitMix64: Steele, Lea, Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014.
    private static long mix(long z) {
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
