package dev.hypha.graph.sorting;

/// Least-significant-digit radix sort of unsigned 64-bit keys, with or without a value beside each. Stable.
///
/// Knuth, "The Art of Computer Programming", volume 3, section 5.2.5. Digits that are equal in all keys are
/// skipped, so pairs of two 18-bit numbers take four passes, not six.
final class RadixSort {
    private static final int DIGIT_BITS = 11;
    private static final int DIGITS = 1 << DIGIT_BITS;

    private RadixSort() {}

    /// Sorts the first `count` keys.
    ///
    /// @param values sorted along; null for none
    /// @param scratch at least as long as keys
    /// @param valueScratch at least as long as values; null for none
    static void sort(long[] keys, long[] values, int count, long[] scratch, long[] valueScratch) {
        long varying = varying(keys, count);
        long[] from = keys;
        long[] to = scratch;
        long[] fromValues = values;
        long[] toValues = valueScratch;
        int shift = 0;
        int passes = 0;
        while (shift < Long.SIZE && varying >>> shift != 0) {
            shift += Long.numberOfTrailingZeros(varying >>> shift);
            pass(from, fromValues, to, toValues, count, shift);
            long[] swap = from;
            from = to;
            to = swap;
            swap = fromValues;
            fromValues = toValues;
            toValues = swap;
            shift += DIGIT_BITS;
            passes++;
        }
        if (passes % 2 == 1) {
            System.arraycopy(from, 0, keys, 0, count);
            if (values != null) {
                System.arraycopy(fromValues, 0, values, 0, count);
            }
        }
    }

    /// The bits in which not all keys are equal.
    private static long varying(long[] keys, int count) {
        long or = 0;
        long and = -1;
        for (int i = 0; i < count; i++) {
            or |= keys[i];
            and &= keys[i];
        }
        return count == 0 ? 0 : or ^ and;
    }

    private static void pass(long[] from, long[] fromValues, long[] to, long[] toValues, int count, int shift) {
        int[] next = new int[DIGITS];
        for (int i = 0; i < count; i++) {
            next[(int) (from[i] >>> shift) & (DIGITS - 1)]++;
        }
        int sum = 0;
        for (int digit = 0; digit < DIGITS; digit++) {
            int here = next[digit];
            next[digit] = sum;
            sum += here;
        }
        if (fromValues == null) {
            for (int i = 0; i < count; i++) {
                to[next[(int) (from[i] >>> shift) & (DIGITS - 1)]++] = from[i];
            }
        } else {
            for (int i = 0; i < count; i++) {
                int place = next[(int) (from[i] >>> shift) & (DIGITS - 1)]++;
                to[place] = from[i];
                toValues[place] = fromValues[i];
            }
        }
    }
}
