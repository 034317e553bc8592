package dev.hypha.learn;

import dev.hypha.tensor.Bfloat16Matrix;
import dev.hypha.tensor.Matrix;
import dev.hypha.tensor.Memory;
import dev.hypha.tensor.Purpose;
import dev.hypha.tensor.SparseMatrix;
import dev.hypha.tensor.StoredMatrix;

/// How the features of nodes are stored. Models do not see which it is.
public enum FeatureStorage {
    /// Every number, in four bytes.
    FLOAT32,
    /// The numbers that are not zero, in eight bytes each: words, categories written out.
    SPARSE,
    /// Every number rounded to 8 significant bits, in two bytes; calculated with in float32.
    BFLOAT16;

    /// Where a smaller part of the numbers than this are not zero, [#SPARSE] suits them.
    public static final double SPARSE_BELOW = 0.25;

    /// What suits features best without changing them: `SPARSE` for dense ones of which less than a quarter
    /// are not zero, else what they are.
    public static FeatureStorage suiting(StoredMatrix features) {
        if (!(features instanceof Matrix dense)) return of(features);
        long filled = 0;
        for (long i = 0; i < dense.size(); i++) if (dense.at(i) != 0) filled++;
        return filled < SPARSE_BELOW * dense.size() ? SPARSE : FLOAT32;
    }

    /// The features stored so: themselves if they are already, otherwise a copy, which is the caller's to
    /// close.
    ///
    /// @throws dev.hypha.tensor.MemoryLimitException if the memory's limit would be passed
    public StoredMatrix of(Memory memory, StoredMatrix features) {
        if (this == of(features)) return features;
        Matrix dense = features instanceof Matrix matrix ? matrix : widened(memory, features);
        StoredMatrix stored = switch (this) {
            case FLOAT32 -> dense;
            case BFLOAT16 -> Bfloat16Matrix.of(memory, Purpose.FEATURES, dense);
            case SPARSE -> SparseMatrix.of(memory, Purpose.FEATURES, dense);
        };
        if (dense != features && dense != stored) dense.close();
        return stored;
    }

    private static Matrix widened(Memory memory, StoredMatrix features) {
        Matrix dense = Matrix.of(memory, Purpose.FEATURES, features.rows(), features.cols());
        switch (features) {
            case Matrix matrix -> dense.copyFrom(matrix);
            case Bfloat16Matrix half -> {
                for (long i = 0; i < dense.size(); i++) dense.put(i, half.at(i));
            }
            case SparseMatrix sparse -> sparse.writeTo(dense, 0, dense.rows());
        }
        return dense;
    }

    /// How features are stored.
    public static FeatureStorage of(StoredMatrix features) {
        return switch (features) {
            case Matrix _ -> FLOAT32;
            case Bfloat16Matrix _ -> BFLOAT16;
            case SparseMatrix _ -> SPARSE;
        };
    }
}
