package dev.hypha.learn;

import dev.hypha.learn.metrics.Outcomes;
import dev.hypha.tensor.KernelProvider;
import dev.hypha.tensor.Memory;
import dev.hypha.tensor.Tape;
import dev.hypha.tensor.Tensor;
import dev.hypha.tensor.Workspace;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;

/// Answers for rows with a model whose weights are there.
///
/// @param <B> what the model looks at
/// @param model the method
/// @param weights its parameters, closed
/// @param target what is predicted
/// @param provider the kernels to run on
/// @param memory what a pass lives in
public record Predictor<B extends Batch>(
        Model<B> model, Weights weights, Target target, KernelProvider provider, Memory memory) {
    private static final int TRIED = 4;

    /// Answers for every row of a source.
    ///
    /// @param batch rows at a time; has no influence on the answers beyond rounding
    /// @param key source of the randomness of sampling
    /// @return probabilities or values, row-major, shape [source.count(), target.outputs()]
    /// @throws CancellationException when the thread is interrupted
    public float[] predict(BatchSource<B> source, int batch, long key, Progress progress) {
        try (Workspace workspace = new Workspace(memory)) {
            workspace.reserve(bytes(source, batch, key));
            return predict(source, batch, key, progress, workspace);
        }
    }

    /// Bytes that answering takes at a time, found on some batches from first to last by passes without numbers.
    ///
    /// @param batch rows at a time
    /// @param key as for [#predict]
    public long bytes(BatchSource<B> source, int batch, long key) {
        try (Memory counted = Memory.counting();
                KernelProvider dry = provider.dry();
                Workspace trial = new Workspace(counted)) {
            // Rows are often ordered by time, and later ones see more: the last full batch is one of those tried.
            int last = Math.max(0, source.count() / batch - 1);
            int tried = Math.min(TRIED, Math.ceilDiv(source.count(), batch));
            for (int i = 0; i < tried; i++) {
                try (Tape tape = new Tape(dry, trial, false)) {
                    int chosen = tried == 1 ? 0 : (int) ((long) last * i / (tried - 1));
                    forward(tape, rows(source, chosen, batch, key)).value();
                }
            }
            return trial.extent();
        }
    }

    float[] predict(BatchSource<B> source, int batch, long key, Progress progress, Workspace workspace) {
        int outputs = target.outputs();
        float[] logits = new float[source.count() * outputs];
        int batches = Math.ceilDiv(source.count(), batch);
        progress.stage("predicting", source.count());
        try (Prefetch<B> prefetch = new Prefetch<>(batches, provider.threads(), b -> rows(source, b, batch, key))) {
            for (int at = 0; prefetch.hasNext(); ) {
                float[] some = logits(prefetch.next(), workspace);
                System.arraycopy(some, 0, logits, at, some.length);
                at += some.length;
                progress.at(at / outputs, "");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("prediction was interrupted");
        }
        return target.predictions(logits);
    }

    /// What is predicted for a source's rows beside their labels.
    public Outcomes outcomes(float[] predicted, float[] labels) {
        return new Outcomes(target.kind(), target.outputs(), predicted, labels);
    }

    private static <B extends Batch> B rows(BatchSource<B> source, int b, int size, long key) {
        int[] rows = IntStream.range(b * size, Math.min(source.count(), (b + 1) * size))
                .toArray();
        return source.batch(rows, Keys.split(key, b));
    }

    private float[] logits(B batch, Workspace workspace) {
        try (Tape tape = new Tape(provider, workspace, false)) {
            return forward(tape, batch).value().toArray();
        }
    }

    private Tensor forward(Tape tape, B batch) {
        return batch.ofSeeds(model.forward(new Context(tape, weights, target.outputs(), false, 0), batch));
    }
}
