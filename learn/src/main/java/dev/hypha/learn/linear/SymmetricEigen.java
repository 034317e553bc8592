package dev.hypha.learn.linear;

/// Eigenvalues and eigenvectors of small symmetric matrices, by Jacobi's rotations. One instance serves one matrix
/// after another, so that nothing is allocated per matrix. Golub, Van Loan, "Matrix computations", section 8.5.
public final class SymmetricEigen {
    private static final int MOST_SWEEPS = 60;

    private final int size;
    private final double[] a;
    private final double[] vectors;

    /// @param size rows and columns of the matrices
    public SymmetricEigen(int size) {
        this.size = size;
        this.a = new double[size * size];
        this.vectors = new double[size * size];
    }

    /// Solves one matrix.
    ///
    /// @param matrix symmetric, shape [size, size]
    public static SymmetricEigen of(double[][] matrix) {
        SymmetricEigen eigen = new SymmetricEigen(matrix.length);
        for (int i = 0; i < matrix.length; i++) {
            System.arraycopy(matrix[i], 0, eigen.a, i * matrix.length, matrix.length);
        }
        eigen.solve();
        return eigen;
    }

    /// Where the next matrix is to be put, row after row; [#solve] overwrites it.
    public double[] matrix() {
        return a;
    }

    /// The eigenvectors that were found, in columns: element (i, k) at `i * size + k` belongs to value k.
    public double[] vectors() {
        return vectors;
    }

    /// The eigenvalue of column k; in no order.
    public double value(int k) {
        return a[k * size + k];
    }

    /// The columns by falling value.
    public int[] descending() {
        int[] order = new int[size];
        for (int k = 0; k < size; k++) {
            int at = k;
            for (; at > 0 && value(order[at - 1]) < value(k); at--) order[at] = order[at - 1];
            order[at] = k;
        }
        return order;
    }

    /// Finds the eigenvalues and vectors of the matrix.
    public void solve() {
        for (int e = 0; e < vectors.length; e++) vectors[e] = e % (size + 1) == 0 ? 1 : 0;
        for (int sweep = 0; sweep < MOST_SWEEPS && beside() > 0; sweep++) {
            for (int p = 0; p < size; p++) for (int q = p + 1; q < size; q++) rotate(p, q);
        }
    }

    /// What stands beside the diagonal and counts beside what stands on it.
    private double beside() {
        double beside = 0;
        double diagonal = 0;
        for (int i = 0; i < size; i++) {
            diagonal += a[i * size + i] * a[i * size + i];
            for (int k = i + 1; k < size; k++) beside += a[i * size + k] * a[i * size + k];
        }
        return beside <= 1e-32 * diagonal ? 0 : beside;
    }

    /// Makes element (p, q) 0.
    private void rotate(int p, int q) {
        double apq = a[p * size + q];
        if (apq == 0) return;
        double theta = (a[q * size + q] - a[p * size + p]) / (2 * apq);
        double t = Math.copySign(1, theta) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
        double c = 1 / Math.sqrt(t * t + 1);
        double s = t * c;
        for (int k = 0; k < size; k++) {
            double kp = a[k * size + p];
            double kq = a[k * size + q];
            a[k * size + p] = c * kp - s * kq;
            a[k * size + q] = s * kp + c * kq;
        }
        for (int k = 0; k < size; k++) {
            double pk = a[p * size + k];
            double qk = a[q * size + k];
            a[p * size + k] = c * pk - s * qk;
            a[q * size + k] = s * pk + c * qk;
            double vp = vectors[k * size + p];
            double vq = vectors[k * size + q];
            vectors[k * size + p] = c * vp - s * vq;
            vectors[k * size + q] = s * vp + c * vq;
        }
    }
}
