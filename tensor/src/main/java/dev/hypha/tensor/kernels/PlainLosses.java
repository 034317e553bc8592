package dev.hypha.tensor.kernels;

import dev.hypha.tensor.Loss;
import dev.hypha.tensor.LossKernels;
import dev.hypha.tensor.Matrix;

/// Losses in float64, as plain loops: the specification.
public class PlainLosses implements LossKernels {
    @Override
    public double loss(Loss loss, float delta, Matrix prediction, Matrix target, Matrix weights, int from, int to) {
        int cols = prediction.cols();
        double sum = 0;
        for (int i = from; i < to; i++) {
            double row = 0;
            for (int c = 0; c < cols; c++) {
                long o = (long) i * cols + c;
                row += value(loss, delta, prediction.at(o), target.at(o));
            }
            sum += weight(weights, i) * row;
        }
        return sum;
    }

    protected static double weight(Matrix weights, int row) {
        return weights == null ? 1 : weights.at(row);
    }

    private static double value(Loss loss, float delta, double p, double t) {
        double error = Math.abs(p - t);
        return switch (loss) {
            // The usual form log(1 + e^p) - t p, arranged so that no exponential overflows.
            case BINARY_CROSS_ENTROPY -> Math.max(p, 0) - t * p + Math.log1p(Math.exp(-Math.abs(p)));
            case SQUARED -> error * error;
            case ABSOLUTE -> error;
            case HUBER -> error <= delta ? error * error / 2 : delta * (error - delta / 2);
        };
    }

    private static double derivative(Loss loss, float delta, double p, double t) {
        return switch (loss) {
            case BINARY_CROSS_ENTROPY -> 1 / (1 + Math.exp(-p)) - t;
            case SQUARED -> 2 * (p - t);
            case ABSOLUTE -> Math.signum(p - t);
            case HUBER -> Math.clamp(p - t, -delta, delta);
        };
    }

    @Override
    public void lossGradient(
            Loss loss,
            float delta,
            Matrix prediction,
            Matrix target,
            Matrix weights,
            float scale,
            Matrix gradient,
            int from,
            int to) {
        int cols = prediction.cols();
        for (int i = from; i < to; i++) {
            double w = scale * weight(weights, i);
            for (int c = 0; c < cols; c++) {
                long o = (long) i * cols + c;
                gradient.add(o, (float) (w * derivative(loss, delta, prediction.at(o), target.at(o))));
            }
        }
    }

    @Override
    public double softmaxCrossEntropy(
            Matrix logits, int[] rows, int[] classes, Matrix weights, Matrix probabilities, int from, int to) {
        int cols = logits.cols();
        double sum = 0;
        for (int i = from; i < to; i++) {
            long row = (long) (rows == null ? i : rows[i]) * cols;
            long place = (long) i * cols;
            float largest = Float.NEGATIVE_INFINITY;
            for (int c = 0; c < cols; c++) largest = Math.max(largest, logits.at(row + c));
            double total = 0;
            for (int c = 0; c < cols; c++) total += Math.exp(logits.at(row + c) - largest);
            for (int c = 0; c < cols; c++) {
                probabilities.put(place + c, (float) (Math.exp(logits.at(row + c) - largest) / total));
            }
            sum += weight(weights, i) * (Math.log(total) + largest - logits.at(row + classes[i]));
        }
        return sum;
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
        for (int i = from; i < to; i++) {
            long row = (long) (rows == null ? i : rows[i]) * cols;
            long place = (long) i * cols;
            float w = (float) (scale * weight(weights, i));
            for (int c = 0; c < cols; c++) gradient.add(row + c, w * probabilities.at(place + c));
            gradient.add(row + classes[i], -w);
        }
    }
}
