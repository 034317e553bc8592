package dev.hypha.learn.sheaf;

import dev.hypha.tensor.Bfloat16Matrix;
import dev.hypha.tensor.Matrix;
import dev.hypha.tensor.SparseMatrix;
import dev.hypha.tensor.StoredMatrix;

/// Rows of features in float64, however they are stored.
///
/// @param stored of all nodes
record StoredRows(StoredMatrix stored) {
    int width() {
        return stored.cols();
    }

    /// A copy of one row.
    double[] of(int row) {
        double[] values = new double[width()];
        long start = (long) row * width();
        switch (stored) {
            case Matrix dense -> {
                for (int c = 0; c < values.length; c++) values[c] = dense.at(start + c);
            }
            case Bfloat16Matrix half -> {
                for (int c = 0; c < values.length; c++) values[c] = half.at(start + c);
            }
            case SparseMatrix sparse -> {
                int[] offsets = sparse.pattern().offsets();
                for (int e = offsets[row]; e < offsets[row + 1]; e++) {
                    values[sparse.pattern().indices()[e]] += sparse.values().at(e);
                }
            }
        }
        return values;
    }
}
