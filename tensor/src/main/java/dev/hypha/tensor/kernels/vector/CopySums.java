package dev.hypha.tensor.kernels.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/// Sums of source rows as they are. One method per number of vectors, so that the sums of a whole block of
/// columns stay in registers and each source row is visited once.
///
/// The last vector of a block is placed where its columns end. It may overlap the one before it: both then compute
/// and write the same numbers, and a width costs what the next multiple of a vector costs.
///
/// The methods are too long for the compiler to inline (325 bytes of code), and have to be: several of them
/// in one compilation are more than it optimises, and vectors then become objects. So they do when a loop
/// that was compiled without factors of the targets meets some and is compiled anew: those are for the
/// caller, see [VectorSparse].
final class CopySums {
    private static final long BYTES = 4L * Lanes.COUNT;
    /// Tells the compiler that an offset is small and not negative, so that a sum with an address needs no
    /// check.
    private static final long SMALL = 0xf_ffff;

    private CopySums() {}

    /// The sums of one block of columns.
    ///
    /// @param width columns of the block, at most eight vectors
    static void run(Walk walk, int width, int from, int to) {
        int vectors = Math.ceilDiv(width, Lanes.COUNT);
        if (width == 8 * Lanes.COUNT) {
            eightWhole(walk, from, to);
            return;
        }
        switch (vectors) {
            case 8 -> eight(walk, width, from, to);
            case 7 -> seven(walk, width, from, to);
            case 6 -> six(walk, width, from, to);
            case 5 -> five(walk, width, from, to);
            case 4 -> four(walk, width, from, to);
            case 3 -> three(walk, width, from, to);
            case 2 -> two(walk, width, from, to);
            default -> one(walk, width, from, to);
        }
    }

    static void eightWhole(Walk walk, int from, int to) {
        int[] offsets = walk.offsets();
        int[] sources = walk.sources();
        long x = walk.x();
        long step = walk.xStep();
        long out = walk.out();
        long outStep = walk.outStep();
        for (int i = from; i < to; i++) {
            FloatVector s0 = Lanes.zero();
            FloatVector s1 = Lanes.zero();
            FloatVector s2 = Lanes.zero();
            FloatVector s3 = Lanes.zero();
            FloatVector s4 = Lanes.zero();
            FloatVector s5 = Lanes.zero();
            FloatVector s6 = Lanes.zero();
            FloatVector s7 = Lanes.zero();
            for (int e = offsets[i], end = offsets[i + 1]; e < end; e++) {
                long p = (x + sources[e] * step) & Lanes.ADDRESS;
                s0 = s0.add(Lanes.at(p));
                s1 = s1.add(Lanes.at(p + BYTES));
                s2 = s2.add(Lanes.at(p + 2 * BYTES));
                s3 = s3.add(Lanes.at(p + 3 * BYTES));
                s4 = s4.add(Lanes.at(p + 4 * BYTES));
                s5 = s5.add(Lanes.at(p + 5 * BYTES));
                s6 = s6.add(Lanes.at(p + 6 * BYTES));
                s7 = s7.add(Lanes.at(p + 7 * BYTES));
            }
            long o = (out + i * outStep) & Lanes.ADDRESS;
            Lanes.put(s0, o);
            Lanes.put(s1, o + BYTES);
            Lanes.put(s2, o + 2 * BYTES);
            Lanes.put(s3, o + 3 * BYTES);
            Lanes.put(s4, o + 4 * BYTES);
            Lanes.put(s5, o + 5 * BYTES);
            Lanes.put(s6, o + 6 * BYTES);
            Lanes.put(s7, o + 7 * BYTES);
        }
    }

    static void eight(Walk walk, int width, int from, int to) {
        int[] offsets = walk.offsets();
        int[] sources = walk.sources();
        long x = walk.x();
        long step = walk.xStep();
        long out = walk.out();
        long outStep = walk.outStep();
        long last = 4L * (width - Lanes.COUNT) & SMALL;
        for (int i = from; i < to; i++) {
            FloatVector s0 = Lanes.zero();
            FloatVector s1 = Lanes.zero();
            FloatVector s2 = Lanes.zero();
            FloatVector s3 = Lanes.zero();
            FloatVector s4 = Lanes.zero();
            FloatVector s5 = Lanes.zero();
            FloatVector s6 = Lanes.zero();
            FloatVector s7 = Lanes.zero();
            for (int e = offsets[i], end = offsets[i + 1]; e < end; e++) {
                long p = (x + sources[e] * step) & Lanes.ADDRESS;
                s0 = s0.add(Lanes.at(p));
                s1 = s1.add(Lanes.at(p + BYTES));
                s2 = s2.add(Lanes.at(p + 2 * BYTES));
                s3 = s3.add(Lanes.at(p + 3 * BYTES));
                s4 = s4.add(Lanes.at(p + 4 * BYTES));
                s5 = s5.add(Lanes.at(p + 5 * BYTES));
                s6 = s6.add(Lanes.at(p + 6 * BYTES));
                s7 = s7.add(Lanes.at(p + last));
            }
            long o = (out + i * outStep) & Lanes.ADDRESS;
            Lanes.put(s0, o);
            Lanes.put(s1, o + BYTES);
            Lanes.put(s2, o + 2 * BYTES);
            Lanes.put(s3, o + 3 * BYTES);
            Lanes.put(s4, o + 4 * BYTES);
            Lanes.put(s5, o + 5 * BYTES);
            Lanes.put(s6, o + 6 * BYTES);
            Lanes.put(s7, o + last);
        }
    }

