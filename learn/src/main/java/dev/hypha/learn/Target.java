package dev.hypha.learn;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.hypha.tensor.Loss;
import dev.hypha.tensor.Tensor;
import java.util.Arrays;

/// What is predicted, and how it becomes what a network can fit: numbers are standardised with the
/// training rows' mean and standard deviation, and predictions turned back. Kept with the run.
///
/// @param kind of task
/// @param classes number of classes for `MULTICLASS` and `MULTILABEL`, else 1
/// @param mean of the training labels of a number, else 0
/// @param sd standard deviation of the training labels of a number, else 1
/// @param low predictions of a number are not below this
/// @param high predictions of a number are not above this
public record Target(TaskKind kind, int classes, double mean, double sd, double low, double high) {
    /// Share of training labels beyond each of the two bounds of a predicted number, as in RelBench's
    /// examples.
    private static final double TAIL = 0.02;

    /// A target as the training rows show it.
    ///
    /// @param labels of the training rows; read for a number only
    /// @throws IllegalArgumentException for ranking, which is not a task of single rows, or for no labels
    public static Target fit(TaskKind kind, int classes, float[] labels) {
        return switch (kind) {
            case BINARY -> new Target(kind, 1, 0, 1, 0, 1);
            case MULTICLASS, MULTILABEL -> new Target(kind, classes, 0, 1, 0, 1);
            case REGRESSION -> ofNumbers(labels);
            case RANKING -> throw new IllegalArgumentException("ranking has no target per row");
        };
    }

    private static Target ofNumbers(float[] labels) {
        if (labels.length == 0) throw new IllegalArgumentException("no training labels");
        float[] sorted = labels.clone();
        Arrays.sort(sorted);
        double mean = 0;
        for (float y : sorted) mean += y / labels.length;
        double variance = 0;
        for (float y : sorted) variance += (y - mean) * (y - mean) / labels.length;
        int tail = (int) (TAIL * (sorted.length - 1));
        double sd = variance > 0 ? Math.sqrt(variance) : 1;
        return new Target(TaskKind.REGRESSION, 1, mean, sd, sorted[tail], sorted[sorted.length - 1 - tail]);
    }

    /// Numbers a model gives per seed.
    public int outputs() {
        return kind.outputs(classes);
    }

    /// The loss of a batch, shape [1, 1].
    ///
    /// @param answer the model's: a row per seed, or those that the batch tells
    /// @param shares what a row of each class counts; null where all count the same
    Tensor loss(Context c, Tensor answer, Batch batch, Training training, float[] shares) {
        float[] labels = batch.labels();
        int[] rows = batch.answers().orElse(null);
        if (kind == TaskKind.MULTICLASS && shares == null && rows != null && rise(rows)) {
            return answer.softmaxCrossEntropy(rows, batch.classes());
        }
        Tensor logits = batch.ofSeeds(answer);
        return switch (kind) {
            case BINARY -> binary(c, logits, labels, training.positiveWeight(), shares);
            case MULTICLASS -> oneOf(c, logits, batch.classes(), shares);
            case MULTILABEL -> logits.binaryCrossEntropyWithLogits(c.constant(logits.rows(), classes, labels));
            case REGRESSION ->
                logits.loss(lossOf(training), 1, c.constant(labels.length, i -> (labels[i] - mean) / sd), null);
            case RANKING -> throw new IllegalStateException("ranking has no target per row");
        };
    }

    private static boolean rise(int[] rows) {
        for (int i = 1; i < rows.length; i++) if (rows[i] <= rows[i - 1]) return false;
        return true;
    }

    private static Tensor oneOf(Context c, Tensor logits, int[] classes, float[] shares) {
        if (shares == null) return logits.softmaxCrossEntropy(classes);
        return logits.softmaxCrossEntropy(classes, c.constant(classes.length, i -> shares[classes[i]]));
    }

    private static Tensor binary(Context c, Tensor logits, float[] labels, double positiveWeight, float[] shares) {
        Tensor target = c.constant(labels.length, 1, labels);
        if (positiveWeight == 1 && shares == null) return logits.binaryCrossEntropyWithLogits(target);
        Tensor weights = c.constant(labels.length, i -> {
            double share = shares == null ? 1 : shares[labels[i] > 0.5f ? 1 : 0];
            return labels[i] > 0.5f ? positiveWeight * share : share;
        });
        return logits.binaryCrossEntropyWithLogits(target, weights);
    }

    /// What a row of each class counts so that all classes count the same: rows over classes times rows of
    /// the class, 0 for a class without rows; null for a task without classes of its own per row.
    ///
    /// @param labels of the training rows
    float[] balance(float[] labels) {
        if (kind != TaskKind.BINARY && kind != TaskKind.MULTICLASS) return null;
        int[] rows = new int[kind == TaskKind.BINARY ? 2 : classes];
        for (float label : labels) rows[(int) label]++;
        long there = Arrays.stream(rows).filter(count -> count > 0).count();
        float[] shares = new float[rows.length];
        for (int i = 0; i < rows.length; i++) {
            if (rows[i] > 0) shares[i] = (float) ((double) labels.length / (there * rows[i]));
        }
        return shares;
    }

    private static Loss lossOf(Training training) {
        return switch (training.regressionLoss()) {
            case ABSOLUTE -> Loss.ABSOLUTE;
            case HUBER -> Loss.HUBER;
            case SQUARED -> Loss.SQUARED;
        };
    }

    /// Probabilities, or numbers in the target's own unit, from logits.
    ///
    /// @param logits row-major, shape [rows, outputs]
    /// @return the same shape
    public float[] predictions(float[] logits) {
        float[] out = new float[logits.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = switch (kind) {
                case BINARY, MULTILABEL -> (float) (1 / (1 + Math.exp(-logits[i])));
                case REGRESSION -> (float) Math.clamp(logits[i] * sd + mean, low, high);
                case MULTICLASS, RANKING -> logits[i];
            };
        }
        if (kind == TaskKind.MULTICLASS) for (int at = 0; at < out.length; at += classes) softmax(out, at);
        return out;
    }

    private void softmax(float[] x, int at) {
        double top = Double.NEGATIVE_INFINITY;
        for (int c = 0; c < classes; c++) top = Math.max(top, x[at + c]);
        double sum = 0;
        for (int c = 0; c < classes; c++) sum += Math.exp(x[at + c] - top);
        for (int c = 0; c < classes; c++) x[at + c] = (float) (Math.exp(x[at + c] - top) / sum);
    }

    /// The tree that a run file holds.
    public JsonNode toJson() {
        return Run.MAPPER.valueToTree(this);
    }

    /// @throws IllegalArgumentException when the tree is not what [#toJson] gives
    public static Target of(JsonNode json) {
        try {
            return Run.MAPPER.treeToValue(json, Target.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not a target: " + json, e);
        }
    }
}
