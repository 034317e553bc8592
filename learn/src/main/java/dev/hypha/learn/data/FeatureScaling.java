package dev.hypha.learn.data;

import dev.hypha.learn.FeatureStorage;
import dev.hypha.tensor.Bfloat16Matrix;
import dev.hypha.tensor.Matrix;
import dev.hypha.tensor.Memory;
import dev.hypha.tensor.Purpose;
import dev.hypha.tensor.SparseMatrix;
import dev.hypha.tensor.StoredMatrix;

/// What is done to features before a model sees them.
public enum FeatureScaling {
    /// `ROWS` where features are stored sparse and none is below 0, as words are; otherwise `NONE`.
    AUTO,
    /// Those of a node are divided by their sum.
    ROWS,
    /// Nothing.
    NONE;

    /// Features scaled so; themselves where nothing is done to them.
    ///
    /// @return features or a matrix that is the caller's to close
    /// @throws dev.hypha.tensor.MemoryLimitException if the memory's limit would be passed
    public StoredMatrix of(StoredMatrix features, Memory memory) {
        return switch (this) {
            case NONE -> features;
            case ROWS -> rows(features, memory);
            case AUTO ->
                features instanceof SparseMatrix sparse && notNegative(sparse.values())
                        ? rows(features, memory)
                        : features;
        };
    }

    private static boolean notNegative(Matrix values) {
        for (long i = 0; i < values.size(); i++) if (values.at(i) < 0) return false;
        return true;
    }

    private static StoredMatrix rows(StoredMatrix features, Memory memory) {
        return switch (features) {
            case SparseMatrix sparse -> sparse(sparse, memory);
            case Matrix dense -> dense(dense, memory);
            case Bfloat16Matrix half -> dense((Matrix) FeatureStorage.FLOAT32.of(memory, half), memory);
        };
    }

    private static SparseMatrix sparse(SparseMatrix features, Memory memory) {
        Matrix from = features.values();
        Matrix to = Matrix.of(memory, Purpose.FEATURES, from.rows(), from.cols());
        int[] offsets = features.pattern().offsets();
        for (int i = 0; i < features.rows(); i++) divide(from, to, offsets[i], offsets[i + 1]);
        return new SparseMatrix(features.pattern(), to);
    }

    private static Matrix dense(Matrix from, Memory memory) {
        Matrix to = Matrix.of(memory, Purpose.FEATURES, from.rows(), from.cols());
        for (long i = 0; i < from.rows(); i++) divide(from, to, i * from.cols(), (i + 1) * from.cols());
        return to;
    }

    /// A node whose numbers sum to 0 keeps them.
    private static void divide(Matrix from, Matrix to, long begin, long end) {
        double sum = 0;
        for (long i = begin; i < end; i++) sum += from.at(i);
        double by = sum == 0 ? 1 : sum;
        for (long i = begin; i < end; i++) to.put(i, (float) (from.at(i) / by));
    }
}
