package dev.hypha.tensor.kernels.vector;

import dev.hypha.tensor.Csr;
import dev.hypha.tensor.Matrix;
import dev.hypha.tensor.Scaling;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/// The dot products of a target's row with each of its sources' rows, head by head.
final class EntryDots {
    private static final int TILE_ENTRIES = 512;

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
        VectorMask<Float> tail = Lanes.SPECIES.indexInRange(0, perHead % Lanes.COUNT);
        if (heads > 1 && heads <= Lanes.COUNT) {
            byHead(from, to);
            return;
        }
        for (int i = from; i < to; i++) {
            for (int e = offsets[i]; e < offsets[i + 1]; e++) {
                float scale = scaling.target(i) * scaling.source(sources[e]);
                long place = out + 4L * (entries == null ? e : entries[e]) * heads;
                for (int h = 0; h < heads; h++) {
                    long column = 4L * h * perHead;
                    long o = (place + 4L * h) & Lanes.ADDRESS;
                    float dot = dot(left + i * step + column, right + sources[e] * step + column, perHead, tail);
                    Lanes.put(Lanes.number(o) + scale * dot, o);
                }
            }
        }
    }

    /// All heads of an entry at once, by way of scratch space.
    private void byHead(int from, int to) {
        int[] offsets = pattern.offsets();
        HeadPairs pairs = new HeadPairs(heads, heads * perHead, Lanes.COUNT);
        for (int start = from; start < to; ) {
            int end = start + 1;
            int most = Math.min(to, start + TILE_ENTRIES);
            while (end < most && offsets[end + 1] - offsets[start] <= TILE_ENTRIES) end++;
            long dots = Scratch.weights().address((long) (offsets[end] - offsets[start]) * Lanes.COUNT);
            pairs.dots(left, right, offsets, pattern.indices(), start, end, 1, dots);
            add(start, end, dots);
            start = end;
        }
    }

    private void add(int start, int end, long dots) {
        int[] offsets = pattern.offsets();
        int[] sources = pattern.indices();
        int[] entries = pattern.entries();
        VectorMask<Float> present = Lanes.SPECIES.indexInRange(0, heads);
        long p = dots;
        for (int i = start; i < end; i++) {
            for (int e = offsets[i]; e < offsets[i + 1]; e++) {
                FloatVector found = Lanes.at(p & Lanes.ADDRESS).mul(scaling.target(i) * scaling.source(sources[e]));
                long o = (out + 4L * (entries == null ? e : entries[e]) * heads) & Lanes.ADDRESS;
                Lanes.put(found.add(Lanes.at(o, present)), o, present);
                p += 4L * Lanes.COUNT;
            }
        }
    }

    /// The dot product of two rows of numbers. The tail is added even where it has no lanes: vectors that
    /// meet after a branch would become objects.
    ///
    /// @param tail lanes of what is left after whole vectors
    static float dot(long a, long b, int count, VectorMask<Float> tail) {
        FloatVector sum = Lanes.zero();
        int body = Lanes.bound(0, count);
        for (int c = 0; c < body; c += Lanes.COUNT) {
            long p = (a + 4L * c) & Lanes.ADDRESS;
            long q = (b + 4L * c) & Lanes.ADDRESS;
            sum = Lanes.multiplyAdd(Lanes.at(p), Lanes.at(q), sum);
        }
        long p = (a + 4L * body) & Lanes.ADDRESS;
        long q = (b + 4L * body) & Lanes.ADDRESS;
        return Lanes.fold(Lanes.multiplyAdd(Lanes.at(p, tail), Lanes.at(q, tail), sum));
    }
}
