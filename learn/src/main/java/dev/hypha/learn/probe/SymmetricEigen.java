package dev.hypha.learn.probe;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/// Eigenvalues and eigenvectors of a small symmetric matrix by Jacobi's rotations: Golub and Van Loan,
/// "Matrix computations", section 8.5.
///
/// @param values falling
/// @param vectors row k belongs to value k; length 1
@SuppressWarnings("ArrayRecordComponent") // never compared
record SymmetricEigen(double[] values, double[][] vectors) {
    private static final int SWEEPS = 30;

    /// @param matrix symmetric; is changed
    static SymmetricEigen of(double[][] matrix) {
        int n = matrix.length;
        double[][] vectors = new double[n][n];
        for (int i = 0; i < n; i++) vectors[i][i] = 1;
        for (int sweep = 0; sweep < SWEEPS && !diagonal(matrix); sweep++) {
            for (int k = 0; k < n; k++) for (int l = k + 1; l < n; l++) rotate(matrix, vectors, k, l);
        }
        Integer[] order = IntStream.range(0, n).boxed().toArray(Integer[]::new);
        Arrays.sort(
                order, Comparator.comparingDouble((Integer k) -> -matrix[k][k]).thenComparingInt(k -> k));
        return new SymmetricEigen(
                Arrays.stream(order).mapToDouble(k -> matrix[k][k]).toArray(),
                Arrays.stream(order).map(k -> vectors[k]).toArray(double[][]::new));
    }

    /// Whether what is beside the diagonal is rounding.
    private static boolean diagonal(double[][] matrix) {
        double beside = 0;
        double all = 0;
        for (int i = 0; i < matrix.length; i++) {
            for (int j = 0; j < matrix.length; j++) {
                double square = matrix[i][j] * matrix[i][j];
                all += square;
                beside += i == j ? 0 : square;
            }
        }
        return beside <= 1e-24 * all;
    }

    /// The rotation in the plane of k and l that makes `t[k][l]` 0.
    private static void rotate(double[][] t, double[][] vectors, int k, int l) {
        if (Math.abs(t[k][l]) < 1e-300) return;
        double tau = (t[l][l] - t[k][k]) / (2 * t[k][l]);
        double tangent = (tau >= 0 ? 1 : -1) / (Math.abs(tau) + Math.sqrt(1 + tau * tau));
        double cosine = 1 / Math.sqrt(1 + tangent * tangent);
        double sine = tangent * cosine;
        for (double[] row : t) {
            double x = row[k];
            row[k] = cosine * x - sine * row[l];
            row[l] = sine * x + cosine * row[l];
        }
        turn(t[k], t[l], cosine, sine);
        turn(vectors[k], vectors[l], cosine, sine);
    }

    private static void turn(double[] a, double[] b, double cosine, double sine) {
        for (int i = 0; i < a.length; i++) {
            double x = a[i];
            a[i] = cosine * x - sine * b[i];
            b[i] = sine * x + cosine * b[i];
        }
    }
}
