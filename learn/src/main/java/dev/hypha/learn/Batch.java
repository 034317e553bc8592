package dev.hypha.learn;

/// What a model looks at to answer for some seeds. Plain data, made on any thread; each kind of data has its own kind
/// of batch, and a model says which kind it reads.
public interface Batch {
    /// The labels of the seeds in order, one number each, or one per seed and class (row-major) for multilabel; empty
    /// where unknown.
    float[] labels();
}
