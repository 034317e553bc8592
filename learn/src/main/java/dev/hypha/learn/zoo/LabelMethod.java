package dev.hypha.learn.zoo;

import dev.hypha.tensor.KernelProvider;
import dev.hypha.tensor.Memory;

/// A method that answers for all nodes of a graph at once from the labels that are known of some, without the trainer
/// that models have: it has no parameters, or trains them its own way. Best a record whose components are its
/// hyper-parameters, each with an `Option`.
public interface LabelMethod {
    /// How likely each node is of each class.
    ///
    /// @param provider the kernels to run on
    /// @param memory for what is worked out on the way; nothing of it is held afterwards
    /// @param key source of all randomness
    /// @return row-major, shape [nodes, classes]; rows sum to 1
    float[] answer(LabelProblem problem, KernelProvider provider, Memory memory, long key);
}
