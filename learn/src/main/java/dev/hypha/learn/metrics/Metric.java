package dev.hypha.learn.metrics;

import dev.hypha.graph.InputException;
import dev.hypha.graph.Nearest;
import dev.hypha.learn.TaskKind;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// A number that says how good predictions are; [#definition] says which.
///
/// Over several classes (multiclass: one against the rest; multilabel: each label) "macro" is the plain mean over the
/// classes for which the number is defined. A metric that is defined for none of them is NaN.
public enum Metric {
    AUROC(
            "auroc",
            true,
            true,
            "The chance that a row of a class scores above one that is not of it, equal scores counting one half: the area"
                    + " under the receiver operating characteristic. Undefined without both. Over several classes the"
                    + " mean over those for which it is defined."),
    AVERAGE_PRECISION(
            "average-precision",
            true,
            true,
            "The sum over distinct scores, from high to low, of precision times the gain in recall; rows of equal score"
                    + " enter together. Undefined without a row of the class. Over several classes the mean over those"
                    + " for which it is defined."),
    LOG_LOSS(
            "log-loss",
            false,
            true,
            "The mean of -ln p(what came true), with probabilities held within 1e-7 and 1 - 1e-7. Multilabel: the mean"
                    + " over labels too."),
    ACCURACY(
            "accuracy",
            true,
            true,
            "The share of rows whose most probable class is the true one; binary: a probability above one half means"
                    + " yes. Multilabel: the share of pairs of a row and a label that are decided rightly."),
    F1_MICRO(
            "f1-micro",
            true,
            true,
            "2 TP / (2 TP + FP + FN), of true positives, false positives and false negatives counted over all classes"
                    + " together; equals accuracy where each row has exactly one class. Multilabel: a label is said at"
                    + " a probability above one half."),
    F1_MACRO(
            "f1-macro",
            true,
            true,
            "The mean over classes of 2 TP / (2 TP + FP + FN), which is 0 for a class that is never said rightly. Binary:"
                    + " over yes and no. Multiclass: over the classes that occur, be it only as an answer."),
    CALIBRATION_ERROR(
            "calibration-error",
            false,
            true,
            "The expected calibration error: with rows in ten bins of equal width by probability, the sum over bins of"
                    + " the bin's share of rows times the distance between its mean probability and the share that came"
                    + " true. Multiclass: of the most probable class. Multilabel: the mean over labels."),
    MAE("mae", false, false, "The mean absolute error, in the unit of what is predicted."),
    RMSE("rmse", false, false, "The root of the mean squared error, in the unit of what is predicted."),
    R2(
            "r2",
            true,
            false,
            "1 - (sum of squared errors) / (sum of squared distances from the mean of what came true): 1 for perfect"
                    + " answers, 0 for the mean as the only answer. Undefined when all that came true is equal.");

    private final String label;
    private final boolean higherIsBetter;
    private final boolean ofClasses;
    private final String definition;

    Metric(String label, boolean higherIsBetter, boolean ofClasses, String definition) {
        this.label = label;
        this.higherIsBetter = higherIsBetter;
        this.ofClasses = ofClasses;
        this.definition = definition;
    }

    /// The name in results and on the command line, such as `average-precision`.
    public String label() {
        return label;
    }

    /// What the number is, in a sentence or two for people: reports, model cards and the documentation say
    /// these words.
    public String definition() {
        return definition;
    }

    /// Whether a greater number is a better one.
    public boolean higherIsBetter() {
        return higherIsBetter;
    }

    /// Whether `a` is strictly better than `b`; every number is better than NaN.
    public boolean better(double a, double b) {
        if (Double.isNaN(a)) return false;
        return Double.isNaN(b) || (higherIsBetter ? a > b : a < b);
    }

    /// @return the number by its definition; NaN where undefined and for no rows at all
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
