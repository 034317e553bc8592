package dev.hypha.learn;

import dev.hypha.tensor.Tensor;

/// A method that answers for the seeds of a batch. Best a record whose components are its hyper-parameters, each with
/// an [Option]; it holds no weights: those it asks its [Context] for, by name.
///
/// @param <B> what it looks at
public interface Model<B extends Batch> {
    /// What the method says about the seeds. It does not look at the numbers in tensors: before a training it is
    /// run without any, to make its parameters and to find out what memory it takes.
    ///
    /// @return logits, shape [seeds, c.outputs()]; or a row for every node where the batch tells which rows are
    ///     those of the seeds, see [Batch#answers]
    Tensor forward(Context c, B in);
}
