package dev.hypha.tensor.kernels.vector;

import dev.hypha.tensor.Bfloat16Matrix;
import dev.hypha.tensor.Csr;
import dev.hypha.tensor.Matrix;
import dev.hypha.tensor.Scaling;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;

/// Sums of source rows of bfloat16. Sums of even and of odd columns stay in registers apart from each other
/// and are brought into order once per row. Four vectors of pairs are a block; the last ones of a row end
/// where it ends and may overlap those before: both then compute and write the same numbers.
final class PairSums {
    /// Columns of a vector of pairs, and bytes of them.
    private static final int WIDTH = 2 * Lanes.COUNT;
    private static final long BYTES = 4L * Lanes.COUNT;
    /// Tells the compiler that an offset is small and not negative, so that a sum with an address needs no
    /// check.
    private static final long SMALL = 0xf_ffff;

    private final int[] offsets;
    private final int[] sources;
    private final float[] scales;
    private final Scaling scaling;
    private final Bfloat16Matrix matrix;
    private final int cols;
    private final long x;
    private final long out;

    PairSums(Csr pattern, Scaling scaling, Bfloat16Matrix x, Matrix out) {
        this.offsets = pattern.offsets();
        this.sources = pattern.indices();
        this.scales = scaling.sources();
        this.scaling = scaling;
        this.matrix = x;
        this.cols = x.cols();
        this.x = x.address() & Lanes.ADDRESS;
        this.out = Lanes.address(out);
    }

    void rows(int from, int to) {
        if (cols < WIDTH) {
            narrow(from, to);
            return;
        }
        int c = 0;
        for (; c + 2 * WIDTH < cols; c += 4 * WIDTH) four(c, Math.min(4 * WIDTH, cols - c), from, to);
        if (c < cols) two(c, Math.max(cols - c, WIDTH), from, to);
    }

    private void four(int firstColumn, int width, int from, int to) {
        long step = 2L * cols;
        long start = x + 2L * firstColumn;
        long before = (2L * (width - 2 * WIDTH)) & SMALL;
        long last = 2L * (width - WIDTH) & SMALL;
        for (int i = from; i < to; i++) {
            FloatVector e0 = Lanes.zero();
            FloatVector e1 = Lanes.zero();
            FloatVector e2 = Lanes.zero();
            FloatVector e3 = Lanes.zero();
            FloatVector o0 = Lanes.zero();
            FloatVector o1 = Lanes.zero();
            FloatVector o2 = Lanes.zero();
            FloatVector o3 = Lanes.zero();
            for (int k = offsets[i], end = offsets[i + 1]; k < end; k++) {
                int j = sources[k];
                long p = (start + j * step) & Lanes.ADDRESS;
                FloatVector s = Lanes.all(scales == null ? 1 : scales[j]);
                IntVector p0 = Pairs.at(p);
                e0 = Lanes.multiplyAdd(s, Pairs.even(p0), e0);
                o0 = Lanes.multiplyAdd(s, Pairs.odd(p0), o0);
                IntVector p1 = Pairs.at(p + BYTES);
                e1 = Lanes.multiplyAdd(s, Pairs.even(p1), e1);
                o1 = Lanes.multiplyAdd(s, Pairs.odd(p1), o1);
                IntVector p2 = Pairs.at(p + before);
                e2 = Lanes.multiplyAdd(s, Pairs.even(p2), e2);
                o2 = Lanes.multiplyAdd(s, Pairs.odd(p2), o2);
                IntVector p3 = Pairs.at(p + last);
                e3 = Lanes.multiplyAdd(s, Pairs.even(p3), e3);
                o3 = Lanes.multiplyAdd(s, Pairs.odd(p3), o3);
            }
            float t = scaling.target(i);
            long o = (out + 4 * ((long) i * cols + firstColumn)) & Lanes.ADDRESS;
            write(e0, o0, t, o);
            write(e1, o1, t, o + 2 * BYTES);
            write(e2, o2, t, o + 2 * before);
            write(e3, o3, t, o + 2 * last);
        }
    }

    /// The last columns, at most two vectors of pairs, which end where the row ends.
    private void two(int firstColumn, int width, int from, int to) {
        long step = 2L * cols;
        int column = Math.min(firstColumn, cols - width);
        long start = x + 2L * column;
        long last = 2L * (width - WIDTH) & SMALL;
        for (int i = from; i < to; i++) {
            FloatVector e0 = Lanes.zero();
            FloatVector e1 = Lanes.zero();
            FloatVector o0 = Lanes.zero();
            FloatVector o1 = Lanes.zero();
            for (int k = offsets[i], end = offsets[i + 1]; k < end; k++) {
                int j = sources[k];
                long p = (start + j * step) & Lanes.ADDRESS;
                FloatVector s = Lanes.all(scales == null ? 1 : scales[j]);
                IntVector p0 = Pairs.at(p);
                e0 = Lanes.multiplyAdd(s, Pairs.even(p0), e0);
                o0 = Lanes.multiplyAdd(s, Pairs.odd(p0), o0);
                IntVector p1 = Pairs.at(p + last);
                e1 = Lanes.multiplyAdd(s, Pairs.even(p1), e1);
                o1 = Lanes.multiplyAdd(s, Pairs.odd(p1), o1);
            }
            float t = scaling.target(i);
            long o = (out + 4 * ((long) i * cols + column)) & Lanes.ADDRESS;
            write(e0, o0, t, o);
            write(e1, o1, t, o + 2 * last);
        }
    }

    /// Fewer columns than a vector of pairs has; of an odd number the last one is summed by itself.
    private void narrow(int from, int to) {
        int pairs = cols / 2;
        VectorMask<Integer> mask = Pairs.mask(pairs);
        VectorMask<Float> lower = Lanes.SPECIES.indexInRange(0, 2 * pairs);
        VectorMask<Float> upper = Lanes.SPECIES.indexInRange(Lanes.COUNT, 2 * pairs);
        long step = 2L * cols;
        for (int i = from; i < to; i++) {
            FloatVector e0 = Lanes.zero();
            FloatVector o0 = Lanes.zero();
            for (int k = offsets[i], end = offsets[i + 1]; k < end; k++) {
                int j = sources[k];
                FloatVector s = Lanes.all(scales == null ? 1 : scales[j]);
                IntVector p0 = Pairs.at((x + j * step) & Lanes.ADDRESS, mask);
                e0 = Lanes.multiplyAdd(s, Pairs.even(p0), e0);
                o0 = Lanes.multiplyAdd(s, Pairs.odd(p0), o0);
            }
            float t = scaling.target(i);
            long o = (out + 4L * i * cols) & Lanes.ADDRESS;
            Lanes.put(Pairs.lower(e0, o0).mul(t), o, lower);
            Lanes.put(Pairs.upper(e0, o0).mul(t), o + BYTES, upper);
        }
        if (cols % 2 == 1) lastColumn(from, to);
    }

    private void lastColumn(int from, int to) {
        for (int i = from; i < to; i++) {
            float sum = 0;
            for (int k = offsets[i]; k < offsets[i + 1]; k++) {
                float s = scales == null ? 1 : scales[sources[k]];
                sum += s * matrix.at((long) sources[k] * cols + cols - 1);
            }
            Lanes.put(scaling.target(i) * sum, (out + 4 * ((long) (i + 1) * cols - 1)) & Lanes.ADDRESS);
        }
    }

    private static void write(FloatVector even, FloatVector odd, float scale, long at) {
        Lanes.put(Pairs.lower(even, odd).mul(scale), at);
        Lanes.put(Pairs.upper(even, odd).mul(scale), at + BYTES);
    }
}
