package dev.hypha.tensor.kernels.vector;

import dev.hypha.tensor.Matrix;
import dev.hypha.tensor.kernels.PlainLosses;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/// The softmax cross-entropy on vectors. Where a row is no whole number of vectors, its last one ends where the row
/// ends and overlaps the one before: masked loads cost several times as much. Fewer classes than lanes are one masked
/// vector.
public final class VectorLosses extends PlainLosses {
    @Override
    public double softmaxCrossEntropy(
            Matrix logits, int[] rows, int[] classes, Matrix weights, Matrix probabilities, int from, int to) {
        int cols = logits.cols();
        if (cols == 0) return super.softmaxCrossEntropy(logits, rows, classes, weights, probabilities, from, to);
        long x = Lanes.address(logits);
        long y = Lanes.address(probabilities);
        VectorMask<Float> fresh = fresh(cols);
        double sum = 0;
        for (int i = from; i < to; i++) {
            long row = x + 4L * (rows == null ? i : rows[i]) * cols;
            long place = y + 4L * i * cols;
            double log = cols < Lanes.COUNT ? few(row, place, fresh) : many(row, place, cols, fresh);
            sum += weight(weights, i) * (log - Lanes.number((row + 4L * classes[i]) & Lanes.ADDRESS));
        }
        return sum;
    }

    /// The lanes of a row's last vector that no other vector of it has.
    private static VectorMask<Float> fresh(int cols) {
        int rest = cols % Lanes.COUNT;
        if (cols < Lanes.COUNT) return Lanes.SPECIES.indexInRange(0, cols);
        return rest == 0
                ? Lanes.SPECIES.maskAll(true)
                : Lanes.SPECIES.indexInRange(0, Lanes.COUNT - rest).not();
    }

    /// Writes the softmax of one row.
    ///
    /// @return the logarithm of the sum of exponentials
    private static double few(long row, long place, VectorMask<Float> present) {
        FloatVector x = Lanes.at(row & Lanes.ADDRESS, present);
        float largest = Lanes.all(Float.NEGATIVE_INFINITY).blend(x, present).reduceLanes(VectorOperators.MAX);
        FloatVector e = Lanes.zero().blend(VectorExp.of(x.sub(largest)), present);
        float total = Lanes.fold(e);
        Lanes.put(e.mul(1 / total), place & Lanes.ADDRESS, present);
        return Math.log(total) + largest;
    }

    private static double many(long row, long place, int cols, VectorMask<Float> fresh) {
        float largest = largest(row, cols);
        float total = exponentials(row, largest, place, cols, fresh);
        scale(place, 1 / total, cols);
        return Math.log(total) + largest;
    }

    private static float largest(long row, int cols) {
        FloatVector largest = Lanes.at((row + 4L * (cols - Lanes.COUNT)) & Lanes.ADDRESS);
        for (int c = 0; c < cols - Lanes.COUNT; c += Lanes.COUNT) {
            largest = largest.max(Lanes.at((row + 4L * c) & Lanes.ADDRESS));
        }
        // The largest of some numbers is the same in any order.
        return largest.reduceLanes(VectorOperators.MAX);
    }

    private static float exponentials(long row, float largest, long place, int cols, VectorMask<Float> fresh) {
        for (int k = 0; k < cols; k += Lanes.COUNT) {
            long c = 4L * Math.min(k, cols - Lanes.COUNT);
            Lanes.put(VectorExp.of(Lanes.at((row + c) & Lanes.ADDRESS).sub(largest)), (place + c) & Lanes.ADDRESS);
        }
        FloatVector last = Lanes.at((place + 4L * (cols - Lanes.COUNT)) & Lanes.ADDRESS);
        FloatVector sum = Lanes.zero().blend(last, fresh);
        for (int c = 0; c < cols - Lanes.COUNT; c += Lanes.COUNT) {
            sum = sum.add(Lanes.at((place + 4L * c) & Lanes.ADDRESS));
        }
        return Lanes.fold(sum);
    }

    private static void scale(long place, float factor, int cols) {
        long end = (place + 4L * (cols - Lanes.COUNT)) & Lanes.ADDRESS;
        // Read before the others are written, some of which are among it.
        FloatVector last = Lanes.at(end);
        for (int c = 0; c < cols - Lanes.COUNT; c += Lanes.COUNT) {
            long o = (place + 4L * c) & Lanes.ADDRESS;
            Lanes.put(Lanes.at(o).mul(factor), o);
        }
        Lanes.put(last.mul(factor), end);
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
