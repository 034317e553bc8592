package dev.hypha.learn.metrics;

import dev.hypha.learn.TaskKind;

/// What was predicted beside what came true, for the same rows: the only thing a metric sees. Holds its arrays without
/// copying them; nobody may write to them afterwards.
public final class Outcomes {
    private final TaskKind kind;
    private final int outputs;
    private final float[] predicted;
    private final float[] label;

    /// @param kind says what the numbers mean, see [TaskKind]
    /// @param outputs columns of `predicted`: 1, or the number of classes
    /// @param predicted probabilities or values, row-major, shape [rows, outputs]; all finite
    /// @param label 0 or 1, class index or value, length rows; for `MULTILABEL` 0 or 1, row-major [rows, outputs]
    /// @throws IllegalArgumentException when lengths do not fit or a prediction or label is not finite
    public Outcomes(TaskKind kind, int outputs, float[] predicted, float[] label) {
        int perRow = kind == TaskKind.MULTILABEL ? outputs : 1;
        if (outputs < 1 || predicted.length % outputs != 0 || label.length != predicted.length / outputs * perRow) {
            throw new IllegalArgumentException(predicted.length + " predictions in " + outputs + " columns do not fit "
                    + label.length + " labels");
        }
        requireFinite("prediction", predicted);
        requireFinite("label", label);
        this.kind = kind;
        this.outputs = outputs;
        this.predicted = predicted;
        this.label = label;
    }

    private static void requireFinite(String what, float[] values) {
        for (int i = 0; i < values.length; i++) {
            if (!Float.isFinite(values[i])) throw new IllegalArgumentException(what + " " + i + " is " + values[i]);
        }
    }

    public TaskKind kind() {
        return kind;
    }

    public int outputs() {
        return outputs;
    }

    public int rows() {
        return predicted.length / outputs;
    }

    /// Row-major, shape [rows, outputs]; the array itself.
    public float[] predicted() {
        return predicted;
    }

    /// Length rows, or row-major [rows, outputs] for `MULTILABEL`; the array itself.
    public float[] label() {
        return label;
    }

    /// The most probable class of a row; the first of equals.
    int top(int row) {
        int best = 0;
        for (int c = 1; c < outputs; c++) {
            if (predicted[row * outputs + c] > predicted[row * outputs + best]) best = c;
        }
        return best;
    }

    /// Scores of one class against the rest, one per row.
    float[] scores(int output) {
        float[] out = new float[rows()];
        for (int i = 0; i < out.length; i++) out[i] = predicted[i * outputs + output];
        return out;
    }

    /// Whether each row has the class: the label itself for binary, membership for multilabel, equality for multiclass.
    boolean[] has(int output) {
        boolean[] out = new boolean[rows()];
        for (int i = 0; i < out.length; i++) {
            out[i] = switch (kind) {
                case BINARY -> label[i] > 0.5f;
                case MULTICLASS -> (int) label[i] == output;
                case MULTILABEL -> label[i * outputs + output] > 0.5f;
                case REGRESSION, RANKING -> throw new IllegalStateException(kind + " has no classes");
            };
        }
        return out;
    }
}
