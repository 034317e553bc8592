package dev.hypha.learn;

import java.util.Locale;

/// What kind of answer a prediction is; loss, head, metrics and the meaning of a label follow from it.
public enum TaskKind {
    /// Yes or no. Label 0 or 1; one logit; predicted is the probability of 1.
    BINARY,
    /// One of several classes. Label is the class index; one logit per class; predicted are probabilities that sum to
    /// 1.
    MULTICLASS,
    /// Any subset of several classes. A label of 0 or 1 per class; one logit and one probability per class.
    MULTILABEL,
    /// A number. Label and prediction are in the target's own unit.
    REGRESSION,
    /// An ordered list of rows of another table.
    RANKING;

    /// The name in run files and on the command line, such as `binary`.
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// Numbers a model gives per seed.
    ///
    /// @param classes number of classes; read for `MULTICLASS` and `MULTILABEL` only
    public int outputs(int classes) {
        return switch (this) {
            case BINARY, REGRESSION, RANKING -> 1;
            case MULTICLASS, MULTILABEL -> classes;
        };
    }
}
