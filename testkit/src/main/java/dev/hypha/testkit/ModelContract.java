package dev.hypha.testkit;

import dev.hypha.learn.Batch;
import dev.hypha.learn.Context;
import dev.hypha.learn.Model;
import dev.hypha.learn.NodeModel;
import dev.hypha.learn.RowModel;
import dev.hypha.learn.Weights;
import dev.hypha.tensor.KernelProvider;
import dev.hypha.tensor.Memory;
import dev.hypha.tensor.Parameter;
import dev.hypha.tensor.Tape;
import dev.hypha.tensor.Tensor;
import dev.hypha.tensor.Workspace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;

/// What every model promises, whatever its paper says: one clause each, checked on a [Trial]. For a model of one's
/// own, `ModelContract.checkAll(model, key)` in a test is enough.
public enum ModelContract {
    /// The logits have shape [seeds, outputs], for any number of either.
    SHAPE,
    /// The same batch gets the same bits again, and so on one thread or three, forward and backward.
    SAME_BITS,
    /// How the rows of a table are numbered does not matter, beyond rounding.
    NUMBERING,
    /// In which order references are read does not matter at all.
    READING_ORDER,
    /// What is said of a seed does not depend on the other seeds of its batch, beyond rounding.
    BATCH_MATES,
    /// The parameters are all made in the first pass, even if that saw a single seed to which nothing is visible.
    FIRST_PASS,
    /// Every parameter gets a gradient from some batch: none is there for nothing.
    NO_IDLE_PARAMETER,
    /// Saved and loaded, the weights give the same bits.
    SAVED,
    /// The gradient agrees with finite differences along a random direction.
    GRADIENT;

    private static final int SMALL = 16;
    private static final int SEEDS = 9;

    /// Checks all clauses.
    ///
    /// @throws AssertionError for the first that does not hold, naming it
    public static void checkAll(Model<?> model, long key) {
        for (ModelContract clause : values()) clause.check(model, key);
    }

    /// Checks this clause on random data of the kind that the model reads.
    ///
    /// @param model a record best made small; it may have any options
    /// @param key of the data and the weights
    /// @throws AssertionError when it does not hold
    /// @throws IllegalArgumentException for a model of a kind of batch of its own, which needs a [Trial] of its own
    public void check(Model<?> model, long key) {
        switch (model) {
            case RowModel rows -> check(rows, DatabaseTrial.of(rows.fanouts().size(), key, SMALL), key);
            case NodeModel nodes -> check(nodes, new RandomNodes(nodes.layers(), key, SMALL), key);
            default -> throw new IllegalArgumentException("no data is known for " + model);
        }
    }

    /// Checks this clause on given data, which is closed in the end.
    public <B extends Batch> void check(Model<B> model, Trial<B> trial, long key) {
        try (Bench<B> bench = new Bench<>(model, trial, key)) {
            switch (this) {
                case SHAPE -> shape(bench);
                case SAME_BITS -> sameBits(bench);
                case NUMBERING -> numbering(bench);
                case READING_ORDER -> readingOrder(bench);
                case BATCH_MATES -> batchMates(bench);
                case FIRST_PASS -> firstPass(bench);
                case NO_IDLE_PARAMETER -> noIdleParameter(bench);
                case SAVED -> saved(bench);
                case GRADIENT -> gradient(bench);
            }
        }
    }

    private <B extends Batch> void shape(Bench<B> bench) {
        for (int outputs : new int[] {1, 4}) {
            for (int seeds : new int[] {1, SEEDS}) {
                try (Weights weights = bench.weights()) {
                    int given = bench.logits(bench.trial.batch(seeds), weights, outputs).length;
                    require(
                            given == seeds * outputs,
                            given + " logits for " + seeds + " seeds and " + outputs + " outputs");
                }
            }
        }
    }

    private <B extends Batch> void sameBits(Bench<B> bench) {
        try (Trial<B> large = bench.trial.ofSize(400);
                Weights weights = bench.weights();
                KernelProvider one = KernelProvider.choose(1);
                KernelProvider three = KernelProvider.choose(3)) {
            B batch = large.batch(200);
            float[] first = bench.logitsAndGradient(batch, weights, one);
            require(Arrays.equals(first, bench.logitsAndGradient(batch, weights, one)), "a second pass differs");
            require(
                    Arrays.equals(first, bench.logitsAndGradient(batch, weights, three)),
                    "three threads differ from one");
        }
    }

    private <B extends Batch> void numbering(Bench<B> bench) {
        try (Weights weights = bench.weights();
                Trial<B> renumbered = bench.trial.renumbered(bench.key + 1)) {
            float[] expected = bench.logits(bench.trial.batch(SEEDS), weights, 1);
            float[] got = bench.logits(renumbered.batch(SEEDS), weights, 1);
            requireClose(expected, got, "numbered otherwise");
        }
    }

    private <B extends Batch> void readingOrder(Bench<B> bench) {
        try (Weights weights = bench.weights();
                Trial<B> backwards = bench.trial.readBackwards()) {
            float[] expected = bench.logits(bench.trial.batch(SEEDS), weights, 1);
            float[] got = bench.logits(backwards.batch(SEEDS), weights, 1);
            require(Arrays.equals(expected, got), "references read backwards change the bits");
        }
    }

