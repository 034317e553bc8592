package dev.hypha.learn;

import dev.hypha.tensor.Tensor;

/// A model with a part that learns first, by a loss of its own, and then stays as it is while the rest learns.
///
/// @param <B> what it looks at
public interface PretrainedModel<B extends Batch> extends Model<B> {
    /// The part that learns first, by the name that the model gives it ([Context#part]). All of its parameters are
    /// asked for by [#loss]; `forward` reads them by [Context#fixed].
    String pretrained();

    /// How many steps it learns for, each on a batch of the training; the learning rate is the training's highest.
    int pretraining();

    /// What is small where the part has learned, shape [1, 1]. As for `forward`, it does not look at numbers in
    /// tensors.
    Tensor loss(Context c, B in);
}
