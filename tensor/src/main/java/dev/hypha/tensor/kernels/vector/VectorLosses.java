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
        VectorMask<Float> present = Lanes.SPECIES.indexInRange(0, cols);
        double sum = 0;
        for (int i = from; i < to; i++) {
            long row = x + 4L * (rows == null ? i : rows[i]) * cols;
            long place = y + 4L * i * cols;
            double log = cols < Lanes.COUNT ? few(row, place, present) : many(row, place, cols);
            sum += weight(weights, i) * (log - Lanes.number((row + 4L * classes[i]) & Lanes.ADDRESS));
        }
        return sum;
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

    private static double many(long row, long place, int cols) {
        float largest = largest(row, cols);
        exponentials(row, largest, place, cols);
        float total = sum(place, cols);
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

    private static void exponentials(long row, float largest, long place, int cols) {
        for (int k = 0; k < cols; k += Lanes.COUNT) {
            long c = 4L * Math.min(k, cols - Lanes.COUNT);
            Lanes.put(VectorExp.of(Lanes.at((row + c) & Lanes.ADDRESS).sub(largest)), (place + c) & Lanes.ADDRESS);
        }
    }

    // Apart from the exponentials, and its end number by number: a mask or a vector more becomes an object.
    private static float sum(long place, int cols) {
        int whole = cols - cols % Lanes.COUNT;
        FloatVector sum = Lanes.zero();
        for (int c = 0; c < whole; c += Lanes.COUNT) sum = sum.add(Lanes.at((place + 4L * c) & Lanes.ADDRESS));
        float total = Lanes.fold(sum);
        for (int c = whole; c < cols; c++) total += Lanes.number((place + 4L * c) & Lanes.ADDRESS);
        return total;
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
