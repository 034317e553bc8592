package dev.hypha.relational.predict;

import dev.hypha.learn.TrainingEstimate;

/// What the graph model takes beyond graph and features: while it is trained, and while it answers with the
/// best weights alone.
///
/// @param answering bytes of activations of one batch of answers
/// @param seeds how many trainings come one after the other, whose weights are all kept
record GraphNeed(TrainingEstimate training, long answering, int seeds) {
    /// At most, in bytes.
    long bytes() {
        long weights = Float.BYTES * training.parameters();
        return (seeds - 1L) * weights + Math.max(training.bytes(), weights + answering);
    }

    /// Of these for parameters, at most.
    long parameterBytes() {
        return (seeds - 1L) * Float.BYTES * training.parameters() + training.parameterBytes();
    }

    /// Of these for activations, at most.
    long activationBytes() {
        return Math.max(training.activationBytes(), answering);
    }
}
