package dev.hypha.tensor.kernels.vector;

import dev.hypha.tensor.Csr;
import dev.hypha.tensor.Matrix;
import dev.hypha.tensor.kernels.PlainSparse;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;

/// The largest or smallest of weighed source rows, and its gradients. A vector of columns at a time: simpler than
/// [Extremes] and about a third of its speed. The weights of the heads that a vector of columns touches are loaded
/// together and handed to their columns by a shuffle that depends on the columns alone.
final class WeighedExtremes extends PlainSparse {
    private final int[] offsets;
    private final int[] sources;
    private final int[] entries;
    private final long weights;
    private final int heads;
    private final int cols;
    private final long x;

    /// @param x what is read at the pattern's sources
    WeighedExtremes(Csr pattern, Matrix weights, Matrix x) {
        this.offsets = pattern.offsets();
        this.sources = pattern.indices();
        this.entries = pattern.entries();
        this.weights = Lanes.address(weights);
        this.heads = weights.cols();
        this.cols = x.cols();
        this.x = Lanes.address(x);
    }

    void rows(boolean least, Matrix out, Matrix chosen, int from, int to) {
        for (int c = 0; c < cols; c += Lanes.COUNT) {
            columns(c, least ? -1 : 1, Lanes.address(out), Lanes.address(chosen), from, to);
        }
    }

    private int firstHead(int column) {
        return column / (cols / heads);
    }

    private VectorMask<Float> columnsFrom(int column) {
        return Lanes.SPECIES.indexInRange(column, cols);
    }

    private VectorMask<Float> headsFrom(int column) {
        return Lanes.SPECIES.indexInRange(
                firstHead(column), firstHead(Math.min(column + Lanes.COUNT, cols) - 1) + 1);
    }

    private VectorShuffle<Float> headOfLane(int column) {
        return VectorShuffle.fromOp(
                Lanes.SPECIES, lane -> firstHead(Math.min(column + lane, cols - 1)) - firstHead(column));
    }

    /// The smallest is the largest with the sign turned twice, which is exact.
    private void columns(int column, float sign, long out, long chosen, int from, int to) {
        VectorMask<Float> mask = columnsFrom(column);
        VectorMask<Float> some = headsFrom(column);
        VectorShuffle<Float> head = headOfLane(column);
        long start = x + 4L * column;
        long w = weights + 4L * firstHead(column);
        for (int i = from; i < to; i++) {
            FloatVector value = Lanes.zero();
            FloatVector best = Lanes.all(NONE);
            for (int e = offsets[i], first = e, end = offsets[i + 1]; e < end; e++) {
                int entry = entries == null ? e : entries[e];
                FloatVector q = Lanes.at((w + 4L * entry * heads) & Lanes.ADDRESS, some).rearrange(head);
                FloatVector y = Lanes.at((start + 4L * sources[e] * cols) & Lanes.ADDRESS, mask)
                        .mul(q)
                        .mul(sign);
                VectorMask<Float> larger = e == first ? mask : y.compare(VectorOperators.GT, value);
                value = value.blend(y, larger);
                best = best.blend(mark(entry), larger);
            }
            long row = 4L * ((long) i * cols + column);
            Lanes.put(value.mul(sign), (out + row) & Lanes.ADDRESS, mask);
            Lanes.put(best, (chosen + row) & Lanes.ADDRESS, mask);
        }
    }

    /// Adds to dx what the targets, which are the pattern's sources here and whose gradient is x, pass to the entries
    /// that they chose.
    void gradient(Matrix chosen, Matrix dx, int from, int to) {
        for (int c = 0; c < cols; c += Lanes.COUNT) {
            gradientColumns(c, Lanes.address(chosen), Lanes.address(dx), from, to);
        }
    }

    private void gradientColumns(int column, long chosen, long dx, int from, int to) {
        VectorMask<Float> mask = columnsFrom(column);
        VectorMask<Float> some = headsFrom(column);
        VectorShuffle<Float> head = headOfLane(column);
        long w = weights + 4L * firstHead(column);
        for (int j = from; j < to; j++) {
            long place = (dx + 4L * ((long) j * cols + column)) & Lanes.ADDRESS;
            FloatVector sum = Lanes.at(place, mask);
            for (int k = offsets[j], end = offsets[j + 1]; k < end; k++) {
                int entry = entries == null ? k : entries[k];
                FloatVector q = Lanes.at((w + 4L * entry * heads) & Lanes.ADDRESS, some).rearrange(head);
                long row = 4L * ((long) sources[k] * cols + column);
                FloatVector g = Lanes.at((x + row) & Lanes.ADDRESS, mask).mul(q);
                FloatVector marks = Lanes.at((chosen + row) & Lanes.ADDRESS, mask);
                sum = sum.add(Lanes.zero().blend(g, marks.compare(VectorOperators.EQ, mark(entry))));
            }
            Lanes.put(sum, place, mask);
        }
    }

    static void weightGradient(Csr pattern, Matrix chosen, Matrix dy, Matrix x, Matrix dw, int from, int to) {
        int[] sources = pattern.indices();
        int cols = x.cols();
        int heads = dw.cols();
        int perHead = cols / heads;
        for (int i = from; i < to; i++) {
            long target = 4L * i * cols;
            for (int e = pattern.offsets()[i]; e < pattern.offsets()[i + 1]; e++) {
                int entry = pattern.entry(e);
                float mark = mark(entry);
                long source = Lanes.address(x) + 4L * sources[e] * cols;
                for (int h = 0; h < heads; h++) {
                    float dot = dot(
                            Lanes.address(chosen) + target,
                            mark,
                            Lanes.address(dy) + target,
                            source,
                            h * perHead,
                            (h + 1) * perHead);
                    if (dot != 0) dw.add((long) entry * heads + h, dot);
                }
            }
        }
    }

    /// The dot product of columns where the mark stands.
    private static float dot(long chosen, float mark, long dy, long x, int from, int to) {
        FloatVector sum = Lanes.zero();
        for (int c = from; c < to; c += Lanes.COUNT) {
            VectorMask<Float> mask = Lanes.SPECIES.indexInRange(c, to);
            FloatVector marks = Lanes.at((chosen + 4L * c) & Lanes.ADDRESS, mask);
            FloatVector product =
                    Lanes.at((dy + 4L * c) & Lanes.ADDRESS, mask).mul(Lanes.at((x + 4L * c) & Lanes.ADDRESS, mask));
            sum = sum.add(Lanes.zero().blend(product, marks.compare(VectorOperators.EQ, mark)));
        }
        return Lanes.fold(sum);
    }
}
