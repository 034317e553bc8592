package dev.hypha.learn;

import dev.hypha.tensor.Tensor;
import java.util.Optional;

/// What a model looks at to answer for some seeds. Plain data, made on any thread; each kind of data has its own kind
/// of batch, and a model says which kind it reads.
public interface Batch {
    /// The labels of the seeds in order, one number each, or one per seed and class (row-major) for multilabel; empty
    /// where unknown.
    float[] labels();

    /// The labels as numbers of classes, where they are that.
    default int[] classes() {
        float[] labels = labels();
        int[] classes = new int[labels.length];
        for (int i = 0; i < classes.length; i++) classes[i] = (int) labels[i];
        return classes;
    }

    /// Which rows of a model's answer are those of the seeds in order, where not all rows are: a pass over a
    /// whole graph has a row for every node.
    default Optional<int[]> answers() {
        return Optional.empty();
    }

    /// The rows of a model's answer that are those of the seeds, in order.
    default Tensor ofSeeds(Tensor answer) {
        return answers().map(answer::gather).orElse(answer);
    }
}
