package dev.hypha.learn;

import dev.hypha.tensor.KernelProvider;
import dev.hypha.tensor.Memory;
import dev.hypha.tensor.Parameter;
import dev.hypha.tensor.Tape;
import dev.hypha.tensor.Tensor;
import dev.hypha.tensor.Workspace;
import java.util.stream.IntStream;

/// What a training will need, found by one small step before it starts.
///
/// @param parameters numbers that will be trained
/// @param bytes of off-heap memory at most, beyond what features and graph hold already: parameters with gradients,
/// their
///     best copy, the optimiser's two averages, and the values of one step
public record TrainingEstimate(long parameters, long bytes) {
    /// Rows of the step that is measured; the whole batch where it is smaller.
    private static final int SAMPLE = 32;

    /// For batches whose trees are larger than those measured.
    private static final double MARGIN = 1.5;

    /// Measures one step on evenly spread rows and scales it to a whole batch.
    ///
    /// @param setup of the training; its memory is not touched
    /// @param key source of randomness
    public static <B extends Batch> TrainingEstimate of(Trainer.Setup<B> setup, long key) {
        int batch = Math.min(setup.options().batch(), setup.train().count());
        int sample = Math.min(SAMPLE, batch);
        int[] rows = IntStream.range(0, sample)
                .map(i -> (int) ((long) i * setup.train().count() / sample))
                .toArray();
        try (Memory memory = Memory.unlimited();
                Workspace workspace = new Workspace(memory);
                Weights weights = new Weights(memory, key)) {
            step(setup, setup.train().batch(rows, key), setup.provider(), workspace, weights);
            long values = 0;
            for (Parameter p : weights.parameters()) values += p.value().size();
            double activations = (double) workspace.peak() * batch / sample;
            return new TrainingEstimate(values, 5 * Float.BYTES * values + (long) (MARGIN * activations));
        }
    }

    private static <B extends Batch> void step(
            Trainer.Setup<B> setup, B batch, KernelProvider provider, Workspace workspace, Weights weights) {
        try (Tape tape = new Tape(provider, workspace, true)) {
            Context c = new Context(tape, weights, setup.target().outputs(), true, 0);
            Tensor logits = setup.model().forward(c, batch);
            setup.target().loss(c, logits, batch, setup.options()).backward();
        }
    }
}
