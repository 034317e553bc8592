package dev.hypha.tensor.kernels.vector;

import dev.hypha.tensor.Csr;
import dev.hypha.tensor.Matrix;
import dev.hypha.tensor.kernels.PlainSparse;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/// The sparse sum on vectors. Bound by reading source rows at random, so each is read once per block of columns, the
/// sums stay in registers, and the result is written once.
public final class VectorSparse extends PlainSparse {
    /// Columns that are summed at once: four vectors.
    private static final int BLOCK = 4 * Lanes.COUNT;

    @Override
    public void sum(
            Csr pattern, Matrix weights, boolean mean, Matrix x, Matrix out, boolean accumulate, int from, int to) {
        int[] offsets = pattern.offsets();
        int cols = x.cols();
        for (int i = from; i < to; i++) {
            Row row = new Row(pattern, weights, x, offsets[i], offsets[i + 1]);
            float scale = mean ? meanScale(offsets[i + 1] - offsets[i]) : 1;
            long at = (long) i * cols;
            int c = 0;
            for (; c + BLOCK <= cols; c += BLOCK) row.block(c, scale, out, at + c, accumulate);
            for (; c + Lanes.COUNT <= cols; c += Lanes.COUNT) row.vector(c, scale, out, at + c, accumulate);
            for (; c < cols; c++) row.scalar(c, scale, out, at + c, accumulate);
        }
    }

    @Override
    public void max(Csr pattern, Matrix x, Matrix out, Matrix chosen, int from, int to) {
        int cols = x.cols();
        int body = Lanes.bound(0, cols);
        for (int i = from; i < to; i++) {
            for (int c = 0; c < body; c += Lanes.COUNT) maxOfVector(pattern, i, x, c, out, chosen);
        }
        if (body < cols) maxOfColumns(pattern, x, body, out, chosen, from, to);
    }

    /// Marks of entries are floats, so that one mask serves value and entry.
    private static void maxOfVector(Csr pattern, int row, Matrix x, int c, Matrix out, Matrix chosen) {
        int start = pattern.offsets()[row];
        int end = pattern.offsets()[row + 1];
        int[] sources = pattern.indices();
        int cols = x.cols();
        FloatVector largest = Lanes.zero();
        FloatVector entry = Lanes.all(NONE);
        for (int e = start; e < end; e++) {
            FloatVector value = Lanes.load(x.segment(), (long) sources[e] * cols + c);
            FloatVector mark = Lanes.all(mark(pattern.entry(e)));
            if (e == start) {
                largest = value;
                entry = mark;
            } else {
                VectorMask<Float> larger = value.compare(VectorOperators.GT, largest);
                largest = largest.blend(value, larger);
                entry = entry.blend(mark, larger);
            }
        }
        Lanes.store(largest, out.segment(), (long) row * cols + c);
        Lanes.store(entry, chosen.segment(), (long) row * cols + c);
    }

    @Override
    public void maxGradient(Csr transpose, Matrix chosen, Matrix dy, Matrix dx, int from, int to) {
        int[] offsets = transpose.offsets();
        int[] targets = transpose.indices();
        int cols = dx.cols();
        int body = Lanes.bound(0, cols);
        for (int j = from; j < to; j++) {
            long at = (long) j * cols;
            for (int k = offsets[j]; k < offsets[j + 1]; k++) {
                long target = (long) targets[k] * cols;
                float entry = mark(transpose.entry(k));
                for (int c = 0; c < body; c += Lanes.COUNT) {
                    VectorMask<Float> mine =
                            Lanes.load(chosen.segment(), target + c).compare(VectorOperators.EQ, entry);
                    FloatVector gradient = Lanes.zero().blend(Lanes.load(dy.segment(), target + c), mine);
                    Lanes.store(Lanes.load(dx.segment(), at + c).add(gradient), dx.segment(), at + c);
                }
                for (int c = body; c < cols; c++) {
                    if (chosen.at(target + c) == entry) dx.add(at + c, dy.at(target + c));
                }
            }
        }
    }

    /// The entries of one target. Lives no longer than its row, so the compiler keeps it in registers.
    private record Row(Csr pattern, Matrix weights, Matrix x, int start, int end) {
        void block(int c, float scale, Matrix out, long at, boolean accumulate) {
            int[] sources = pattern.indices();
            MemorySegment xs = x.segment();
            int cols = x.cols();
            FloatVector s0 = Lanes.zero();
            FloatVector s1 = Lanes.zero();
            FloatVector s2 = Lanes.zero();
            FloatVector s3 = Lanes.zero();
            for (int e = start; e < end; e++) {
                long o = (long) sources[e] * cols + c;
                FloatVector w = Lanes.all(weight(pattern, weights, e));
                s0 = Lanes.multiplyAdd(Lanes.load(xs, o), w, s0);
                s1 = Lanes.multiplyAdd(Lanes.load(xs, o + Lanes.COUNT), w, s1);
                s2 = Lanes.multiplyAdd(Lanes.load(xs, o + 2L * Lanes.COUNT), w, s2);
                s3 = Lanes.multiplyAdd(Lanes.load(xs, o + 3L * Lanes.COUNT), w, s3);
            }
            write(s0, scale, out, at, accumulate);
            write(s1, scale, out, at + Lanes.COUNT, accumulate);
            write(s2, scale, out, at + 2L * Lanes.COUNT, accumulate);
            write(s3, scale, out, at + 3L * Lanes.COUNT, accumulate);
        }

        void vector(int c, float scale, Matrix out, long at, boolean accumulate) {
            int[] sources = pattern.indices();
            MemorySegment xs = x.segment();
            int cols = x.cols();
            FloatVector sum = Lanes.zero();
            for (int e = start; e < end; e++) {
                FloatVector w = Lanes.all(weight(pattern, weights, e));
                sum = Lanes.multiplyAdd(Lanes.load(xs, (long) sources[e] * cols + c), w, sum);
            }
            write(sum, scale, out, at, accumulate);
        }

        void scalar(int c, float scale, Matrix out, long at, boolean accumulate) {
            int[] sources = pattern.indices();
            int cols = x.cols();
            float sum = 0;
            for (int e = start; e < end; e++) {
                sum += weight(pattern, weights, e) * x.at((long) sources[e] * cols + c);
            }
            out.put(at, accumulate ? out.at(at) + scale * sum : scale * sum);
        }

        private static void write(FloatVector sum, float scale, Matrix out, long at, boolean accumulate) {
            FloatVector scaled = sum.mul(scale);
            Lanes.store(accumulate ? scaled.add(Lanes.load(out.segment(), at)) : scaled, out.segment(), at);
        }
    }
}
