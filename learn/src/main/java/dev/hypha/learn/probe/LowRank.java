package dev.hypha.learn.probe;

import dev.hypha.learn.Keys;
import dev.hypha.learn.Place;
import dev.hypha.learn.linear.SymmetricEigen;
import dev.hypha.tensor.Matrix;
import dev.hypha.tensor.Purpose;
import dev.hypha.tensor.Tape;
import dev.hypha.tensor.Workspace;

/// The first left singular vectors of a linear map, found by orthogonal iteration from random signs:
/// Halko, Martinsson and Tropp, "Finding structure with randomness", SIAM Review 53, 2011, algorithms 4.4
/// and 5.1. Few rounds suffice here, since what is wanted is the space that the vectors span.
///
/// @param vectors orthonormal columns, largest singular value first, shape [rows, count]; a column of
///     zeros where there are fewer
/// @param values the singular values
@SuppressWarnings("ArrayRecordComponent") // never compared
record LowRank(Matrix vectors, double[] values) implements AutoCloseable {
    /// Columns beyond those wanted, so that these come out well.
    static final int BEYOND = 8;

    private static final int ROUNDS = 3;

    /// A linear map from vectors of `cols` numbers to vectors of `rows`, of several columns at once.
    interface LinearMap {
        int rows();

        int cols();

        /// out = M x, shapes [cols, k] and [rows, k].
        void forward(Matrix x, Matrix out);

        /// out = M' y, shapes [rows, k] and [cols, k].
        void back(Matrix y, Matrix out);
    }

    /// @param count how many vectors; at most as many as the map has rows or columns are found
    /// @param key of the random signs
    /// @return what is the caller's to close
    /// @throws dev.hypha.tensor.MemoryLimitException if memory does not suffice
    static LowRank of(LinearMap map, int count, long key, Place place) {
        int wanted = Math.min(Math.min(map.rows(), map.cols()), count + BEYOND);
        try (Matrix here = matrix(map.rows(), wanted, place);
                Matrix there = matrix(map.cols(), wanted, place)) {
            signs(there, key);
            for (int round = 0; round < ROUNDS; round++) {
                map.forward(there, here);
                orthonormalise(here, place);
                map.back(here, there);
                if (round < ROUNDS - 1) orthonormalise(there, place);
            }
            return ritz(here, there, Math.min(count, wanted), place);
        }
    }

    private static Matrix matrix(int rows, int cols, Place place) {
        return Matrix.of(place.memory(), Purpose.WORKSPACE, rows, cols);
    }

    private static void signs(Matrix x, long key) {
        for (int i = 0; i < x.rows(); i++) {
            long bits = 0;
            for (int j = 0; j < x.cols(); j++) {
                if (j % 64 == 0) bits = Keys.split(key, (long) i * x.cols() + j);
                x.set(i, j, (bits >>> (j % 64) & 1) == 0 ? -1 : 1);
            }
        }
    }

    /// The vectors within the space that orthonormal columns span: those of M' q are the eigenvectors of
    /// its Gram matrix, whose eigenvalues are the squares of the singular values.
    private static LowRank ritz(Matrix q, Matrix image, int count, Place place) {
        SymmetricEigen eigen = SymmetricEigen.of(gram(image, place));
        int[] order = eigen.descending();
        double[] values = new double[count];
        double[][] turn = new double[q.cols()][count];
        for (int k = 0; k < count; k++) {
            values[k] = Math.sqrt(Math.max(0, eigen.value(order[k])));
            for (int i = 0; i < turn.length; i++) turn[i][k] = eigen.vectors()[i * turn.length + order[k]];
        }
        return new LowRank(product(q, turn, place), values);
    }

    /// x' x.
    private static double[][] gram(Matrix x, Place place) {
        int k = x.cols();
        try (Matrix g = matrix(k, k, place)) {
            place.provider().kernels().products().product(x, true, x, false, g, false, 0, k);
            double[][] gram = new double[k][k];
            for (int i = 0; i < k; i++) for (int j = 0; j < k; j++) gram[i][j] = g.get(i, j);
            return gram;
        }
    }

    /// x w on all threads; the caller's to close.
    static Matrix product(Matrix x, double[][] w, Place place) {
        int cols = w[0].length;
        float[] flat = new float[w.length * cols];
        for (int i = 0; i < w.length; i++) for (int j = 0; j < cols; j++) flat[i * cols + j] = (float) w[i][j];
        Matrix out = matrix(x.rows(), cols, place);
        try (Workspace workspace = new Workspace(place.memory());
                Tape tape = new Tape(place.provider(), workspace, false)) {
            out.copyFrom(
                    tape.constant(x).times(tape.constant(w.length, cols, flat)).value());
        }
        return out;
    }

    /// Columns times the inverse of their Gram matrix's Cholesky factor, twice over, as once leaves what
    /// rounding adds. A column that depends on those before it becomes 0.
    private static void orthonormalise(Matrix x, Place place) {
        for (int pass = 0; pass < 2; pass++) {
            try (Matrix next = product(x, inverseFactor(gram(x, place)), place)) {
                x.copyFrom(next);
            }
        }
    }

    /// R^-1 of G = R' R, upper triangular.
    static double[][] inverseFactor(double[][] gram) {
        int k = gram.length;
        double[][] r = new double[k][k];
        double[][] inverse = new double[k][k];
        double least = 0;
        for (int j = 0; j < k; j++) least = Math.max(least, 1e-6 * gram[j][j]);
        for (int j = 0; j < k; j++) {
            for (int i = 0; i < j; i++) {
                double sum = gram[i][j];
                for (int l = 0; l < i; l++) sum -= r[l][i] * r[l][j];
                r[i][j] = r[i][i] == 0 ? 0 : sum / r[i][i];
            }
            double pivot = gram[j][j];
            for (int l = 0; l < j; l++) pivot -= r[l][j] * r[l][j];
            r[j][j] = pivot > least ? Math.sqrt(pivot) : 0;
            if (r[j][j] == 0) continue;
            inverse[j][j] = 1 / r[j][j];
            for (int i = j - 1; i >= 0; i--) {
                double sum = 0;
                for (int l = i; l < j; l++) sum -= inverse[i][l] * r[l][j];
                inverse[i][j] = sum / r[j][j];
            }
        }
        return inverse;
    }

    @Override
    public void close() {
        vectors.close();
    }
}
