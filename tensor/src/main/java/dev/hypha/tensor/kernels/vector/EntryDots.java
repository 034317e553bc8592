package dev.hypha.tensor.kernels.vector;

import dev.hypha.tensor.Csr;
import dev.hypha.tensor.Matrix;
import dev.hypha.tensor.Scaling;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/// The dot products of a target's row with each of its sources' rows, head by head.
final class EntryDots {

    private static final long BYTES = 4L * Lanes.COUNT;

    private final Csr pattern;
    private final Scaling scaling;
    private final int heads;
    private final int perHead;
    private final long step;
    private final long left;
    private final long right;
    private final long out;

    EntryDots(Csr pattern, Scaling scaling, Matrix left, Matrix right, Matrix out) {
        this.pattern = pattern;
        this.scaling = scaling;
        this.heads = out.cols();
        this.perHead = left.cols() / heads;
        this.step = 4L * left.cols();
        this.left = Lanes.address(left);
        this.right = Lanes.address(right);
        this.out = Lanes.address(out);
    }

    void rows(int from, int to) {
        int[] offsets = pattern.offsets();
        int[] sources = pattern.indices();
        int[] entries = pattern.entries();
        for (int h = 0; h < heads; h++) {
            for (int i = from; i < to; i++) {
                long a = (left + i * step + 4L * h * perHead) & Lanes.ADDRESS;
                for (int e = offsets[i]; e < offsets[i + 1]; e++) {
                    long b = (right + sources[e] * step + 4L * h * perHead) & Lanes.ADDRESS;
                    float scale = scaling.target(i) * scaling.source(sources[e]);
                    long o = (out + 4L * ((long) (entries == null ? e : entries[e]) * heads + h)) & Lanes.ADDRESS;
                    Lanes.put(Lanes.number(o) + scale * dot(a, b, perHead), o);
                }
            }
        }
    }

    /// The dot product of two rows of numbers.
    static float dot(long a, long b, int count) {
        FloatVector s0 = Lanes.zero();
        FloatVector s1 = Lanes.zero();
        int c = 0;
        for (; c <= count - 2 * Lanes.COUNT; c += 2 * Lanes.COUNT) {
            long p = (a + 4L * c) & Lanes.ADDRESS;
            long q = (b + 4L * c) & Lanes.ADDRESS;
            s0 = Lanes.multiplyAdd(Lanes.at(p), Lanes.at(q), s0);
            s1 = Lanes.multiplyAdd(Lanes.at(p + BYTES), Lanes.at(q + BYTES), s1);
        }
        for (; c < count; c += Lanes.COUNT) {
            VectorMask<Float> mask = Lanes.SPECIES.indexInRange(c, count);
            long p = (a + 4L * c) & Lanes.ADDRESS;
            long q = (b + 4L * c) & Lanes.ADDRESS;
            s1 = Lanes.multiplyAdd(Lanes.at(p, mask), Lanes.at(q, mask), s1);
        }
        return Lanes.fold(s0.add(s1));
    }
}
