package dev.hypha.learn.sheaf;

import dev.hypha.tensor.Matrix;
import dev.hypha.tensor.Op;
import dev.hypha.tensor.RowCustom;
import dev.hypha.tensor.Shape;
import dev.hypha.tensor.ShapeException;
import dev.hypha.tensor.Tensor;
import java.util.List;

/// Row by row a rotation made of the numbers below the diagonal of a skew-symmetric matrix A: the Cayley transform
/// `Q = (I - A)^-1 (I + A)`, which reaches every rotation without an eigenvalue of -1.
///
/// With `M = (I - A)^-1`, Q = 2 M - I and dQ = 2 M dA M, so that the gradient needs the result alone: M = (Q + I) / 2.
///
/// @param size rows and columns of Q
public record CayleyMap(int size) implements RowCustom {
    /// How many numbers make a rotation.
    public static int parameters(int size) {
        return size * (size - 1) / 2;
    }

    /// @param lower shape [n, size (size - 1) / 2]: A[1, 0], A[2, 0], A[2, 1] and so on
    /// @return shape [n, size x size], Q row after row
    public static Tensor of(int size, Tensor lower) {
        return lower.tape().apply(new Op.Open(new CayleyMap(size), List.of(lower)));
    }

    @Override
    public Shape shape(List<Shape> inputs) {
        Shape lower = inputs.getFirst();
        if (lower.cols() != parameters(size)) throw new ShapeException("cayley", lower, size + " rows and columns");
        return new Shape(lower.rows(), size * size);
    }

    @Override
    public long rowWork() {
        return 2L * size * size * size;
    }

    @Override
    public void forward(List<Matrix> inputs, Matrix output, int from, int to) {
        Matrix lower = inputs.getFirst();
        for (int r = from; r < to; r++) {
            long at = (long) r * lower.cols();
            long block = (long) r * size * size;
            for (int i = 0; i < size; i++) {
                output.put(block + at(i, i), 1);
                for (int k = 0; k < i; k++) {
                    float a = lower.at(at++);
                    output.put(block + at(i, k), -a);
                    output.put(block + at(k, i), a);
                }
            }
            invert(output, block);
            for (int e = 0; e < size * size; e++) {
                output.put(block + e, 2 * output.at(block + e) - (e % (size + 1) == 0 ? 1 : 0));
            }
        }
    }

    /// Gauss-Jordan elimination in place, so that nothing is allocated for a row. No pivot need be looked for: the
    /// symmetric part of I - A is I, and that of what elimination leaves of it is not less.
    private void invert(Matrix m, long block) {
        for (int p = 0; p < size; p++) {
            long pivotRow = block + at(p, 0);
            float pivot = 1 / m.at(pivotRow + p);
            m.put(pivotRow + p, 1);
            for (int c = 0; c < size; c++) m.put(pivotRow + c, m.at(pivotRow + c) * pivot);
            for (int i = 0; i < size; i++) {
                if (i == p) continue;
                long row = block + at(i, 0);
                float factor = m.at(row + p);
                m.put(row + p, 0);
                for (int c = 0; c < size; c++) m.add(row + c, -factor * m.at(pivotRow + c));
            }
        }
    }

    /// dA = 2 M^T dQ M^T, and as A[k, i] = -A[i, k] each number gets dA[i, k] - dA[k, i].
    @Override
    public void gradient(
            List<Matrix> inputs, Matrix output, Matrix outputGradient, List<Matrix> inputGradients, int from, int to) {
        Matrix lower = inputGradients.getFirst();
        for (int r = from; r < to; r++) {
            long at = (long) r * lower.cols();
            long block = (long) r * size * size;
            for (int i = 0; i < size; i++) {
                for (int k = 0; k < i; k++) {
                    double below = turned(output, outputGradient, block, i, k);
                    lower.add(at++, (float) (2 * (below - turned(output, outputGradient, block, k, i))));
                }
            }
        }
    }

    /// Element (i, k) of M^T dQ M^T.
    private double turned(Matrix q, Matrix dq, long block, int i, int k) {
        double sum = 0;
        for (int p = 0; p < size; p++) {
            double left = m(q, block, p, i);
            for (int c = 0; c < size; c++) sum += left * dq.at(block + at(p, c)) * m(q, block, k, c);
        }
        return sum;
    }

    private double m(Matrix q, long block, int i, int k) {
        return (q.at(block + at(i, k)) + (i == k ? 1 : 0)) / 2;
    }

    private int at(int row, int col) {
        return row * size + col;
    }
}
