package dev.hypha.learn.zoo;

import dev.hypha.tensor.Csr;
import java.util.Arrays;
import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/// The first left singular vectors of a pattern whose rows are divided by the root of their number of
/// entries: its structural principal components. Found by some rounds of orthogonal iteration of B B^T from a
/// few more columns than are wanted, and then exactly within the space that these span: Golub and Van Loan,
/// "Matrix computations", sections 8.2.4, 8.1.4 and 8.5.
///
/// A vector's sign is such that its numbers' cubes sum to something positive. Vectors of equal singular
/// values are not determined beyond the space they span; those of singular value 0 are zeros.
final class SingularVectors {
    private static final int ROUNDS = 12;
    private static final int BEYOND = 8;
    private static final int SWEEPS = 30;

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

    /// Turns columns within the space they span until B B^T is diagonal on them, by Jacobi's rotations, and
    /// puts them in order.
    ///
    /// @return the squares of their singular values, falling
    private double[] rotate(double[][] q) {
        int m = q.length;
        double[][] t = new double[m][m];
        for (int k = 0; k < m; k++) {
            double[] image = times(timesTransposed(q[k]));
            for (int l = 0; l < m; l++) t[l][k] = dot(q[l], image);
        }
        for (int sweep = 0; sweep < SWEEPS; sweep++) {
            for (int k = 0; k < m; k++) for (int l = k + 1; l < m; l++) rotate(t, q, k, l);
        }
        Integer[] order = IntStream.range(0, m).boxed().toArray(Integer[]::new);
        Arrays.sort(order, Comparator.comparingDouble((Integer k) -> -t[k][k]).thenComparingInt(k -> k));
        double[][] before = q.clone();
        Arrays.setAll(q, k -> before[order[k]]);
        return Arrays.stream(order).mapToDouble(k -> t[k][k]).toArray();
    }

    /// One rotation in the plane of columns k and l that makes `t[k][l]` 0.
    private static void rotate(double[][] t, double[][] q, int k, int l) {
        if (Math.abs(t[k][l]) < 1e-300) return;
        double tau = (t[l][l] - t[k][k]) / (2 * t[k][l]);
        double tangent = (tau >= 0 ? 1 : -1) / (Math.abs(tau) + Math.sqrt(1 + tau * tau));
        double cosine = 1 / Math.sqrt(1 + tangent * tangent);
        double sine = tangent * cosine;
        for (double[] row : t) turn(row, k, l, cosine, sine);
        turn(t[k], t[l], cosine, sine);
        turn(q[k], q[l], cosine, sine);
    }

    private static void turn(double[] row, int k, int l, double cosine, double sine) {
        double x = row[k];
        row[k] = cosine * x - sine * row[l];
        row[l] = sine * x + cosine * row[l];
    }

    private static void turn(double[] a, double[] b, double cosine, double sine) {
        for (int i = 0; i < a.length; i++) {
            double x = a[i];
            a[i] = cosine * x - sine * b[i];
            b[i] = sine * x + cosine * b[i];
        }
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
