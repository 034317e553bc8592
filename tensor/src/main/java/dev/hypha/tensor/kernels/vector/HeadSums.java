package dev.hypha.tensor.kernels.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;

/// Sums of source rows, each head of them times a number of its own. One method per number of vectors, so
/// that the sums of a whole block of columns stay in registers and each source row is visited once.
///
/// The last two vectors of a block are placed where its columns end. They may overlap those before them: both then
/// compute and write the same numbers: a width costs what the next multiple of two vectors costs.
final class HeadSums {
    private static final long BYTES = 4L * Lanes.COUNT;
    /// Tells the compiler that an offset is small and not negative, so that a sum with an address needs no check.
    private static final long SMALL = 0xf_ffff;

    private HeadSums() {}

    /// The sums of one block of columns.
    ///
    /// @param width columns of the block, at most eight vectors
    static void run(Walk walk, Heads heads, int width, int from, int to) {
        int vectors = Math.ceilDiv(width, Lanes.COUNT);
        if (vectors > 6) eight(walk, heads, width, from, to);
        else if (vectors > 4) six(walk, heads, width, from, to);
        else if (vectors > 2) four(walk, heads, width, from, to);
        else if (vectors > 1) two(walk, heads, width, from, to);
        else one(walk, heads, width, from, to);
    }

