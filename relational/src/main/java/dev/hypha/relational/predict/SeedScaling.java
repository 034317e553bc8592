package dev.hypha.relational.predict;

import dev.hypha.relational.windows.FeatureMatrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Makes numbers of a feature matrix that a network can take: each column less its median, over its
/// interquartile range, squeezed by the inverse hyperbolic sine; missing becomes 0 with an indicator column
/// where any is missing. Fitted on training rows. Categories and columns that do not vary are left out.
///
/// @param names of the source columns kept
/// @param median per column
/// @param range per column, positive
/// @param indicator per column, whether an indicator follows
@SuppressWarnings("ArrayRecordComponent") // Columns of numbers; two scalings are never compared.
record SeedScaling(List<String> names, double[] median, double[] range, boolean[] indicator) {
    SeedScaling {
        names = List.copyOf(names);
    }

    static SeedScaling fit(FeatureMatrix features, int[] rows) {
        List<String> names = new ArrayList<>();
        List<double[]> fitted = new ArrayList<>();
        for (int column = 0; column < features.columns(); column++) {
            double[] present = present(features, rows, column);
            if (features.categorical()[column] || present.length == 0) {
                continue;
            }
            double spread = spread(present);
            boolean missing = present.length < rows.length;
            if (spread > 0 || missing) {
                names.add(features.names().get(column));
                fitted.add(new double[] {quantile(present, 0.5), spread > 0 ? spread : 1, missing ? 1 : 0});
            }
        }
        boolean[] indicator = new boolean[names.size()];
        for (int i = 0; i < indicator.length; i++) {
            indicator[i] = fitted.get(i)[2] > 0;
        }
        return new SeedScaling(
                names,
                fitted.stream().mapToDouble(f -> f[0]).toArray(),
                fitted.stream().mapToDouble(f -> f[1]).toArray(),
                indicator);
    }

    private static double[] present(FeatureMatrix features, int[] rows, int column) {
        return Arrays.stream(rows)
                .mapToDouble(row -> features.get(row, column))
                .filter(Double::isFinite)
                .sorted()
                .toArray();
    }

    /// The interquartile range, or the standard deviation where more than half of the values are equal.
    private static double spread(double[] sorted) {
        double quartiles = quantile(sorted, 0.75) - quantile(sorted, 0.25);
        if (quartiles > 0) {
            return quartiles;
        }
        double mean = Arrays.stream(sorted).average().orElse(0);
        return Math.sqrt(Arrays.stream(sorted)
                .map(x -> (x - mean) * (x - mean))
                .average()
                .orElse(0));
    }

    private static double quantile(double[] sorted, double q) {
        return sorted[(int) (q * (sorted.length - 1))];
    }

    /// Columns of the result.
    int width() {
        int extra = 0;
        for (boolean i : indicator) {
            extra += i ? 1 : 0;
        }
        return names.size() + extra;
    }

    /// @param features with at least the columns fitted, found by name
    /// @return row-major, shape [features.rows, width], all finite
    float[] apply(FeatureMatrix features) {
        int width = width();
        int[] source = names.stream().mapToInt(features.names()::indexOf).toArray();
        float[] out = new float[features.rows() * width];
        for (int row = 0; row < features.rows(); row++) {
            int at = row * width;
            for (int i = 0; i < source.length; i++) {
                double value = features.get(row, source[i]);
                boolean known = Double.isFinite(value);
                out[at++] = known ? squeezed((value - median[i]) / range[i]) : 0;
                if (indicator[i]) {
                    out[at++] = known ? 0 : 1;
                }
            }
        }
        return out;
    }

    /// Linear near 0, logarithmic far out: heavy tails neither dominate nor are cut off.
    private static float squeezed(double x) {
        return (float) Math.copySign(Math.log(Math.abs(x) + Math.sqrt(x * x + 1)), x);
    }
}