    private <B extends Batch> void batchMates(Bench<B> bench) {
        try (Weights weights = bench.weights()) {
            float[] together = bench.logits(bench.trial.batch(SEEDS), weights, 1);
            float[] apart = new float[SEEDS];
            for (int i = 0; i < SEEDS; i++) apart[i] = bench.logits(bench.trial.alone(i), weights, 1)[0];
            requireClose(together, apart, "alone in a batch");
        }
    }

    private <B extends Batch> void firstPass(Bench<B> bench) {
        try (Weights weights = bench.weights()) {
            bench.logits(bench.trial.bare(), weights, 1);
            weights.seal();
            bench.logits(bench.trial.batch(SEEDS), weights, 1);
        } catch (IllegalStateException e) {
            throw new AssertionError(this + ": " + e.getMessage(), e);
        }
    }

    private <B extends Batch> void noIdleParameter(Bench<B> bench) {
        try (Trial<B> large = bench.trial.ofSize(60);
                Weights weights = bench.weights();
                KernelProvider provider = KernelProvider.choose(1)) {
            bench.logitsAndGradient(large.batch(60), weights, provider);
            for (Parameter p : weights.parameters()) {
                boolean idle = p.trained()
                        && IntStream.range(0, p.gradient().shape().elements())
                                .allMatch(i -> p.gradient().at(i) == 0);
                require(!idle, "parameter '" + p.name() + "' gets no gradient");
            }
        }
    }

    private <B extends Batch> void saved(Bench<B> bench) {
        try (Weights weights = bench.weights();
                Memory memory = Memory.unlimited()) {
            B batch = bench.trial.batch(SEEDS);
            float[] before = bench.logits(batch, weights, 2);
            Path folder = Files.createTempDirectory("hypha-contract");
            Path file = folder.resolve("weights.safetensors");
            try {
                weights.save(file);
                try (Weights loaded = Weights.load(memory, file)) {
                    require(Arrays.equals(before, bench.logits(batch, loaded, 2)), "loaded weights give other bits");
                }
            } finally {
                Files.deleteIfExists(file);
                Files.delete(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private <B extends Batch> void gradient(Bench<B> bench) {
        try (Weights weights = bench.weights();
                KernelProvider provider = KernelProvider.choose(1)) {
            B batch = bench.trial.batch(SEEDS);
            bench.logits(batch, weights, 2);
            weights.seal();
            try {
                GradientCheck.run(
                                provider, weights.parameters(), tape -> bench.pass(tape, weights, 2, batch), bench.key)
                        .require();
            } catch (AssertionError e) {
                throw new AssertionError(this + ": " + e.getMessage(), e);
            }
        }
    }

    private void require(boolean holds, String otherwise) {
        if (!holds) throw new AssertionError(this + ": " + otherwise);
    }

    private void requireClose(float[] expected, float[] got, String when) {
        for (int i = 0; i < expected.length; i++) {
            float gap = Math.abs(expected[i] - got[i]);
            require(
                    gap <= 1e-4f * Math.max(1, Math.abs(expected[i])),
                    "seed " + i + " gets " + got[i] + " instead of " + expected[i] + " when " + when);
        }
    }

    /// A model and what it is tried on.
    private static final class Bench<B extends Batch> implements AutoCloseable {
        final Model<B> model;
        final long key;
        final Trial<B> trial;
        private final Memory memory = Memory.unlimited();
        private final Workspace workspace = new Workspace(memory);
        private final KernelProvider provider = KernelProvider.choose(2);

        Bench(Model<B> model, Trial<B> trial, long key) {
            this.model = model;
            this.key = key;
            this.trial = trial;
        }

        Weights weights() {
            return new Weights(memory, key);
        }

        Tensor pass(Tape tape, Weights weights, int outputs, B batch) {
            return batch.ofSeeds(model.forward(new Context(tape, weights, outputs, false, key), batch));
        }

        float[] logits(B batch, Weights weights, int outputs) {
            try (Tape tape = new Tape(provider, workspace, false)) {
                return pass(tape, weights, outputs, batch).value().toArray();
            }
        }

        /// Logits in training, and after them the gradients of all parameters.
        float[] logitsAndGradient(B batch, Weights weights, KernelProvider on) {
            try (Tape tape = new Tape(on, workspace, true)) {
                Tensor logits = batch.ofSeeds(model.forward(new Context(tape, weights, 1, true, key), batch));
                float[] label = batch.labels();
                float[] out = logits.value().toArray();
                weights.parameters().zeroGradients();
                logits.binaryCrossEntropyWithLogits(tape.constant(label.length, 1, label))
                        .backward();
                for (Parameter p : weights.parameters()) {
                    if (p.trained()) out = concat(out, p.gradient().toArray());
                }
                return out;
            }
        }

        private static float[] concat(float[] a, float[] b) {
            float[] out = Arrays.copyOf(a, a.length + b.length);
            System.arraycopy(b, 0, out, a.length, b.length);
            return out;
        }

        @Override
        public void close() {
            trial.close();
            provider.close();
            workspace.close();
            memory.close();
        }
    }
}