    static void seven(Walk walk, int width, int from, int to) {
        int[] offsets = walk.offsets();
        int[] sources = walk.sources();
        long x = walk.x();
        long step = walk.xStep();
        long out = walk.out();
        long outStep = walk.outStep();
        long last = 4L * (width - Lanes.COUNT) & SMALL;
        for (int i = from; i < to; i++) {
            FloatVector s0 = Lanes.zero();
            FloatVector s1 = Lanes.zero();
            FloatVector s2 = Lanes.zero();
            FloatVector s3 = Lanes.zero();
            FloatVector s4 = Lanes.zero();
            FloatVector s5 = Lanes.zero();
            FloatVector s6 = Lanes.zero();
            for (int e = offsets[i], end = offsets[i + 1]; e < end; e++) {
                long p = (x + sources[e] * step) & Lanes.ADDRESS;
                s0 = s0.add(Lanes.at(p));
                s1 = s1.add(Lanes.at(p + BYTES));
                s2 = s2.add(Lanes.at(p + 2 * BYTES));
                s3 = s3.add(Lanes.at(p + 3 * BYTES));
                s4 = s4.add(Lanes.at(p + 4 * BYTES));
                s5 = s5.add(Lanes.at(p + 5 * BYTES));
                s6 = s6.add(Lanes.at(p + last));
            }
            long o = (out + i * outStep) & Lanes.ADDRESS;
            Lanes.put(s0, o);
            Lanes.put(s1, o + BYTES);
            Lanes.put(s2, o + 2 * BYTES);
            Lanes.put(s3, o + 3 * BYTES);
            Lanes.put(s4, o + 4 * BYTES);
            Lanes.put(s5, o + 5 * BYTES);
            Lanes.put(s6, o + last);
        }
    }

    static void six(Walk walk, int width, int from, int to) {
        int[] offsets = walk.offsets();
        int[] sources = walk.sources();
        long x = walk.x();
        long step = walk.xStep();
        long out = walk.out();
        long outStep = walk.outStep();
        long last = 4L * (width - Lanes.COUNT) & SMALL;
        for (int i = from; i < to; i++) {
            FloatVector s0 = Lanes.zero();
            FloatVector s1 = Lanes.zero();
            FloatVector s2 = Lanes.zero();
            FloatVector s3 = Lanes.zero();
            FloatVector s4 = Lanes.zero();
            FloatVector s5 = Lanes.zero();
            for (int e = offsets[i], end = offsets[i + 1]; e < end; e++) {
                long p = (x + sources[e] * step) & Lanes.ADDRESS;
                s0 = s0.add(Lanes.at(p));
                s1 = s1.add(Lanes.at(p + BYTES));
                s2 = s2.add(Lanes.at(p + 2 * BYTES));
                s3 = s3.add(Lanes.at(p + 3 * BYTES));
                s4 = s4.add(Lanes.at(p + 4 * BYTES));
                s5 = s5.add(Lanes.at(p + last));
            }
            long o = (out + i * outStep) & Lanes.ADDRESS;
            Lanes.put(s0, o);
            Lanes.put(s1, o + BYTES);
            Lanes.put(s2, o + 2 * BYTES);
            Lanes.put(s3, o + 3 * BYTES);
            Lanes.put(s4, o + 4 * BYTES);
            Lanes.put(s5, o + last);
        }
    }

