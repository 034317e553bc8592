package dev.hypha.tensor.kernels.vector;

import dev.hypha.tensor.Bfloat16Matrix;
import dev.hypha.tensor.Csr;
import dev.hypha.tensor.Matrix;
import dev.hypha.tensor.Scaling;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;

/// Sums of source rows of bfloat16. Sums of even and of odd columns stay in registers apart from each other
/// and are brought into order once per row. The last two vectors of pairs end where the row ends and may
/// overlap those before: both then compute and write the same numbers.
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
        for (int c = 0; c < cols; c += 2 * WIDTH) two(c, Math.clamp(cols - c, WIDTH, 2 * WIDTH), from, to);
    }

    /// Up to two vectors of pairs; with more of them the sums would not stay in registers.
    private void two(int firstColumn, int width, int from, int to) {
        int[] offsets = this.offsets;
        int[] sources = this.sources;
        float[] scales = this.scales;
        long step = 2L * cols;
        int column = Math.min(firstColumn, cols - width);
        long start = x + 2L * column;
        long last = 2L * (width - WIDTH) & SMALL;
        long scratch = Scratch.rows().address(4L * Lanes.COUNT);
        for (int i = from; i < to; i++) {
            FloatVector e0 = Lanes.zero();
            FloatVector e1 = Lanes.zero();
            FloatVector o0 = Lanes.zero();
            FloatVector o1 = Lanes.zero();
            for (int k = offsets[i] & Integer.MAX_VALUE, end = offsets[i + 1]; k < end; k++) {
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
            Lanes.put(e0, scratch);
            Lanes.put(o0, scratch + BYTES);
            Lanes.put(e1, scratch + 2 * BYTES);
            Lanes.put(o1, scratch + 3 * BYTES);
            float t = scaling.target(i);
            long o = out + 4 * ((long) i * cols + column);
            write(scratch, t, o);
            write(scratch + 2 * BYTES, t, o + 2 * last);
        }
    }

    /// Fewer columns than a vector of pairs has; of an odd number the last one is summed by itself.
    private void narrow(int from, int to) {
        int pairs = cols / 2;
        VectorMask<Integer> mask = Pairs.mask(pairs);
        VectorMask<Float> lower = Lanes.SPECIES.indexInRange(0, 2 * pairs);
        VectorMask<Float> upper = Lanes.SPECIES.indexInRange(Lanes.COUNT, 2 * pairs);
        int[] offsets = this.offsets;
        int[] sources = this.sources;
        float[] scales = this.scales;
        long step = 2L * cols;
        for (int i = from; i < to; i++) {
            FloatVector e0 = Lanes.zero();
            FloatVector o0 = Lanes.zero();
            for (int k = offsets[i] & Integer.MAX_VALUE, end = offsets[i + 1]; k < end; k++) {
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

    /// Brings a vector of sums of even columns and one of odd ones into order. They come by way of memory,
    /// since more than the sums themselves does not fit into the registers of the loops above.
    private static void write(long sums, float scale, long at) {
        FloatVector even = Lanes.at(sums & Lanes.ADDRESS).mul(scale);
        FloatVector odd = Lanes.at((sums + BYTES) & Lanes.ADDRESS).mul(scale);
        long o = at & Lanes.ADDRESS;
        Lanes.put(Pairs.lower(even, odd), o);
        Lanes.put(Pairs.upper(even, odd), o + BYTES);
    }
}
