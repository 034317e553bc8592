package dev.hypha.tensor.kernels.vector;

import dev.hypha.tensor.Csr;
import dev.hypha.tensor.Matrix;
import dev.hypha.tensor.kernels.PlainSparse;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/// The largest or smallest of source rows, column by column, and the entry it came from. Marks of entries
/// are floats, so that one mask serves value and entry. The smallest is the largest with the sign turned
/// twice, which is exact.
final class Extremes extends PlainSparse {
    private static final long BYTES = 4L * Lanes.COUNT;
    private static final long SMALL = 0xf_ffff;
    /// Columns that are done at once: four vectors, whose values and marks stay in registers.
    private static final int BLOCK = 4 * Lanes.COUNT;

    private final Csr pattern;
    private final float sign;
    private final int cols;
    private final long x;
    private final long out;
    private final long chosen;

    Extremes(Csr pattern, boolean least, Matrix x, Matrix out, Matrix chosen) {
        this.pattern = pattern;
        this.sign = least ? -1 : 1;
        this.cols = x.cols();
        this.x = Lanes.address(x);
        this.out = Lanes.address(out);
        this.chosen = Lanes.address(chosen);
    }

    /// Rows `from` to `to`; at least a vector of columns.
    void rows(int from, int to) {
        int c = 0;
        for (; c + 2 * Lanes.COUNT < cols; c += BLOCK) four(c, Math.min(BLOCK, cols - c), from, to);
        if (c < cols) two(c, Math.max(cols - c, Lanes.COUNT), from, to);
    }

    private void four(int firstColumn, int width, int from, int to) {
        int[] offsets = pattern.offsets();
        int[] sources = pattern.indices();
        int[] entries = pattern.entries();
        long step = 4L * cols;
        long start = x + 4L * firstColumn;
        long before = 4L * (width - 2 * Lanes.COUNT) & SMALL;
        long last = 4L * (width - Lanes.COUNT) & SMALL;
        for (int i = from; i < to; i++) {
            FloatVector v0 = Lanes.zero();
            FloatVector v1 = Lanes.zero();
            FloatVector v2 = Lanes.zero();
            FloatVector v3 = Lanes.zero();
            FloatVector m0 = Lanes.all(NONE);
            FloatVector m1 = m0;
            FloatVector m2 = m0;
            FloatVector m3 = m0;
            int e = offsets[i] & Integer.MAX_VALUE;
            int end = offsets[i + 1];
            if (e < end) {
                long p = (start + sources[e] * step) & Lanes.ADDRESS;
                v0 = Lanes.at(p).mul(sign);
                v1 = Lanes.at(p + BYTES).mul(sign);
                v2 = Lanes.at(p + before).mul(sign);
                v3 = Lanes.at(p + last).mul(sign);
                m0 = Lanes.all(mark(entries == null ? e : entries[e]));
                m1 = m0;
                m2 = m0;
                m3 = m0;
            }
            for (e++; e < end; e++) {
                long p = (start + sources[e] * step) & Lanes.ADDRESS;
                FloatVector mark = Lanes.all(mark(entries == null ? e : entries[e]));
                FloatVector y0 = Lanes.at(p).mul(sign);
                VectorMask<Float> k0 = y0.compare(VectorOperators.GT, v0);
                v0 = v0.blend(y0, k0);
                m0 = m0.blend(mark, k0);
                FloatVector y1 = Lanes.at(p + BYTES).mul(sign);
                VectorMask<Float> k1 = y1.compare(VectorOperators.GT, v1);
                v1 = v1.blend(y1, k1);
                m1 = m1.blend(mark, k1);
                FloatVector y2 = Lanes.at(p + before).mul(sign);
                VectorMask<Float> k2 = y2.compare(VectorOperators.GT, v2);
                v2 = v2.blend(y2, k2);
                m2 = m2.blend(mark, k2);
                FloatVector y3 = Lanes.at(p + last).mul(sign);
                VectorMask<Float> k3 = y3.compare(VectorOperators.GT, v3);
                v3 = v3.blend(y3, k3);
                m3 = m3.blend(mark, k3);
            }
            long row = 4L * ((long) i * cols + firstColumn);
            long o = (out + row) & Lanes.ADDRESS;
            long c = (chosen + row) & Lanes.ADDRESS;
            Lanes.put(v0.mul(sign), o);
            Lanes.put(v1.mul(sign), o + BYTES);
            Lanes.put(v2.mul(sign), o + before);
            Lanes.put(v3.mul(sign), o + last);
            Lanes.put(m0, c);
            Lanes.put(m1, c + BYTES);
            Lanes.put(m2, c + before);
            Lanes.put(m3, c + last);
        }
    }

    /// The last columns, at most two vectors of them, which end where the row ends.
    private void two(int firstColumn, int width, int from, int to) {
        int[] offsets = pattern.offsets();
        int[] sources = pattern.indices();
        int[] entries = pattern.entries();
        long step = 4L * cols;
        int column = Math.min(firstColumn, cols - width);
        long start = x + 4L * column;
        long last = 4L * (width - Lanes.COUNT) & SMALL;
        for (int i = from; i < to; i++) {
            FloatVector v0 = Lanes.zero();
            FloatVector v1 = Lanes.zero();
            FloatVector m0 = Lanes.all(NONE);
            FloatVector m1 = m0;
            int e = offsets[i] & Integer.MAX_VALUE;
            int end = offsets[i + 1];
            if (e < end) {
                long p = (start + sources[e] * step) & Lanes.ADDRESS;
                v0 = Lanes.at(p).mul(sign);
                v1 = Lanes.at(p + last).mul(sign);
                m0 = Lanes.all(mark(entries == null ? e : entries[e]));
                m1 = m0;
            }
            for (e++; e < end; e++) {
                long p = (start + sources[e] * step) & Lanes.ADDRESS;
                FloatVector mark = Lanes.all(mark(entries == null ? e : entries[e]));
                FloatVector y0 = Lanes.at(p).mul(sign);
                VectorMask<Float> k0 = y0.compare(VectorOperators.GT, v0);
                v0 = v0.blend(y0, k0);
                m0 = m0.blend(mark, k0);
                FloatVector y1 = Lanes.at(p + last).mul(sign);
                VectorMask<Float> k1 = y1.compare(VectorOperators.GT, v1);
                v1 = v1.blend(y1, k1);
                m1 = m1.blend(mark, k1);
            }
            long row = 4L * ((long) i * cols + column);
            long o = (out + row) & Lanes.ADDRESS;
            long c = (chosen + row) & Lanes.ADDRESS;
            Lanes.put(v0.mul(sign), o);
            Lanes.put(v1.mul(sign), o + last);
            Lanes.put(m0, c);
            Lanes.put(m1, c + last);
        }
    }
}
