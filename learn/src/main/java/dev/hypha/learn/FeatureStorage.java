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

    /// `SPARSE` where less than a quarter of the numbers are not zero, else `FLOAT32`.
    public static FeatureStorage suiting(Matrix dense) {
        long filled = 0;
        for (long i = 0; i < dense.size(); i++) if (dense.at(i) != 0) filled++;
        return filled < SPARSE_BELOW * dense.size() ? SPARSE : FLOAT32;
    }

    /// The features stored so: for `FLOAT32` themselves, otherwise a copy, which is the caller's to close.
    ///
    /// @throws dev.hypha.tensor.MemoryLimitException if the memory's limit would be passed
    public StoredMatrix of(Memory memory, Matrix dense) {
        return switch (this) {
            case FLOAT32 -> dense;
            case BFLOAT16 -> Bfloat16Matrix.of(memory, Purpose.FEATURES, dense);
            case SPARSE -> SparseMatrix.of(memory, Purpose.FEATURES, dense);
        };
    }
}
