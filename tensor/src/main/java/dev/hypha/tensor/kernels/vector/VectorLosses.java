package dev.hypha.tensor.kernels.vector;

import dev.hypha.tensor.Matrix;
import dev.hypha.tensor.kernels.PlainLosses;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/// The softmax cross-entropy on vectors. Where a row is no whole number of vectors, its last one ends where
/// the row ends and overlaps the one before. Fewer classes than lanes take the plain loops.
public final class VectorLosses extends PlainLosses {
    private static final int TILE_ROWS = 64;
    private static final long VECTOR = 4L * Lanes.COUNT;

    @Override
    public double softmaxCrossEntropy(
            Matrix logits, int[] rows, int[] classes, Matrix weights, Matrix probabilities, int from, int to) {
        int cols = logits.cols();
        if (cols < Lanes.COUNT) {
            return super.softmaxCrossEntropy(logits, rows, classes, weights, probabilities, from, to);
        }
        double sum = 0;
        for (int start = from; start < to; start += TILE_ROWS) {
            sum += tile(logits, rows, classes, weights, probabilities, start, Math.min(to, start + TILE_ROWS));
        }
        return sum;
    }

    private static double tile(
            Matrix logits, int[] rows, int[] classes, Matrix weights, Matrix probabilities, int from, int to) {
        int cols = logits.cols();
        int vectors = Math.ceilDiv(cols, Lanes.COUNT);
        long x = Lanes.address(logits);
        long y = Lanes.address(probabilities);
        VectorMask<Float> fresh =
                Lanes.SPECIES.indexInRange(0, vectors * Lanes.COUNT - cols).not();
        long scratch = Scratch.rows().address(TILE_ROWS * (1L + (long) vectors * Lanes.COUNT));
        long tops = scratch + (long) TILE_ROWS * vectors * VECTOR;
        for (int i = from; i < to; i++) {
            long row = x + 4L * (rows == null ? i : rows[i]) * cols;
            float top = largest(row, cols);
            shift(row, top, scratch + (long) (i - from) * vectors * VECTOR, cols);
            Lanes.put(top, (tops + 4L * (i - from)) & Lanes.ADDRESS);
        }
        VectorExp.replace(scratch, (long) (to - from) * vectors);
        double sum = 0;
        for (int i = from; i < to; i++) {
            long exponentials = scratch + (long) (i - from) * vectors * VECTOR;
            float total = total(exponentials, vectors, fresh);
            scale(exponentials, 1 / total, y + 4L * i * cols, cols);
            long given = x + 4L * (rows == null ? i : rows[i]) * cols + 4L * classes[i];
            float top = Lanes.number((tops + 4L * (i - from)) & Lanes.ADDRESS);
            sum += weight(weights, i) * (Math.log(total) + top - Lanes.number(given & Lanes.ADDRESS));
        }
        return sum;
    }

    private static float largest(long row, int cols) {
        FloatVector largest = Lanes.at((row + 4L * (cols - Lanes.COUNT)) & Lanes.ADDRESS);
        for (int c = 0; c < cols - Lanes.COUNT; c += Lanes.COUNT) {
            largest = largest.max(Lanes.at((row + 4L * c) & Lanes.ADDRESS));
        }
        // The largest of some numbers is the same in any order.
        return largest.reduceLanes(VectorOperators.MAX);
    }

    /// To vectors beside each other.
    private static void shift(long row, float largest, long to, int cols) {
        for (int k = 0; k < cols; k += Lanes.COUNT) {
            long c = 4L * Math.min(k, cols - Lanes.COUNT);
            Lanes.put(Lanes.at((row + c) & Lanes.ADDRESS).sub(largest), (to + 4L * k) & Lanes.ADDRESS);
        }
    }

    /// @param fresh lanes of the last vector that no other has
    private static float total(long exponentials, int vectors, VectorMask<Float> fresh) {
        long last = exponentials + (vectors - 1) * VECTOR;
        FloatVector sum = Lanes.zero().blend(Lanes.at(last & Lanes.ADDRESS), fresh);
        for (long p = exponentials; p < last; p += VECTOR) sum = sum.add(Lanes.at(p & Lanes.ADDRESS));
        return Lanes.fold(sum);
    }

    private static void scale(long exponentials, float factor, long to, int cols) {
        for (int k = 0; k < cols; k += Lanes.COUNT) {
            long c = 4L * Math.min(k, cols - Lanes.COUNT);
            Lanes.put(Lanes.at((exponentials + 4L * k) & Lanes.ADDRESS).mul(factor), (to + c) & Lanes.ADDRESS);
        }
    }

    @Override
    public void softmaxCrossEntropyGradient(
            Matrix probabilities,
            int[] rows,
            int[] classes,
            Matrix weights,
            float scale,
            Matrix gradient,
            int from,
            int to) {
        int cols = probabilities.cols();
        if (cols < Lanes.COUNT) {
            super.softmaxCrossEntropyGradient(probabilities, rows, classes, weights, scale, gradient, from, to);
            return;
        }
        long y = Lanes.address(probabilities);
        long d = Lanes.address(gradient);
        for (int i = from; i < to; i++) {
            long row = d + 4L * (rows == null ? i : rows[i]) * cols;
            float w = (float) (scale * weight(weights, i));
            addScaled(y + 4L * i * cols, w, row, cols);
            long o = (row + 4L * classes[i]) & Lanes.ADDRESS;
            Lanes.put(Lanes.number(o) - w, o);
        }
    }

    private static void addScaled(long from, float factor, long to, int cols) {
        long end = 4L * (cols - Lanes.COUNT);
        FloatVector last = Lanes.at((to + end) & Lanes.ADDRESS)
                .add(Lanes.at((from + end) & Lanes.ADDRESS).mul(factor));
        for (int c = 0; c < cols - Lanes.COUNT; c += Lanes.COUNT) {
            long o = (to + 4L * c) & Lanes.ADDRESS;
            Lanes.put(Lanes.at(o).add(Lanes.at((from + 4L * c) & Lanes.ADDRESS).mul(factor)), o);
        }
        Lanes.put(last, (to + end) & Lanes.ADDRESS);
    }
}