    static void eight(Walk walk, Heads heads, int width, int from, int to) {
        int[] offsets = walk.offsets();
        int[] sources = walk.sources();
        long x = walk.x();
        long step = walk.xStep();
        long out = walk.out();
        long outStep = walk.outStep();
        float[] targets = walk.targets();
        long w = heads.weights();
        long wStep = heads.step();
        VectorMask<Float> present = heads.present();
        VectorShuffle<Float> h0 = heads.lanes()[0];
        VectorShuffle<Float> h1 = heads.lanes()[1];
        VectorShuffle<Float> h2 = heads.lanes()[2];
        VectorShuffle<Float> h3 = heads.lanes()[3];
        VectorShuffle<Float> h4 = heads.lanes()[4];
        VectorShuffle<Float> h5 = heads.lanes()[5];
        VectorShuffle<Float> h6 = heads.lanes()[6];
        VectorShuffle<Float> h7 = heads.lanes()[7];
        long before = 4L * (width - 2 * Lanes.COUNT) & SMALL;
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
                FloatVector q = Lanes.at((w + e * wStep) & Lanes.ADDRESS, present);
                s0 = Lanes.multiplyAdd(q.rearrange(h0), Lanes.at(p), s0);
                s1 = Lanes.multiplyAdd(q.rearrange(h1), Lanes.at(p + BYTES), s1);
                s2 = Lanes.multiplyAdd(q.rearrange(h2), Lanes.at(p + 2 * BYTES), s2);
                s3 = Lanes.multiplyAdd(q.rearrange(h3), Lanes.at(p + 3 * BYTES), s3);
                s4 = Lanes.multiplyAdd(q.rearrange(h4), Lanes.at(p + 4 * BYTES), s4);
                s5 = Lanes.multiplyAdd(q.rearrange(h5), Lanes.at(p + 5 * BYTES), s5);
                s6 = Lanes.multiplyAdd(q.rearrange(h6), Lanes.at(p + before), s6);
                s7 = Lanes.multiplyAdd(q.rearrange(h7), Lanes.at(p + last), s7);
            }
            long o = (out + i * outStep) & Lanes.ADDRESS;
            float t = targets == null ? 1 : targets[i];
            Lanes.put(s0.mul(t), o);
            Lanes.put(s1.mul(t), o + BYTES);
            Lanes.put(s2.mul(t), o + 2 * BYTES);
            Lanes.put(s3.mul(t), o + 3 * BYTES);
            Lanes.put(s4.mul(t), o + 4 * BYTES);
            Lanes.put(s5.mul(t), o + 5 * BYTES);
            Lanes.put(s6.mul(t), o + before);
            Lanes.put(s7.mul(t), o + last);
        }
    }

    static void six(Walk walk, Heads heads, int width, int from, int to) {
        int[] offsets = walk.offsets();
        int[] sources = walk.sources();
        long x = walk.x();
        long step = walk.xStep();
        long out = walk.out();
        long outStep = walk.outStep();
        float[] targets = walk.targets();
        long w = heads.weights();
        long wStep = heads.step();
        VectorMask<Float> present = heads.present();
        VectorShuffle<Float> h0 = heads.lanes()[0];
        VectorShuffle<Float> h1 = heads.lanes()[1];
        VectorShuffle<Float> h2 = heads.lanes()[2];
        VectorShuffle<Float> h3 = heads.lanes()[3];
        VectorShuffle<Float> h4 = heads.lanes()[4];
        VectorShuffle<Float> h5 = heads.lanes()[5];
        long before = 4L * (width - 2 * Lanes.COUNT) & SMALL;
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
                FloatVector q = Lanes.at((w + e * wStep) & Lanes.ADDRESS, present);
                s0 = Lanes.multiplyAdd(q.rearrange(h0), Lanes.at(p), s0);
                s1 = Lanes.multiplyAdd(q.rearrange(h1), Lanes.at(p + BYTES), s1);
                s2 = Lanes.multiplyAdd(q.rearrange(h2), Lanes.at(p + 2 * BYTES), s2);
                s3 = Lanes.multiplyAdd(q.rearrange(h3), Lanes.at(p + 3 * BYTES), s3);
                s4 = Lanes.multiplyAdd(q.rearrange(h4), Lanes.at(p + before), s4);
                s5 = Lanes.multiplyAdd(q.rearrange(h5), Lanes.at(p + last), s5);
            }
            long o = (out + i * outStep) & Lanes.ADDRESS;
            float t = targets == null ? 1 : targets[i];
            Lanes.put(s0.mul(t), o);
            Lanes.put(s1.mul(t), o + BYTES);
            Lanes.put(s2.mul(t), o + 2 * BYTES);
            Lanes.put(s3.mul(t), o + 3 * BYTES);
            Lanes.put(s4.mul(t), o + before);
            Lanes.put(s5.mul(t), o + last);
        }
    }

    static void four(Walk walk, Heads heads, int width, int from, int to) {
        int[] offsets = walk.offsets();
        int[] sources = walk.sources();
        long x = walk.x();
        long step = walk.xStep();
        long out = walk.out();
        long outStep = walk.outStep();
        float[] targets = walk.targets();
        long w = heads.weights();
        long wStep = heads.step();
        VectorMask<Float> present = heads.present();
        VectorShuffle<Float> h0 = heads.lanes()[0];
        VectorShuffle<Float> h1 = heads.lanes()[1];
        VectorShuffle<Float> h2 = heads.lanes()[2];
        VectorShuffle<Float> h3 = heads.lanes()[3];
        long before = 4L * (width - 2 * Lanes.COUNT) & SMALL;
        long last = 4L * (width - Lanes.COUNT) & SMALL;
        for (int i = from; i < to; i++) {
            FloatVector s0 = Lanes.zero();
            FloatVector s1 = Lanes.zero();
            FloatVector s2 = Lanes.zero();
            FloatVector s3 = Lanes.zero();
            for (int e = offsets[i], end = offsets[i + 1]; e < end; e++) {
                long p = (x + sources[e] * step) & Lanes.ADDRESS;
                FloatVector q = Lanes.at((w + e * wStep) & Lanes.ADDRESS, present);
                s0 = Lanes.multiplyAdd(q.rearrange(h0), Lanes.at(p), s0);
                s1 = Lanes.multiplyAdd(q.rearrange(h1), Lanes.at(p + BYTES), s1);
                s2 = Lanes.multiplyAdd(q.rearrange(h2), Lanes.at(p + before), s2);
                s3 = Lanes.multiplyAdd(q.rearrange(h3), Lanes.at(p + last), s3);
            }
            long o = (out + i * outStep) & Lanes.ADDRESS;
            float t = targets == null ? 1 : targets[i];
            Lanes.put(s0.mul(t), o);
            Lanes.put(s1.mul(t), o + BYTES);
            Lanes.put(s2.mul(t), o + before);
            Lanes.put(s3.mul(t), o + last);
        }
    }

    static void two(Walk walk, Heads heads, int width, int from, int to) {
        int[] offsets = walk.offsets();
        int[] sources = walk.sources();
        long x = walk.x();
        long step = walk.xStep();
        long out = walk.out();
        long outStep = walk.outStep();
        float[] targets = walk.targets();
        long w = heads.weights();
        long wStep = heads.step();
        VectorMask<Float> present = heads.present();
        VectorShuffle<Float> h0 = heads.lanes()[0];
        VectorShuffle<Float> h1 = heads.lanes()[1];
        long last = 4L * (width - Lanes.COUNT) & SMALL;
        for (int i = from; i < to; i++) {
            FloatVector s0 = Lanes.zero();
            FloatVector s1 = Lanes.zero();
            for (int e = offsets[i], end = offsets[i + 1]; e < end; e++) {
                long p = (x + sources[e] * step) & Lanes.ADDRESS;
                FloatVector q = Lanes.at((w + e * wStep) & Lanes.ADDRESS, present);
                s0 = Lanes.multiplyAdd(q.rearrange(h0), Lanes.at(p), s0);
                s1 = Lanes.multiplyAdd(q.rearrange(h1), Lanes.at(p + last), s1);
            }
            long o = (out + i * outStep) & Lanes.ADDRESS;
            float t = targets == null ? 1 : targets[i];
            Lanes.put(s0.mul(t), o);
            Lanes.put(s1.mul(t), o + last);
        }
    }

    /// Up to one vector.
    static void one(Walk walk, Heads heads, int width, int from, int to) {
        int[] offsets = walk.offsets();
        int[] sources = walk.sources();
        long x = walk.x();
        long step = walk.xStep();
        long out = walk.out();
        long outStep = walk.outStep();
        float[] targets = walk.targets();
        long w = heads.weights();
        long wStep = heads.step();
        VectorMask<Float> present = heads.present();
        VectorShuffle<Float> h0 = heads.lanes()[0];
        VectorMask<Float> mask = Lanes.SPECIES.indexInRange(0, width);
        for (int i = from; i < to; i++) {
            FloatVector s0 = Lanes.zero();
            for (int e = offsets[i], end = offsets[i + 1]; e < end; e++) {
                long p = (x + sources[e] * step) & Lanes.ADDRESS;
                FloatVector q = Lanes.at((w + e * wStep) & Lanes.ADDRESS, present);
                s0 = Lanes.multiplyAdd(q.rearrange(h0), Lanes.at(p, mask), s0);
            }
            long o = (out + i * outStep) & Lanes.ADDRESS;
            float t = targets == null ? 1 : targets[i];
            Lanes.put(s0.mul(t), o, mask);
        }
    }
}
