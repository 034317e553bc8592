package dev.hypha.relational.predict;

import dev.hypha.graph.sampling.Pick;
import dev.hypha.graph.sampling.Subgraph;
import dev.hypha.graph.sampling.TemporalSampler;
import dev.hypha.learn.BatchSource;
import dev.hypha.learn.GraphBatches;
import dev.hypha.learn.Predictor;
import dev.hypha.learn.Progress;
import dev.hypha.learn.RowBatch;
import dev.hypha.learn.RowModel;
import dev.hypha.learn.Seeds;
import dev.hypha.learn.Target;
import dev.hypha.learn.Trainer;
import dev.hypha.learn.Training;
import dev.hypha.learn.TrainingEstimate;
import dev.hypha.learn.Weights;
import dev.hypha.relational.task.SeedTable;
import dev.hypha.tensor.KernelProvider;
import dev.hypha.tensor.Memory;
import java.util.stream.IntStream;

/// The graph model at work on one database: batches around seeds, training, answers.
///
/// @param own the seeds' own standardised numbers, row-major, one row per row of the seed table
@SuppressWarnings("ArrayRecordComponent") // A column of numbers; two rivals are never compared.
record GraphRival(
        RowModel model,
        Target target,
        Inputs inputs,
        SeedTable table,
        float[] own,
        KernelProvider provider,
        Memory memory) {
    /// Rows answered at a time; bounds the memory of a pass, not its result.
    private static final int ROWS_AT_A_TIME = 256;

    /// Key of the sampling when answering, so that the same rows get the same neighbors whatever the
    /// training's seed.
    private static final long ANSWER_KEY = 0x5eed;

    /// @param rows to learn from
    /// @param deciding rows that stop the training
    /// @return its weights are the caller's
    Trainer.Trained train(Training options, int[] rows, int[] deciding, Trainer.Control control, long seed) {
        try (Trainer<RowBatch> trainer = new Trainer<>(setup(options, rows, deciding), control, seed)) {
            return trainer.train();
        }
    }

    /// What such trainings will need, and then the answers for all rows.
    ///
    /// @param seed of the first
    /// @param seeds how many
    GraphNeed need(Training options, int[] rows, int[] deciding, long seed, int seeds) {
        TrainingEstimate training = TrainingEstimate.of(setup(options, rows, deciding), seed);
        int[] all = IntStream.range(0, table.size()).toArray();
        try (Memory counted = Memory.counting();
                Weights weights = new Weights(counted, seed)) {
            long answering = predictor(weights).bytes(batches(all, Pick.LAST), ROWS_AT_A_TIME, ANSWER_KEY);
            return new GraphNeed(training, answering, seeds);
        }
    }

    private Trainer.Setup<RowBatch> setup(Training options, int[] rows, int[] deciding) {
        return new Trainer.Setup<>(
                model,
                options,
                target,
                Measurement.deciding(table.kind()),
                batches(rows, Pick.UNIFORM),
                batches(deciding, Pick.LAST),
                provider,
                memory);
    }

    /// Answers for the given rows of the seed table, row-major, shape [rows, outputs].
    float[] answer(Weights weights, int[] rows, Progress progress) {
        return predictor(weights).predict(batches(rows, Pick.LAST), ROWS_AT_A_TIME, ANSWER_KEY, progress);
    }

    /// The same with other numbers of the seeds' own.
    ///
    /// @param numbers standardised, one row per given row
    float[] answer(Weights weights, int[] rows, float[] numbers) {
        Seeds chosen = Inputs.seeds(table, own).rows(rows);
        Seeds seeds = new Seeds(chosen.node(), chosen.time(), chosen.cutoff(), chosen.label(), numbers);
        return predictor(weights).predict(batches(seeds, Pick.LAST), ROWS_AT_A_TIME, ANSWER_KEY, Progress.SILENT);
    }

    /// What training samples around the given rows, to be audited.
    Subgraph sampled(int[] rows) {
        return batches(rows, Pick.UNIFORM)
                .batch(IntStream.range(0, rows.length).toArray(), ANSWER_KEY)
                .subgraph();
    }

    private Predictor<RowBatch> predictor(Weights weights) {
        return new Predictor<>(model, weights, target, provider, memory);
    }

    private BatchSource<RowBatch> batches(int[] rows, Pick pick) {
        return batches(Inputs.seeds(table, own).rows(rows), pick);
    }

    private BatchSource<RowBatch> batches(Seeds seeds, Pick pick) {
        int[] fanouts = model.fanouts().stream().mapToInt(Integer::intValue).toArray();
        int seedType = inputs.database().plan().nodeType(table.entityTable());
        return new GraphBatches(
                inputs.database().graph(), inputs.features(), new TemporalSampler(fanouts, pick), seedType, seeds);
    }
}
