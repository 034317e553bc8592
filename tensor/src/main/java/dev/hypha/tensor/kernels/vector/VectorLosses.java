package dev.hypha.tensor.kernels.vector;

import dev.hypha.tensor.Matrix;
import dev.hypha.tensor.kernels.PlainLosses;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/// The softmax cross-entropy on vectors: one exponential per class and row.
public final class VectorLosses extends PlainLosses {
    @Override
    public double softmaxCrossEntropy(
            Matrix logits, int[] rows, int[] classes, Matrix weights, Matrix probabilities, int from, int to) {
        int cols = logits.cols();
        long x = Lanes.address(logits);
        long y = Lanes.address(probabilities);
        double sum = 0;
        for (int i = from; i < to; i++) {
            long row = x + 4L * (rows == null ? i : rows[i]) * cols;
            long place = y + 4L * i * cols;
            float largest = largest(row, cols);
            float total = exponentials(row, largest, place, cols);
            scale(place, 1 / total, cols);
            sum += weight(weights, i)
                    * (Math.log(total) + largest - Lanes.number((row + 4L * classes[i]) & Lanes.ADDRESS));
        }
        return sum;
    }

    private static float largest(long row, int cols) {
        float largest = Float.NEGATIVE_INFINITY;
        for (int c = 0; c < cols; c++) largest = Math.max(largest, Lanes.number((row + 4L * c) & Lanes.ADDRESS));
        return largest;
    }

    private static float exponentials(long row, float largest, long place, int cols) {
        FloatVector sum = Lanes.zero();
        for (int c = 0; c < cols; c += Lanes.COUNT) {
            VectorMask<Float> mask = Lanes.SPECIES.indexInRange(c, cols);
            FloatVector e =
                    VectorExp.of(Lanes.at((row + 4L * c) & Lanes.ADDRESS, mask).sub(largest));
            Lanes.put(e, (place + 4L * c) & Lanes.ADDRESS, mask);
            sum = sum.add(Lanes.zero().blend(e, mask));
        }
        return Lanes.fold(sum);
    }

    private static void scale(long place, float factor, int cols) {
        for (int c = 0; c < cols; c++) {
            long o = (place + 4L * c) & Lanes.ADDRESS;
            Lanes.put(Lanes.number(o) * factor, o);
        }
    }
}
