package dev.hypha.tensor;

/// Losses and their gradients. Ranges are rows. `weights` has shape [rows, 1]; null stands for ones.
public interface LossKernels {
    /// The sum over rows and columns of weight times loss, in order, in float64.
    double loss(Loss loss, float delta, Matrix prediction, Matrix target, Matrix weights, int from, int to);

    /// Adds scale times weight times the loss's derivative to the prediction's gradient.
    void lossGradient(
            Loss loss,
            float delta,
            Matrix prediction,
            Matrix target,
            Matrix weights,
            float scale,
            Matrix gradient,
            int from,
            int to);

    /// The sum over rows of weight times -log softmax(logits)[class], in order, in float64.
    ///
    /// @param rows of the logits, in the order of classes, weights and probabilities; null for all
    /// @param probabilities receives softmax(logits), a row for each of `rows`
    double softmaxCrossEntropy(
            Matrix logits, int[] rows, int[] classes, Matrix weights, Matrix probabilities, int from, int to);

    /// Adds scale times weight times (probabilities - one-hot class) to the logits' gradient.
    void softmaxCrossEntropyGradient(
            Matrix probabilities,
            int[] rows,
            int[] classes,
            Matrix weights,
            float scale,
            Matrix gradient,
            int from,
            int to);
}
