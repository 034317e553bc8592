package dev.hypha.learn.metrics;

import dev.hypha.graph.InputException;
import dev.hypha.graph.Nearest;
import dev.hypha.learn.TaskKind;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// A number that says how good predictions are. Its definition stands at each constant; `n` is the number of rows.
///
/// Over several classes (multiclass: one against the rest; multilabel: each label) "macro" is the plain mean over the
/// classes for which the number is defined. A metric that is defined for none of them is NaN.
public enum Metric {
    /// Area under the receiver operating characteristic: the chance that a positive row scores above a negative one,
    /// an equal score counting one half. Undefined without both. Macro over classes.
    AUROC("auroc", true, true),
    /// Sum over the distinct scores, from high to low, of precision times the gain in recall; rows of equal score enter
    /// together. Undefined without a positive row. Macro over classes.
    AVERAGE_PRECISION("average-precision", true, true),
    /// Mean of `-ln p(what came true)`, probabilities held within 1e-7 and 1 - 1e-7. Multilabel: mean over labels too.
    LOG_LOSS("log-loss", false, true),
    /// Share of rows whose most probable class is the true one; binary: a probability above one half means 1.
    /// Multilabel: share of (row, label) pairs decided rightly.
    ACCURACY("accuracy", true, true),
    /// `2 TP / (2 TP + FP + FN)` with counts pooled over classes; equals accuracy where each row has exactly one class
    /// (binary: both 0 and 1 are classes). Multilabel: pooled over labels at one half.
    F1_MICRO("f1-micro", true, true),
    /// Mean over classes (binary: 0 and 1) of `2 TP / (2 TP + FP + FN)`, which is 0 for a class that is nowhere
    /// predicted and nowhere true. Multiclass: over the classes that occur, as label or as prediction.
    F1_MACRO("f1-macro", true, true),
    /// Expected calibration error, ten bins of equal width over the probability: sum over bins of
    /// `n_b / n |mean probability - share that came true|`. Multiclass: of the top class. Multilabel: macro.
    CALIBRATION_ERROR("calibration-error", false, true),
    /// Mean absolute error, in the target's unit.
    MAE("mae", false, false),
    /// Root of the mean squared error, in the target's unit.
    RMSE("rmse", false, false),
    /// `1 - sum (y - p)^2 / sum (y - mean y)^2`; undefined when all `y` are equal.
    R2("r2", true, false);

    private final String label;
    private final boolean higherIsBetter;
    private final boolean ofClasses;

    Metric(String label, boolean higherIsBetter, boolean ofClasses) {
        this.label = label;
        this.higherIsBetter = higherIsBetter;
        this.ofClasses = ofClasses;
    }

    /// The name in results and on the command line, such as `average-precision`.
    public String label() {
        return label;
    }

    public boolean higherIsBetter() {
        return higherIsBetter;
    }

    /// Whether `a` is strictly better than `b`; every number is better than NaN.
    public boolean better(double a, double b) {
        if (Double.isNaN(a)) return false;
        return Double.isNaN(b) || (higherIsBetter ? a > b : a < b);
    }

    /// @return the number by the definition above; NaN where undefined and for no rows at all
    /// @throws IllegalArgumentException when the metric does not fit the kind of task
    public double of(Outcomes outcomes) {
        if (!fits(outcomes.kind())) {
            throw new IllegalArgumentException(
                    label + " is not defined for " + outcomes.kind().label());
        }
        return outcomes.rows() == 0 ? Double.NaN : define(outcomes);
    }

    private double define(Outcomes o) {
        return switch (this) {
            case AUROC -> OneClass.macro(o, OneClass::auroc);
            case AVERAGE_PRECISION -> OneClass.macro(o, OneClass::averagePrecision);
            case LOG_LOSS -> ClassLabels.logLoss(o);
            case ACCURACY -> ClassLabels.accuracy(o);
            case F1_MICRO -> ClassLabels.f1Micro(o);
            case F1_MACRO -> ClassLabels.f1Macro(o);
            case CALIBRATION_ERROR -> ClassLabels.calibrationError(o);
            case MAE -> Deviation.mae(o);
            case RMSE -> Deviation.rmse(o);
            case R2 -> Deviation.r2(o);
        };
    }

    private boolean fits(TaskKind kind) {
        return switch (kind) {
            case BINARY, MULTICLASS, MULTILABEL -> ofClasses;
            case REGRESSION -> !ofClasses;
            case RANKING -> false;
        };
    }

    /// All metrics defined for a kind of task, in the order of this enum; none yet for ranking.
    public static List<Metric> of(TaskKind kind) {
        return Arrays.stream(values()).filter(m -> m.fits(kind)).toList();
    }

    /// The metric that decides early stopping and the choice between models unless another is asked for.
    ///
    /// @throws IllegalArgumentException for ranking, which has none yet
    public static Metric primary(TaskKind kind) {
        return switch (kind) {
            case BINARY, MULTILABEL -> AUROC;
            case MULTICLASS -> ACCURACY;
            case REGRESSION -> MAE;
            case RANKING -> throw new IllegalArgumentException("ranking has no metric yet");
        };
    }

    /// @throws InputException for an unknown name, with the nearest known one
    public static Metric named(String name) {
        for (Metric m : values()) if (m.label.equals(name)) return m;
        throw new InputException(
                "unknown-metric",
                "There is no metric '" + name + "'",
                Map.of("metric", name),
                Nearest.hint(name, Arrays.stream(values()).map(Metric::label).toList()));
    }
}
