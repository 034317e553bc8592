package dev.hypha.tensor.kernels;

import dev.hypha.tensor.Matrix;
import dev.hypha.tensor.NormKernels;

/// Normalisation as plain loops, moments in float64: the specification.
public class PlainNorms implements NormKernels {
    @Override
    public void layer(Matrix x, Matrix gamma, Matrix beta, float epsilon, Matrix out, Matrix stats, int from, int to) {
        int cols = x.cols();
        for (int i = from; i < to; i++) {
            long row = (long) i * cols;
            double sum = 0;
            for (int c = 0; c < cols; c++) sum += x.at(row + c);
            float mean = (float) (sum / cols);
            double squares = 0;
            for (int c = 0; c < cols; c++) squares += (x.at(row + c) - mean) * (double) (x.at(row + c) - mean);
            float inverse = (float) (1 / Math.sqrt(squares / cols + epsilon));
            for (int c = 0; c < cols; c++) {
                out.put(row + c, gamma.at(c) * ((x.at(row + c) - mean) * inverse) + beta.at(c));
            }
            stats.put(2L * i, mean);
            stats.put(2L * i + 1, inverse);
        }
    }

    /// With x^ = (x - mean) / deviation and g = gamma dy: dx = (g - mean(g) - x^ mean(g x^)) / deviation.
    @Override
    public void layerGradient(Matrix x, Matrix gamma, Matrix stats, Matrix dy, Matrix dx, int from, int to) {
        int cols = x.cols();
        for (int i = from; i < to; i++) {
            long row = (long) i * cols;
            float mean = stats.at(2L * i);
            float inverse = stats.at(2L * i + 1);
            double sum = 0;
            double dot = 0;
            for (int c = 0; c < cols; c++) {
                float g = gamma.at(c) * dy.at(row + c);
                sum += g;
                dot += g * (x.at(row + c) - mean) * inverse;
            }
            float meanG = (float) (sum / cols);
            float meanDot = (float) (dot / cols);
            for (int c = 0; c < cols; c++) {
                float g = gamma.at(c) * dy.at(row + c);
                float normal = (x.at(row + c) - mean) * inverse;
                dx.add(row + c, inverse * (g - meanG - normal * meanDot));
            }
        }
    }

    @Override
    public void layerParameterGradient(
            Matrix x, Matrix stats, Matrix dy, Matrix dGamma, Matrix dBeta, int fromCol, int toCol) {
        for (int i = 0; i < x.rows(); i++) {
            long row = (long) i * x.cols();
            float mean = stats.at(2L * i);
            float inverse = stats.at(2L * i + 1);
            for (int c = fromCol; c < toCol; c++) {
                dGamma.add(c, dy.at(row + c) * ((x.at(row + c) - mean) * inverse));
                dBeta.add(c, dy.at(row + c));
            }
        }
    }

    @Override
    public void moments(Matrix x, Matrix moments, int fromCol, int toCol) {
        int cols = x.cols();
        double[] sums = new double[toCol - fromCol];
        for (int i = 0; i < x.rows(); i++) {
            for (int c = fromCol; c < toCol; c++) sums[c - fromCol] += x.at((long) i * cols + c);
        }
        for (int c = fromCol; c < toCol; c++) moments.put(c, (float) (sums[c - fromCol] / x.rows()));
        double[] squares = new double[toCol - fromCol];
        for (int i = 0; i < x.rows(); i++) {
            for (int c = fromCol; c < toCol; c++) {
                double deviation = x.at((long) i * cols + c) - moments.at(c);
                squares[c - fromCol] += deviation * deviation;
            }
        }
        for (int c = fromCol; c < toCol; c++) moments.put(cols + c, (float) (squares[c - fromCol] / x.rows()));
    }

    @Override
    public void batch(
            Matrix x, Matrix moments, Matrix gamma, Matrix beta, float epsilon, Matrix out, int from, int to) {
        int cols = x.cols();
        for (int i = from; i < to; i++) {
            for (int c = 0; c < cols; c++) {
                long o = (long) i * cols + c;
                float normal = (x.at(o) - moments.at(c)) * inverse(moments, c, epsilon);
                out.put(o, gamma.at(c) * normal + beta.at(c));
            }
        }
    }

    private static float inverse(Matrix moments, int c, float epsilon) {
        return (float) (1 / Math.sqrt(moments.at(moments.cols() + c) + epsilon));
    }

    /// With x^ = (x - mean) / deviation: dx = gamma (dy - mean(dy) - x^ mean(dy x^)) / deviation, the means over a
    /// column; without both means if the moments are constant.
    @Override
    public void batchGradient(
            Matrix x,
            Matrix moments,
            Matrix gamma,
            float epsilon,
            boolean constant,
            Matrix dy,
            Matrix dx,
            Matrix dGamma,
            Matrix dBeta,
            int fromCol,
            int toCol) {
        int cols = x.cols();
        for (int c = fromCol; c < toCol; c++) {
            float mean = moments.at(c);
            float inverse = inverse(moments, c, epsilon);
            double sum = 0;
            double dot = 0;
            for (int i = 0; i < x.rows(); i++) {
                long o = (long) i * cols + c;
                sum += dy.at(o);
                dot += dy.at(o) * (x.at(o) - mean) * inverse;
            }
            if (dGamma != null) dGamma.add(c, (float) dot);
            if (dBeta != null) dBeta.add(c, (float) sum);
            if (dx == null) continue;
            float meanDy = constant ? 0 : (float) (sum / x.rows());
            float meanDot = constant ? 0 : (float) (dot / x.rows());
            for (int i = 0; i < x.rows(); i++) {
                long o = (long) i * cols + c;
                float normal = (x.at(o) - mean) * inverse;
                dx.add(o, gamma.at(c) * inverse * (dy.at(o) - meanDy - normal * meanDot));
            }
        }
    }
}
