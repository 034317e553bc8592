package dev.hypha.learn.node;

import dev.hypha.learn.FeatureStorage;
import dev.hypha.learn.node.NodeOptions.Scale;
import dev.hypha.tensor.Bfloat16Matrix;
import dev.hypha.tensor.Matrix;
import dev.hypha.tensor.Memory;
import dev.hypha.tensor.Purpose;
import dev.hypha.tensor.SparseMatrix;
import dev.hypha.tensor.StoredMatrix;

/// Features as a model sees them.
public final class ScaledFeatures {
    private ScaledFeatures() {}

    /// The features with a share hidden and scaled, as the options say; themselves where they say neither.
    ///
    /// @return features or a matrix that is the caller's to close
    /// @throws dev.hypha.tensor.MemoryLimitException if the memory's limit would be passed
    static StoredMatrix of(StoredMatrix features, NodeOptions options, Memory memory) {
        StoredMatrix known = HiddenFeatures.of(features, options.hide(), options.impute(), memory);
        StoredMatrix scaled = of(known, options.featureScaling(), memory);
        if (known != features && scaled != known) known.close();
        return scaled;
    }

    /// The features with the numbers of each node divided by their sum where that is asked for; themselves otherwise.
    ///
    /// @return features or a matrix that is the caller's to close
    /// @throws dev.hypha.tensor.MemoryLimitException if the memory's limit would be passed
    public static StoredMatrix of(StoredMatrix features, Scale scale, Memory memory) {
        return switch (scale) {
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
