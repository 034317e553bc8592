package dev.hypha.learn.zoo;

import dev.hypha.learn.linear.SymmetricEigen;
import dev.hypha.tensor.Csr;
import java.util.Arrays;
import java.util.SplittableRandom;

/// The first left singular vectors of a pattern whose rows are divided by the root of their number of
/// entries: its structural principal components. Found by some rounds of orthogonal iteration of B B^T from a
/// few more columns than are wanted, and then exactly within the space that these span: Golub and Van Loan,
/// "Matrix computations", sections 8.2.4 and 8.1.4.
///
/// A vector's sign is such that its numbers' cubes sum to something positive. Vectors of equal singular
/// values are not determined beyond the space they span; those of singular value 0 are zeros.
final class SingularVectors {
    private static final int ROUNDS = 12;
    private static final int BEYOND = 8;

    /// Singular values below this part of the largest one are rounding.
    private static final double NOTHING = 1e-6;

    private final Csr pattern;
    private final double[] scale;

    private SingularVectors(Csr pattern) {
        this.pattern = pattern;
        this.scale = new double[pattern.rows()];
        Arrays.setAll(scale, i -> 1 / Math.sqrt(Math.max(1, pattern.degree(i))));
    }

    /// The vectors as columns, largest singular value first, row-major, shape [pattern.rows, count].
    static float[] of(Csr pattern, int count) {
        return new SingularVectors(pattern).find(count);
    }

    private float[] find(int count) {
        int n = pattern.rows();
        int wanted = Math.min(n, count + BEYOND);
        SplittableRandom random = new SplittableRandom(n);
        double[][] q = new double[wanted][n];
        for (double[] column : q) Arrays.setAll(column, _ -> random.nextGaussian());
        orthogonalise(q);
        for (int round = 0; round < ROUNDS; round++) {
            for (int k = 0; k < wanted; k++) q[k] = times(timesTransposed(q[k]));
            orthogonalise(q);
        }
        double[] squares = rotate(q);
        float[] out = new float[n * count];
        for (int k = 0; k < Math.min(count, wanted); k++) {
            if (!(squares[k] > NOTHING * NOTHING * squares[0])) continue;
            double sign = Math.signum(Arrays.stream(q[k]).map(x -> x * x * x).sum());
            for (int i = 0; i < n; i++) out[i * count + k] = (float) ((sign == 0 ? 1 : sign) * q[k][i]);
        }
        return out;
    }

    /// Turns columns within the space they span so that B B^T is diagonal on them, and puts them in order.
    ///
    /// @return the squares of their singular values, falling
    private double[] rotate(double[][] q) {
        int m = q.length;
        double[][] t = new double[m][m];
        for (int k = 0; k < m; k++) {
            double[] image = times(timesTransposed(q[k]));
            for (int l = 0; l < m; l++) t[l][k] = dot(q[l], image);
        }
        SymmetricEigen eigen = SymmetricEigen.of(t);
        int[] order = eigen.descending();
        double[][] before = q.clone();
        for (int k = 0; k < m; k++) {
            q[k] = new double[before[0].length];
            for (int l = 0; l < m; l++) addTo(q[k], eigen.vectors()[l * m + order[k]], before[l]);
        }
        return Arrays.stream(order).mapToDouble(eigen::value).toArray();
    }

    /// Gram and Schmidt, twice over, as once leaves what rounding adds.
    private static void orthogonalise(double[][] q) {
        for (int k = 0; k < q.length; k++) {
            for (int pass = 0; pass < 2; pass++) {
                for (int l = 0; l < k; l++) addTo(q[k], -dot(q[k], q[l]), q[l]);
            }
            double size = Math.sqrt(dot(q[k], q[k]));
            double inverse = size > 1e-30 ? 1 / size : 0;
            for (int i = 0; i < q[k].length; i++) q[k][i] *= inverse;
        }
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) sum += a[i] * b[i];
        return sum;
    }

    private static void addTo(double[] a, double factor, double[] b) {
        for (int i = 0; i < a.length; i++) a[i] += factor * b[i];
    }

    private double[] timesTransposed(double[] x) {
        double[] out = new double[pattern.cols()];
        for (int i = 0; i < x.length; i++) {
            for (int e = pattern.offsets()[i]; e < pattern.offsets()[i + 1]; e++) {
                out[pattern.indices()[e]] += scale[i] * x[i];
            }
        }
        return out;
    }

    private double[] times(double[] x) {
        double[] out = new double[pattern.rows()];
        for (int i = 0; i < out.length; i++) {
            for (int e = pattern.offsets()[i]; e < pattern.offsets()[i + 1]; e++) out[i] += x[pattern.indices()[e]];
            out[i] *= scale[i];
        }
        return out;
    }
}
