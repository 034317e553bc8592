package dev.hypha.learn.zoo;

import dev.hypha.learn.Context;
import dev.hypha.learn.NodeBatch;
import dev.hypha.tensor.Tensor;

/// Logarithms of the probabilities of classes, of which a task of two classes has one logit: what models
/// that mix several answers calculate with.
final class LogProbabilities {
    private LogProbabilities() {}

    /// Of the logits of a task; a single one is that of the second of two classes.
    ///
    /// @return shape [rows, classes], two columns at least
    static Tensor of(Context c, Tensor logits) {
        return LogSoftmax.of(c.outputs() > 1 ? logits : logits.scale(0).concat(logits));
    }

    /// As many logits as the task has.
    ///
    /// @param logs shape [rows, classes]; a number may be added to all of a row
    static Tensor logits(Context c, Tensor logs) {
        return c.outputs() == 1 ? logs.sliceColumns(1, 2).minus(logs.sliceColumns(0, 1)) : logs;
    }

    /// Logits in training by which a weighed mean of several answers' losses is lowered. Everything is trained by
    /// the cross-entropy of logits `u`, which of the mean `u = sum_s k_s log p_s` is -u_y + log sum exp(u): to be
    /// left with the mean of -log p_sy, the latter, which is at most 0, is taken away again.
    ///
    /// @param mean of logarithms, shape [rows, classes]
    static Tensor meanLoss(Context c, NodeBatch in, Tensor mean) {
        Tensor first = mean.sliceColumns(0, 1);
        Tensor sums = first.minus(LogSoftmax.of(mean).sliceColumns(0, 1));
        c.penalise(in.ofSeeds(sums).mean().scale(-1));
        return logits(c, mean);
    }
}
