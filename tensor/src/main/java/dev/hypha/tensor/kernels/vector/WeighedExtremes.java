package dev.hypha.tensor.kernels.vector;

import dev.hypha.tensor.Csr;
import dev.hypha.tensor.Matrix;
import dev.hypha.tensor.kernels.PlainSparse;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;

/// The largest or smallest of weighed source rows, and its gradients. A vector of columns at a time, so
/// slower than [Extremes]. The weights of the heads that a vector of columns touches are loaded together and
/// handed to their columns by a shuffle that depends on the columns alone.
final class WeighedExtremes extends PlainSparse {
    private final int[] offsets;
    private final int[] sources;
    private final int[] entries;
    private final long weights;
    private final int heads;
    private final int cols;
    private final long x;
    private final Span[] spans;

    /// A vector of columns.
    ///
    /// @param column the first
    /// @param columns lanes that are columns
    /// @param weights where the weight of its first head stands among those of an entry, in bytes
    /// @param present lanes of the vector of weights that are weights
    /// @param head which of these each column takes
    private record Span(
            int column, VectorMask<Float> columns, long weights, VectorMask<Float> present, VectorShuffle<Float> head) {
        static Span of(int column, int cols, int perHead) {
            int first = column / perHead;
            int last = (Math.min(column + Lanes.COUNT, cols) - 1) / perHead;
            return new Span(
                    column,
                    Lanes.SPECIES.indexInRange(column, cols),
                    4L * first,
                    Lanes.SPECIES.indexInRange(first, last + 1),
                    VectorShuffle.fromOp(Lanes.SPECIES, lane -> Math.min(column + lane, cols - 1) / perHead - first));
        }
    }

    /// @param x what is read at the pattern's sources
    WeighedExtremes(Csr pattern, Matrix weights, Matrix x) {
        this.offsets = pattern.offsets();
        this.sources = pattern.indices();
        this.entries = pattern.entries();
        this.weights = Lanes.address(weights);
        this.heads = weights.cols();
        this.cols = x.cols();
        this.x = Lanes.address(x);
        this.spans = new Span[Math.ceilDiv(cols, Lanes.COUNT)];
        for (int v = 0; v < spans.length; v++) spans[v] = Span.of(v * Lanes.COUNT, cols, cols / heads);
    }

    void rows(boolean least, Matrix out, Matrix chosen, int from, int to) {
        touch(from, to);
        for (Span span : spans) {
            columns(span, least ? -1 : 1, Lanes.address(out), Lanes.address(chosen), from, to);
        }
    }

    /// Each span visits all entries: the rows that they refer to are brought into the cache at once.
    private void touch(int from, int to) {
        if (spans.length > 1) {
            Touch.rows(
                    x,
                    4L * cols,
                    sources,
                    offsets[from],
                    offsets[to],
                    Scratch.rows().address(1));
        }
    }

    /// The smallest is the largest with the sign turned twice, which is exact.
    private void columns(Span span, float sign, long out, long chosen, int from, int to) {
        VectorMask<Float> mask = span.columns;
        VectorMask<Float> present = span.present;
        VectorShuffle<Float> head = span.head;
        long start = x + 4L * span.column;
        long step = 4L * cols;
        long w = weights + span.weights;
        long wStep = 4L * heads;
        for (int i = from; i < to; i++) {
            FloatVector value = Lanes.zero();
            FloatVector best = Lanes.all(NONE);
            int e = offsets[i] & Integer.MAX_VALUE;
            int end = offsets[i + 1];
            if (e < end) {
                int entry = entries == null ? e : entries[e];
                FloatVector q = Lanes.at((w + entry * wStep) & Lanes.ADDRESS, present);
                FloatVector y = Lanes.at((start + sources[e] * step) & Lanes.ADDRESS, mask);
                value = y.mul(q.rearrange(head)).mul(sign);
                best = Lanes.all(mark(entry));
            }
            for (e++; e < end; e++) {
                int entry = entries == null ? e : entries[e];
                FloatVector q = Lanes.at((w + entry * wStep) & Lanes.ADDRESS, present);
                FloatVector y = Lanes.at((start + sources[e] * step) & Lanes.ADDRESS, mask)
                        .mul(q.rearrange(head))
                        .mul(sign);
                VectorMask<Float> larger = y.compare(VectorOperators.GT, value);
                value = value.blend(y, larger);
                best = best.blend(Lanes.all(mark(entry)), larger);
            }
            long row = i * step + 4L * span.column;
            Lanes.put(value.mul(sign), (out + row) & Lanes.ADDRESS, mask);
            Lanes.put(best, (chosen + row) & Lanes.ADDRESS, mask);
        }
    }

    /// Adds to dx what the targets, which are the pattern's sources here and whose gradient is x, pass to
    /// the entries that they chose.
    void gradient(Matrix chosen, Matrix dx, int from, int to) {
        touch(from, to);
        for (Span span : spans) gradientColumns(span, Lanes.address(chosen), Lanes.address(dx), from, to);
    }

    private void gradientColumns(Span span, long chosen, long dx, int from, int to) {
        VectorMask<Float> mask = span.columns;
        VectorMask<Float> present = span.present;
        VectorShuffle<Float> head = span.head;
        long step = 4L * cols;
        long w = weights + span.weights;
        long wStep = 4L * heads;
        for (int j = from; j < to; j++) {
            long place = (dx + j * step + 4L * span.column) & Lanes.ADDRESS;
            FloatVector sum = Lanes.at(place, mask);
            for (int k = offsets[j], end = offsets[j + 1]; k < end; k++) {
                int entry = entries == null ? k : entries[k];
                FloatVector q = Lanes.at((w + entry * wStep) & Lanes.ADDRESS, present);
                long row = sources[k] * step + 4L * span.column;
                FloatVector g = Lanes.at((x + row) & Lanes.ADDRESS, mask).mul(q.rearrange(head));
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
