package dev.hypha.learn.sheaf;

import dev.hypha.learn.linear.SymmetricEigen;
import dev.hypha.tensor.Matrix;
import dev.hypha.tensor.Op;
import dev.hypha.tensor.RowCustom;
import dev.hypha.tensor.Shape;
import dev.hypha.tensor.ShapeException;
import dev.hypha.tensor.Tensor;
import java.util.List;

/// Row by row `(D + I)^-1/2` of a symmetric positive semi-definite matrix D.
///
/// With D + I = U L U^T the gradient is `U (K * (U^T dY U)) U^T`, where K is the divided difference of the function,
/// here `-1 / (sqrt(l_a) sqrt(l_b) (sqrt(l_a) + sqrt(l_b)))`: no difference of eigenvalues is divided by, so that equal
/// ones do no harm. Bhatia, "Matrix analysis", theorem V.3.3.
///
/// @param size rows and columns of D
record InverseRoot(int size) implements RowCustom {
    /// What one thread works with, so that no range of rows allocates its own.
    private static final ThreadLocal<Scratch> SCRATCH = ThreadLocal.withInitial(() -> new Scratch(1));

    private static final class Scratch {
        final SymmetricEigen eigen;
        final double[] inner;
        final double[] outer;

        Scratch(int size) {
            eigen = new SymmetricEigen(size);
            inner = new double[size * size];
            outer = new double[size * size];
        }

        static Scratch of(int size) {
            if (SCRATCH.get().inner.length != size * size) SCRATCH.set(new Scratch(size));
            return SCRATCH.get();
        }
    }

    /// @param d shape [n, size x size], each symmetric
    static Tensor of(int size, Tensor d) {
        return d.tape().apply(new Op.Open(new InverseRoot(size), List.of(d)));
    }

    @Override
    public Shape shape(List<Shape> inputs) {
        Shape d = inputs.getFirst();
        if (d.cols() != size * size) throw new ShapeException("inverseRoot", d, size + " rows and columns");
        return d;
    }

    @Override
    public long rowWork() {
        return 30L * size * size * size;
    }

    @Override
    public void forward(List<Matrix> inputs, Matrix output, int from, int to) {
        SymmetricEigen eigen = Scratch.of(size).eigen;
        double[] u = eigen.vectors();
        for (int r = from; r < to; r++) {
            solve(eigen, inputs.getFirst(), r);
            long block = (long) r * size * size;
            for (int i = 0; i < size; i++) {
                for (int k = 0; k < size; k++) {
                    double sum = 0;
                    for (int c = 0; c < size; c++) sum += u[i * size + c] * u[k * size + c] / root(eigen, c);
                    output.put(block + at(i, k), (float) sum);
                }
            }
        }
    }

    private void solve(SymmetricEigen eigen, Matrix d, int row) {
        double[] a = eigen.matrix();
        long block = (long) row * size * size;
        for (int i = 0; i < size; i++) {
            for (int k = 0; k < size; k++) {
                double mean = (d.at(block + at(i, k)) + (double) d.at(block + at(k, i))) / 2;
                a[i * size + k] = mean + (i == k ? 1 : 0);
            }
        }
        eigen.solve();
    }

    /// Rounding may leave a value a little below 1, and so never below 0.
    private static double root(SymmetricEigen eigen, int c) {
        return Math.sqrt(eigen.value(c));
    }

    @Override
    public void gradient(
            List<Matrix> inputs, Matrix output, Matrix outputGradient, List<Matrix> inputGradients, int from, int to) {
        Matrix dd = inputGradients.getFirst();
        Scratch scratch = Scratch.of(size);
        SymmetricEigen eigen = scratch.eigen;
        double[] u = eigen.vectors();
        double[] inner = scratch.inner;
        double[] g = scratch.outer;
        for (int r = from; r < to; r++) {
            solve(eigen, inputs.getFirst(), r);
            long block = (long) r * size * size;
            for (int e = 0; e < g.length; e++) g[e] = outputGradient.at(block + e);
            sandwich(u, true, g, inner);
            for (int a = 0; a < size; a++) {
                for (int b = 0; b < size; b++) {
                    double left = root(eigen, a);
                    double right = root(eigen, b);
                    inner[a * size + b] /= -left * right * (left + right);
                }
            }
            sandwich(u, false, inner, g);
            // D is read by its symmetric part alone.
            for (int i = 0; i < size; i++) {
                for (int k = 0; k < size; k++) {
                    dd.add(block + at(i, k), (float) ((g[i * size + k] + g[k * size + i]) / 2));
                }
            }
        }
    }

    /// out = U^T x U, or U x U^T.
    private void sandwich(double[] u, boolean transposeFirst, double[] x, double[] out) {
        for (int i = 0; i < size; i++) {
            for (int k = 0; k < size; k++) {
                double sum = 0;
                for (int p = 0; p < size; p++) {
                    for (int q = 0; q < size; q++) {
                        double left = transposeFirst ? u[p * size + i] : u[i * size + p];
                        double right = transposeFirst ? u[q * size + k] : u[k * size + q];
                        sum += left * x[p * size + q] * right;
                    }
                }
                out[i * size + k] = sum;
            }
        }
    }

    private int at(int row, int col) {
        return row * size + col;
    }
}
