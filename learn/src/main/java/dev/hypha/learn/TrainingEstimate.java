package dev.hypha.learn;

import dev.hypha.tensor.KernelProvider;
import dev.hypha.tensor.Memory;
import dev.hypha.tensor.Purpose;

/// What a training will need off the heap, known before it starts: the training itself is prepared in a memory
/// that only counts. Exact where every step sees the same batch; where batches are sampled, as near as they are
/// alike.
///
/// @param parameters numbers that will be trained
/// @param parameterBytes held for them: values, gradients, the best values so far, the optimiser's averages
/// @param activationBytes held for what one step or one validation pass computes
public record TrainingEstimate(long parameters, long parameterBytes, long activationBytes) {
    /// Prepares a training without doing it.
    ///
    /// @param setup of the training; its memory is not touched
    /// @param key of the training
    public static <B extends Batch> TrainingEstimate of(Trainer.Setup<B> setup, long key) {
        try (Memory counted = Memory.counting();
                KernelProvider dry = setup.provider().dry();
                Trainer<B> trainer = new Trainer<>(setup.on(dry, counted), Trainer.Control.NONE, key)) {
            long activationBytes = trainer.prepare();
            return new TrainingEstimate(trainer.parameters(), counted.peak(Purpose.PARAMETERS), activationBytes);
        }
    }

    /// Bytes at most, beyond what features and graph hold already.
    public long bytes() {
        return parameterBytes + activationBytes;
    }
}
