package dev.hypha.algorithms.resistance;

import dev.hypha.algorithms.Threads;

/// Dense square matrices, row by row: inverses and products, in loops that stay in the caches.
final class DenseAlgebra {
    private static final int BLOCK = 32;

    /// Rows of a product that are made together: so many stay in a second-level cache.
    private static final int ROWS = 16;

    private DenseAlgebra() {}

    /// Replaces a symmetric positive definite matrix by its inverse: Gauss-Jordan elimination by blocks of
    /// pivots, which needs no exchange of rows for such matrices. About n^3 multiplications, almost all in
    /// one loop.
    static void invert(double[][] a, Threads threads) {
        int n = a.length;
        for (int from = 0; from < n; from += BLOCK) {
            int first = from;
            int size = Math.min(BLOCK, n - from);
            double[][] pivotRows = pivotRows(a, first, size);
            threads.forEach(n, () -> {
                double[] factors = new double[size];
                return row -> {
                    if (row < first || row >= first + size) {
                        eliminate(a[row], factors, pivotRows, first, n);
                    }
                };
            });
            System.arraycopy(pivotRows, 0, a, first, size);
        }
    }

    /// The product of two square matrices, in groups of rows that go over the second one together.
    static double[][] product(double[][] a, double[][] b, Threads threads) {
        int n = a.length;
        double[][] product = new double[n][n];
        threads.forEach((n + ROWS - 1) / ROWS, () -> group -> {
            int end = Math.min(n, (group + 1) * ROWS);
            int k = 0;
            for (; k + 4 <= n; k += 4) {
                for (int i = group * ROWS; i < end; i++) {
                    subtract(
                            product[i],
                            -a[i][k],
                            b[k],
                            -a[i][k + 1],
                            b[k + 1],
                            -a[i][k + 2],
                            b[k + 2],
                            -a[i][k + 3],
                            b[k + 3],
                            n);
                }
            }
            for (; k < n; k++) {
                for (int i = group * ROWS; i < end; i++) {
                    double factor = a[i][k];
                    double[] row = b[k];
                    for (int j = 0; j < n; j++) {
                        product[i][j] += factor * row[j];
                    }
                }
            }
        });
        return product;
    }

    /// The block's rows times the inverse of its square part, which itself stands in the place of the
    /// square part.
    private static double[][] pivotRows(double[][] a, int first, int size) {
        int n = a.length;
        double[][] square = new double[size][size];
        for (int i = 0; i < size; i++) {
            System.arraycopy(a[first + i], first, square[i], 0, size);
        }
        invertSmall(square);
        double[][] rows = new double[size][n];
        for (int i = 0; i < size; i++) {
            for (int k = 0; k < size; k++) {
                double factor = square[i][k];
                double[] row = a[first + k];
                for (int j = 0; j < n; j++) {
                    rows[i][j] += factor * row[j];
                }
            }
            System.arraycopy(square[i], 0, rows[i], first, size);
        }
        return rows;
    }

    private static void invertSmall(double[][] a) {
        for (int k = 0; k < a.length; k++) {
            double pivot = 1 / a[k][k];
            a[k][k] = 1;
            for (int j = 0; j < a.length; j++) {
                a[k][j] *= pivot;
            }
            for (int i = 0; i < a.length; i++) {
                if (i != k) {
                    double factor = a[i][k];
                    a[i][k] = 0;
                    for (int j = 0; j < a.length; j++) {
                        a[i][j] -= factor * a[k][j];
                    }
                }
            }
        }
    }

    /// Four pivot rows at a time, so that a row is read and written once for four products.
    private static void eliminate(double[] row, double[] factors, double[][] pivots, int first, int n) {
        int size = factors.length;
        System.arraycopy(row, first, factors, 0, size);
        for (int k = 0; k < size; k++) {
            row[first + k] = 0;
        }
        int k = 0;
        for (; k + 4 <= size; k += 4) {
            subtract(
                    row,
                    factors[k],
                    pivots[k],
                    factors[k + 1],
                    pivots[k + 1],
                    factors[k + 2],
                    pivots[k + 2],
                    factors[k + 3],
                    pivots[k + 3],
                    n);
        }
        for (; k < size; k++) {
            double factor = factors[k];
            double[] pivot = pivots[k];
            for (int j = 0; j < n; j++) {
                row[j] -= factor * pivot[j];
            }
        }
    }

    @SuppressWarnings("TooManyParameters") // a loop of its own, so that it is compiled to vectors
    private static void subtract(
            double[] row,
            double a,
            double[] as,
            double b,
            double[] bs,
            double c,
            double[] cs,
            double d,
            double[] ds,
            int n) {
        for (int j = 0; j < n; j++) {
            row[j] -= (a * as[j] + b * bs[j]) + (c * cs[j] + d * ds[j]);
        }
    }
}
