package dev.hypha.relational.trees;

import dev.hypha.learn.TaskKind;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/// Predictions without a model, which any model has to beat. Labels and predictions are rows x outputs, row-major;
/// for classes a label is 1 in its class's column.
public final class Baselines {
    /// How many rows of history the constant weighs as much as.
    private static final double PRIOR = 1;

    private Baselines() {}

    /// One answer for everyone: the median of the training labels for a number, else each class's frequency.
    ///
    /// @param targets of the training rows
    /// @return one prediction, `outputs` numbers
    public static float[] constant(float[] targets, TaskKind kind, int outputs) {
        float[] out = new float[outputs];
        int rows = targets.length / outputs;
        if (kind == TaskKind.REGRESSION) {
            float[] sorted = targets.clone();
            Arrays.sort(sorted);
            out[0] = rows == 0 ? 0 : (sorted[(rows - 1) / 2] + sorted[rows / 2]) / 2;
            return out;
        }
        for (int c = 0; c < outputs; c++) {
            double sum = 0;
            for (int i = 0; i < rows; i++) {
                sum += targets[i * outputs + c];
            }
            out[c] = (float) (sum / Math.max(rows, 1));
        }
        return out;
    }

    /// What was true of the entity before: the mean of its own labels of earlier times that were known by the row's
    /// cutoff (their window had ended), drawn to the constant as if that had been seen once.
    ///
    /// @param entity per row
    /// @param time the prediction time per row, microseconds
    /// @param cutoff the last visible instant per row
    /// @param targets per row; NaN where unknown
    /// @param end of the label's window after the prediction time, microseconds
    /// @param constant what [#constant] gives
    /// @return predictions of all rows
    public static float[] entityHistory(
            int[] entity, long[] time, long[] cutoff, float[] targets, long end, float[] constant) {
        int n = entity.length;
        int outputs = constant.length;
        long[] since = new long[n];
        // A label without a window is known from the next instant on: a row's own is never among its past ones.
        Arrays.setAll(since, i -> time[i] + Math.max(end, 1));
        Integer[] known = IntStream.range(0, n)
                .filter(i -> !Float.isNaN(targets[i * outputs]))
                .boxed()
                .toArray(Integer[]::new);
        Integer[] asked = IntStream.range(0, n).boxed().toArray(Integer[]::new);
        Arrays.sort(known, Comparator.<Integer>comparingInt(i -> entity[i]).thenComparingLong(i -> since[i]));
        Arrays.sort(asked, Comparator.<Integer>comparingInt(i -> entity[i]).thenComparingLong(i -> cutoff[i]));
        float[] out = new float[n * outputs];
        double[] sum = new double[outputs];
        int count = 0;
        int next = 0;
        int current = -1;
        for (int row : asked) {
            if (entity[row] != current) {
                current = entity[row];
                Arrays.fill(sum, 0);
                count = 0;
                while (next < known.length && entity[known[next]] < current) {
                    next++;
                }
            }
            while (next < known.length && entity[known[next]] == current && since[known[next]] <= cutoff[row]) {
                for (int c = 0; c < outputs; c++) {
                    sum[c] += targets[known[next] * outputs + c];
                }
                count++;
                next++;
            }
            for (int c = 0; c < outputs; c++) {
                out[row * outputs + c] = (float) ((sum[c] + PRIOR * constant[c]) / (count + PRIOR));
            }
        }
        return out;
    }
}
