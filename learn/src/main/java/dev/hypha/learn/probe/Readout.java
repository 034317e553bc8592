package dev.hypha.learn.probe;

import dev.hypha.algorithms.Threads;
import java.util.Arrays;

/// Linear answers in closed form: ridge regression of one-hot classes on vectors of nodes, each node
/// answered by the one fitted on the folds that it is not in.
///
/// @param classes of the nodes, below `count`
/// @param count of classes
/// @param folds which part a node is in
@SuppressWarnings("ArrayRecordComponent") // never compared
record Readout(int[] classes, int count, int[] folds) {
    /// Of vectors of length 1: weak, and strong for what has many columns and says little in each.
    private static final double[] RIDGES = {1, 10};

    /// The counts of answers and classes with the better of the two ridges.
    ///
    /// @param rows a vector per node, all of one length
    JointCounts of(float[][] rows, Threads threads) {
        Sums[] sums = new Sums[Arrays.stream(folds).max().orElse(0) + 1];
        threads.forEach(sums.length, () -> fold -> sums[fold] = sums(rows, fold));
        int[][] answers = new int[RIDGES.length][rows.length];
        threads.forEach(RIDGES.length * sums.length, () -> item -> {
            int ridge = item / sums.length;
            int fold = item % sums.length;
            answer(rows, fold, weights(sums, fold, RIDGES[ridge]), answers[ridge]);
        });
        JointCounts best = null;
        for (int[] each : answers) {
            JointCounts counts = JointCounts.of(each, classes, count);
            if (best == null || counts.accuracy() > best.accuracy()) best = counts;
        }
        return best;
    }

    /// X' X and X' Y of a fold, X with a column of ones at its end.
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Sums(double[][] squares, double[][] targets) {}

    private Sums sums(float[][] rows, int fold) {
        int p = rows[0].length + 1;
        double[][] squares = new double[p][p];
        double[][] targets = new double[p][count];
        double[] x = new double[p];
        for (int i = 0; i < rows.length; i++) {
            if (folds[i] != fold) continue;
            extend(rows[i], x);
            for (int a = 0; a < p; a++) {
                double own = x[a];
                if (own == 0) continue;
                double[] square = squares[a];
                for (int b = 0; b <= a; b++) square[b] += own * x[b];
                targets[a][classes[i]] += own;
            }
        }
        return new Sums(squares, targets);
    }

    private static void extend(float[] row, double[] x) {
        for (int a = 0; a < row.length; a++) x[a] = row[a];
        x[row.length] = 1;
    }

    /// Fitted on all folds but one, by Cholesky's factors; the ones carry no ridge.
    ///
    /// @return shape [columns, classes]
    private static double[][] weights(Sums[] sums, int without, double ridge) {
        int p = sums[0].squares.length;
        double[][] a = new double[p][p];
        double[][] w = new double[p][sums[0].targets[0].length];
        for (int fold = 0; fold < sums.length; fold++) {
            if (fold == without) continue;
            for (int i = 0; i < p; i++) {
                for (int j = 0; j <= i; j++) a[i][j] += sums[fold].squares[i][j];
                for (int c = 0; c < w[i].length; c++) w[i][c] += sums[fold].targets[i][c];
            }
        }
        for (int i = 0; i < p; i++) a[i][i] += i < p - 1 ? ridge : 1e-6;
        factor(a);
        solve(a, w);
        return w;
    }

    /// A = L L', L in the lower half.
    private static void factor(double[][] a) {
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = a[i][j];
                for (int k = 0; k < j; k++) sum -= a[i][k] * a[j][k];
                a[i][j] = i == j ? Math.sqrt(sum) : sum / a[j][j];
            }
        }
    }

    private static void solve(double[][] l, double[][] w) {
        for (int i = 0; i < l.length; i++) {
            for (int k = 0; k < i; k++) subtract(w[i], l[i][k], w[k]);
            divide(w[i], l[i][i]);
        }
        for (int i = l.length - 1; i >= 0; i--) {
            for (int k = i + 1; k < l.length; k++) subtract(w[i], l[k][i], w[k]);
            divide(w[i], l[i][i]);
        }
    }

    private static void subtract(double[] row, double factor, double[] other) {
        for (int c = 0; c < row.length; c++) row[c] -= factor * other[c];
    }

    private static void divide(double[] row, double by) {
        for (int c = 0; c < row.length; c++) row[c] /= by;
    }

    private void answer(float[][] rows, int fold, double[][] w, int[] answers) {
        double[] x = new double[w.length];
        for (int i = 0; i < rows.length; i++) {
            if (folds[i] != fold) continue;
            extend(rows[i], x);
            double[] scores = new double[count];
            for (int a = 0; a < x.length; a++) if (x[a] != 0) subtract(scores, -x[a], w[a]);
            for (int c = 1; c < count; c++) if (scores[c] > scores[answers[i]]) answers[i] = c;
        }
    }
}
