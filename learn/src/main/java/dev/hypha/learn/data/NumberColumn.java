package dev.hypha.learn.data;

import dev.hypha.tensor.Bfloat16Matrix;
import dev.hypha.tensor.Csr;
import dev.hypha.tensor.Matrix;
import dev.hypha.tensor.Memory;
import dev.hypha.tensor.Purpose;
import dev.hypha.tensor.SparseMatrix;
import dev.hypha.tensor.StoredMatrix;
import java.util.List;
import java.util.stream.IntStream;

/// A column of features that is standardised, as the user wrote it: which nodes its mean and its deviation
/// are taken over is known only where it is known which nodes may be looked at.
///
/// @param column its place among the features
/// @param values of the nodes in order, NaN where none is known; 8 bytes per node of the Java heap
@SuppressWarnings("ArrayRecordComponent") // Two of these are never compared.
record NumberColumn(int column, double[] values) {
    /// By what a column is standardised.
    ///
    /// @param deviation 0 or NaN where no two of its numbers differ
    record Scale(double mean, double deviation) {
        /// 0 for an unknown number, and for all of a column that says nothing.
        float of(double value) {
            return Double.isNaN(value) || !(deviation > 0) ? 0 : (float) ((value - mean) / deviation);
        }
    }

    /// Mean and standard deviation over those of some nodes that have a number.
    ///
    /// @param nodes an array since it is walked twice
    Scale over(int[] nodes) {
        double sum = 0;
        int known = 0;
        for (int node : nodes) {
            if (Double.isNaN(values[node])) continue;
            sum += values[node];
            known++;
        }
        double mean = sum / known;
        double squares = IntStream.of(nodes)
                .mapToDouble(node -> values[node])
                .filter(Double::isFinite)
                .map(x -> (x - mean) * (x - mean))
                .sum();
        return new Scale(mean, Math.sqrt(squares / known));
    }

    /// Features with some columns standardised over some nodes alone.
    ///
    /// @param features as [EntryRows] makes them
    /// @return a matrix that is the caller's to close
    /// @throws dev.hypha.tensor.MemoryLimitException if the memory's limit would be passed
    static StoredMatrix standardised(StoredMatrix features, List<NumberColumn> columns, int[] nodes, Memory memory) {
        return switch (features) {
            case Matrix dense -> dense(dense, columns, nodes, memory);
            case SparseMatrix sparse -> sparse(sparse, columns, nodes, memory);
            case Bfloat16Matrix _ -> throw new IllegalArgumentException("features read from tables are float32");
        };
    }

    private static Matrix dense(Matrix features, List<NumberColumn> columns, int[] nodes, Memory memory) {
        Matrix copy = Matrix.of(memory, Purpose.FEATURES, features.rows(), features.cols());
        copy.copyFrom(features);
        for (NumberColumn each : columns) {
            Scale scale = each.over(nodes);
            for (int i = 0; i < copy.rows(); i++) copy.set(i, each.column, scale.of(each.values[i]));
        }
        return copy;
    }

    private static SparseMatrix sparse(SparseMatrix features, List<NumberColumn> columns, int[] nodes, Memory memory) {
        NumberColumn[] numbers = new NumberColumn[features.cols()];
        Scale[] scales = new Scale[features.cols()];
        for (NumberColumn each : columns) {
            numbers[each.column] = each;
            scales[each.column] = each.over(nodes);
        }
        Csr pattern = features.pattern();
        Matrix values = Matrix.of(memory, Purpose.FEATURES, features.values().rows(), 1);
        for (int i = 0; i < pattern.rows(); i++) {
            for (int e = pattern.offsets()[i]; e < pattern.offsets()[i + 1]; e++) {
                int c = pattern.indices()[e];
                boolean number = numbers[c] != null;
                values.put(
                        e,
                        number
                                ? scales[c].of(numbers[c].values[i])
                                : features.values().at(e));
            }
        }
        return new SparseMatrix(pattern, values);
    }
}