    static void five(Walk walk, int width, int from, int to) {
        int[] offsets = walk.offsets();
        int[] sources = walk.sources();
        long x = walk.x();
        long step = walk.xStep();
        long out = walk.out();
        long outStep = walk.outStep();
        long last = 4L * (width - Lanes.COUNT) & SMALL;
        for (int i = from; i < to; i++) {
            FloatVector s0 = Lanes.zero();
            FloatVector s1 = Lanes.zero();
            FloatVector s2 = Lanes.zero();
            FloatVector s3 = Lanes.zero();
            FloatVector s4 = Lanes.zero();
            for (int e = offsets[i], end = offsets[i + 1]; e < end; e++) {
                long p = (x + sources[e] * step) & Lanes.ADDRESS;
                s0 = s0.add(Lanes.at(p));
                s1 = s1.add(Lanes.at(p + BYTES));
                s2 = s2.add(Lanes.at(p + 2 * BYTES));
                s3 = s3.add(Lanes.at(p + 3 * BYTES));
                s4 = s4.add(Lanes.at(p + last));
            }
            long o = (out + i * outStep) & Lanes.ADDRESS;
            Lanes.put(s0, o);
            Lanes.put(s1, o + BYTES);
            Lanes.put(s2, o + 2 * BYTES);
            Lanes.put(s3, o + 3 * BYTES);
            Lanes.put(s4, o + last);
        }
    }

    static void four(Walk walk, int width, int from, int to) {
        int[] offsets = walk.offsets();
        int[] sources = walk.sources();
        long x = walk.x();
        long step = walk.xStep();
        long out = walk.out();
        long outStep = walk.outStep();
        long last = 4L * (width - Lanes.COUNT) & SMALL;
        for (int i = from; i < to; i++) {
            FloatVector s0 = Lanes.zero();
            FloatVector s1 = Lanes.zero();
            FloatVector s2 = Lanes.zero();
            FloatVector s3 = Lanes.zero();
            for (int e = offsets[i], end = offsets[i + 1]; e < end; e++) {
                long p = (x + sources[e] * step) & Lanes.ADDRESS;
                s0 = s0.add(Lanes.at(p));
                s1 = s1.add(Lanes.at(p + BYTES));
                s2 = s2.add(Lanes.at(p + 2 * BYTES));
                s3 = s3.add(Lanes.at(p + last));
            }
            long o = (out + i * outStep) & Lanes.ADDRESS;
            Lanes.put(s0, o);
            Lanes.put(s1, o + BYTES);
            Lanes.put(s2, o + 2 * BYTES);
            Lanes.put(s3, o + last);
        }
    }

    static void three(Walk walk, int width, int from, int to) {
        int[] offsets = walk.offsets();
        int[] sources = walk.sources();
        long x = walk.x();
        long step = walk.xStep();
        long out = walk.out();
        long outStep = walk.outStep();
        long last = 4L * (width - Lanes.COUNT) & SMALL;
        for (int i = from; i < to; i++) {
            FloatVector s0 = Lanes.zero();
            FloatVector s1 = Lanes.zero();
            FloatVector s2 = Lanes.zero();
            for (int e = offsets[i], end = offsets[i + 1]; e < end; e++) {
                long p = (x + sources[e] * step) & Lanes.ADDRESS;
                s0 = s0.add(Lanes.at(p));
                s1 = s1.add(Lanes.at(p + BYTES));
                s2 = s2.add(Lanes.at(p + last));
            }
            long o = (out + i * outStep) & Lanes.ADDRESS;
            Lanes.put(s0, o);
            Lanes.put(s1, o + BYTES);
            Lanes.put(s2, o + last);
        }
    }

    static void two(Walk walk, int width, int from, int to) {
        int[] offsets = walk.offsets();
        int[] sources = walk.sources();
        long x = walk.x();
        long step = walk.xStep();
        long out = walk.out();
        long outStep = walk.outStep();
        long last = 4L * (width - Lanes.COUNT) & SMALL;
        for (int i = from; i < to; i++) {
            FloatVector s0 = Lanes.zero();
            FloatVector s1 = Lanes.zero();
            for (int e = offsets[i], end = offsets[i + 1]; e < end; e++) {
                long p = (x + sources[e] * step) & Lanes.ADDRESS;
                s0 = s0.add(Lanes.at(p));
                s1 = s1.add(Lanes.at(p + last));
            }
            long o = (out + i * outStep) & Lanes.ADDRESS;
            Lanes.put(s0, o);
            Lanes.put(s1, o + last);
        }
    }

    /// Up to one vector.
    static void one(Walk walk, int width, int from, int to) {
        int[] offsets = walk.offsets();
        int[] sources = walk.sources();
        long x = walk.x();
        long step = walk.xStep();
        long out = walk.out();
        long outStep = walk.outStep();
        VectorMask<Float> mask = Lanes.SPECIES.indexInRange(0, width);
        for (int i = from; i < to; i++) {
            FloatVector s0 = Lanes.zero();
            for (int e = offsets[i], end = offsets[i + 1]; e < end; e++) {
                long p = (x + sources[e] * step) & Lanes.ADDRESS;
                s0 = s0.add(Lanes.at(p, mask));
            }
            long o = (out + i * outStep) & Lanes.ADDRESS;
            Lanes.put(s0, o, mask);
        }
    }
}
