package dev.hypha.learn;

import java.util.HashMap;
import java.util.Map;

/// How a model is trained: the options of [Trainer].
///
/// @param epochs passes over the training seeds at most
/// @param steps batches per epoch at most; 0 means all
/// @param batch seeds per batch
/// @param rate highest learning rate
/// @param decay decoupled weight decay of AdamW
/// @param schedule how the rate goes on from `rate`
/// @param warmup steps over which the rate first rises from 0, linearly
/// @param clip largest norm of the whole gradient; 0 switches clipping off
/// @param patience epochs without a better validation metric after which training stops; 0 never stops
///     early
/// @param regressionLoss what is minimised for a number, in units of the target's standard deviation
/// @param positiveWeight weight of positive rows in the binary loss; no other task reads it
/// @param classWeights how much a row counts in the loss of a binary or multiclass task
/// @param l2 adds `l2 / 2` times the sum of squares of parameters to what is minimised; not part of the
///     loss told
/// @param l2Of which parameters `l2` counts
public record Training(
        @Option(def = "8", help = "passes over the training rows at most", unit = "epochs", min = 1, max = 100000)
        int epochs,

        @Option(def = "0", help = "batches per epoch at most, 0 for all", unit = "batches", min = 0)
        int steps,

        @Option(def = "256", help = "training rows per step", unit = "rows", min = 1, max = 1 << 20)
        int batch,

        @Option(def = "0.005", help = "highest learning rate", min = 0, max = 10)
        double rate,

        @Option(def = "0.0001", help = "decoupled weight decay", min = 0, max = 1)
        double decay,

        @Option(def = "cosine", help = "how the learning rate falls")
        Schedule schedule,

        @Option(def = "10", help = "steps over which the learning rate rises at first", unit = "steps", min = 0)
        int warmup,

        @Option(def = "1", help = "largest norm of the gradient, 0 for no limit", min = 0)
        double clip,

        @Option(def = "3", help = "epochs without improvement before stopping, 0 for never", unit = "epochs", min = 0)
        int patience,

        @Option(def = "absolute", help = "loss of a number") RegressionLoss regressionLoss,

        @Option(def = "1", help = "weight of positive rows of a binary task", min = 0.001, max = 1000)
        double positiveWeight,

        @Option(def = "equal", help = "what a row counts: the same, or balanced so that each class counts the same")
        ClassWeights classWeights,

        @Option(def = "0", help = "half of this times the squares of parameters is added to the loss", min = 0, max = 1)
        double l2,

        @Option(def = "all", help = "which parameters l2 counts: all, or those of the first layer")
        Shrunk l2Of) {
    public Training {
        Options.check(
                Training.class,
                epochs,
                steps,
                batch,
                rate,
                decay,
                schedule,
                warmup,
                clip,
                patience,
                regressionLoss,
                positiveWeight,
                classWeights,
                l2,
                l2Of);
    }

    /// The same with batches of so many rows.
    public Training withBatch(int rows) {
        Map<String, String> written = new HashMap<>(Options.written(this));
        written.put("batch", Integer.toString(rows));
        return Options.read(Training.class, written);
    }

    /// How much a row counts in the loss of a binary or multiclass task; no other task reads it.
    public enum ClassWeights {
        /// Each as much.
        EQUAL,
        /// Rows over classes times rows of its class: every class counts as much as another in all.
        BALANCED
    }

    /// Which parameters are drawn to 0.
    public enum Shrunk {
        /// Every one.
        ALL,
        /// Those that have the part of their name before its first dot in common with the one asked for
        /// first, as Kipf and Welling do (ICLR 2017, section 5.2).
        FIRST
    }

    /// How the learning rate goes on after the warm-up.
    public enum Schedule {
        /// Stays.
        CONSTANT,
        /// Half a cosine from the highest rate to 0 over all epochs.
        COSINE,
        /// Halves after every second epoch in a row that brought no better validation metric.
        PLATEAU
    }

    /// The loss of a predicted number `p` against `y`, both standardised.
    public enum RegressionLoss {
        /// `|p - y|`, which aims at the median, as the mean absolute error does.
        ABSOLUTE,
        /// `(p - y)^2 / 2` up to a distance of 1, linear beyond.
        HUBER,
        /// `(p - y)^2`, which aims at the mean.
        SQUARED
    }

    /// The share of the highest learning rate that a step gets.
    ///
    /// @param step counted over all epochs, from 0
    /// @param total steps of all epochs together
    /// @param halvings how often the rate was halved so far; read for `PLATEAU` only
    double factorAt(long step, long total, int halvings) {
        double rise = Math.min(1, (step + 1.0) / (warmup + 1.0));
        return rise
                * switch (schedule) {
                    case CONSTANT -> 1;
                    case COSINE -> 0.5 * (1 + Math.cos(Math.PI * step / total));
                    case PLATEAU -> Math.pow(0.5, halvings);
                };
    }
}
