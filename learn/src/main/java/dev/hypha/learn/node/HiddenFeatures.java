package dev.hypha.learn.node;

import dev.hypha.learn.Keys;
import dev.hypha.learn.node.NodeOptions.Impute;
import dev.hypha.tensor.Bfloat16Matrix;
import dev.hypha.tensor.Matrix;
import dev.hypha.tensor.Memory;
import dev.hypha.tensor.Purpose;
import dev.hypha.tensor.SparseMatrix;
import dev.hypha.tensor.StoredMatrix;

/// Features of which a share is not known, to see how a method bears that. Which ones depends on the node and the
/// column alone.
final class HiddenFeatures {
    private static final long KEY = Keys.split(0, "hidden features");

    private HiddenFeatures() {}

    /// The features with some hidden, themselves if none are.
    ///
    /// @param share that is hidden, of all numbers, zeros too
    /// @param impute what stands in their place
    /// @param among nodes whose numbers a mean is of
    /// @return features or a matrix that is the caller's to close
    /// @throws dev.hypha.tensor.MemoryLimitException if the memory's limit would be passed
    static StoredMatrix of(StoredMatrix features, double share, Impute impute, int[] among, Memory memory) {
        if (share == 0) return features;
        if (impute == Impute.ZERO && features instanceof SparseMatrix sparse) return zeroed(sparse, share, memory);
        Matrix dense = dense(features, memory);
        for (int c = 0; c < dense.cols(); c++) fill(dense, c, share, impute, among);
        return dense;
    }

    static boolean hidden(int node, int column, double share) {
        return (Keys.split(Keys.split(KEY, node), column) >>> 11) * 0x1p-53 < share;
    }

    private static SparseMatrix zeroed(SparseMatrix features, double share, Memory memory) {
        Matrix values = Matrix.of(memory, Purpose.FEATURES, features.values().rows(), 1);
        for (int i = 0; i < features.rows(); i++) {
            for (int e = features.pattern().offsets()[i]; e < features.pattern().offsets()[i + 1]; e++) {
                boolean gone = hidden(i, features.pattern().indices()[e], share);
                values.put(e, gone ? 0 : features.values().at(e));
            }
        }
        return new SparseMatrix(features.pattern(), values);
    }

    private static Matrix dense(StoredMatrix features, Memory memory) {
        Matrix dense = Matrix.of(memory, Purpose.FEATURES, features.rows(), features.cols());
        switch (features) {
            case Matrix matrix -> dense.copyFrom(matrix);
            case SparseMatrix sparse -> sparse.writeTo(dense, 0, dense.rows());
            case Bfloat16Matrix half -> {
                for (int i = 0; i < dense.rows(); i++) {
                    for (int c = 0; c < dense.cols(); c++) dense.set(i, c, half.get(i, c));
                }
            }
        }
        return dense;
    }

    /// What is known of a column tells the mean; a column of which nothing is known gets zeros.
    private static void fill(Matrix x, int column, double share, Impute impute, int[] among) {
        double sum = 0;
        int known = 0;
        for (int i : among) {
            if (hidden(i, column, share)) continue;
            sum += x.get(i, column);
            known++;
        }
        float instead = impute == Impute.ZERO || known == 0 ? 0 : (float) (sum / known);
        for (int i = 0; i < x.rows(); i++) if (hidden(i, column, share)) x.set(i, column, instead);
    }
}
