package dev.hypha.relational.trees;

import dev.hypha.learn.TaskKind;
import dev.hypha.relational.windows.FeatureMatrix;

/// Rows to learn from or to stop by.
///
/// @param features one row an example
/// @param labels one row an example: 0 or 1, class index or value; for several labels one column a class, row-major
/// @param weights one a row, or empty for equal weights
@SuppressWarnings("ArrayRecordComponent") // Columns of numbers; two sets are never compared.
public record Examples(FeatureMatrix features, float[] labels, float[] weights) {
    public Examples {
        boolean weighted = weights.length != 0;
        if (labels.length < features.rows() || (weighted && weights.length != features.rows())) {
            throw new IllegalArgumentException(
                    "%d rows, %d labels, %d weights".formatted(features.rows(), labels.length, weights.length));
        }
    }

    /// What one output of several is to learn: the label, or whether it is the output's class.
    float[] labelsOf(int output, TaskKind kind, int outputs) {
        int rows = features.rows();
        int width = kind == TaskKind.MULTILABEL ? outputs : 1;
        if (labels.length != rows * width) {
            throw new IllegalArgumentException(labels.length + " labels of " + rows + " x " + width);
        }
        float[] out = new float[rows];
        for (int i = 0; i < rows; i++) {
            out[i] = switch (kind) {
                case BINARY, REGRESSION, RANKING -> labels[i];
                case MULTICLASS -> labels[i] == output ? 1 : 0;
                case MULTILABEL -> labels[i * outputs + output];
            };
        }
        return out;
    }
}
