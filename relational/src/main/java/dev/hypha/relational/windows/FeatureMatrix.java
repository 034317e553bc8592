package dev.hypha.relational.windows;

import java.util.ArrayList;
import java.util.List;

/// Numbers that describe seeds: one row a seed in the order of `task.seeds`, one column a feature; NaN is missing.
///
/// @param names of the columns, such as `results.points.mean.365d`
/// @param categorical per column: values are codes 0, 1, .. without order
/// @param rows number of seeds
/// @param values rows x columns, row-major; owned by the matrix, not to be changed
@SuppressWarnings("ArrayRecordComponent") // Columns of numbers; two matrices are never compared.
public record FeatureMatrix(List<String> names, boolean[] categorical, int rows, float[] values) {
    public FeatureMatrix {
        names = List.copyOf(names);
        if (categorical.length != names.size() || values.length != (long) rows * names.size()) {
            throw new IllegalArgumentException("%d names, %d flags, %d values of %d rows"
                    .formatted(names.size(), categorical.length, values.length, rows));
        }
    }

    public int columns() {
        return names.size();
    }

    public float get(int row, int column) {
        return values[row * columns() + column];
    }

    /// The given rows, in the given order.
    public FeatureMatrix rows(int[] chosen) {
        int width = columns();
        float[] out = new float[chosen.length * width];
        for (int i = 0; i < chosen.length; i++) {
            System.arraycopy(values, chosen[i] * width, out, i * width, width);
        }
        return new FeatureMatrix(names, categorical, chosen.length, out);
    }

    /// The given columns, in the given order.
    public FeatureMatrix columns(int[] chosen) {
        List<String> kept = new ArrayList<>();
        boolean[] flags = new boolean[chosen.length];
        float[] out = new float[rows * chosen.length];
        for (int j = 0; j < chosen.length; j++) {
            kept.add(names.get(chosen[j]));
            flags[j] = categorical[chosen[j]];
            for (int i = 0; i < rows; i++) {
                out[i * chosen.length + j] = get(i, chosen[j]);
            }
        }
        return new FeatureMatrix(kept, flags, rows, out);
    }

    /// This matrix's columns, then the other's, for the same rows.
    public FeatureMatrix beside(FeatureMatrix other) {
        if (other.rows != rows) {
            throw new IllegalArgumentException(rows + " rows beside " + other.rows);
        }
        List<String> joined = new ArrayList<>(names);
        joined.addAll(other.names);
        boolean[] flags = new boolean[joined.size()];
        System.arraycopy(categorical, 0, flags, 0, columns());
        System.arraycopy(other.categorical, 0, flags, columns(), other.columns());
        float[] out = new float[rows * joined.size()];
        for (int i = 0; i < rows; i++) {
            System.arraycopy(values, i * columns(), out, i * flags.length, columns());
            System.arraycopy(other.values, i * other.columns(), out, i * flags.length + columns(), other.columns());
        }
        return new FeatureMatrix(joined, flags, rows, out);
    }
}
