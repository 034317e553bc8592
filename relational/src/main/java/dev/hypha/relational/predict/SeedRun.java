package dev.hypha.relational.predict;

import dev.hypha.learn.Epoch;
import dev.hypha.learn.Trainer;
import dev.hypha.learn.Weights;
import dev.hypha.relational.task.SeedTable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Everything trained with one seed: the rivals, the models, and which of them answers.
///
/// @param answers predictions of every rival for all rows of the seed table, by name as in results
/// @param blend how the answering model mixes the graph model and the trees
/// @param model the answers of that mixture
/// @param history the graph model's learning curve; empty where none was trained
@SuppressWarnings("ArrayRecordComponent") // Columns of numbers; two runs are never compared.
record SeedRun(
        long seed,
        Map<String, float[]> answers,
        Blend blend,
        float[] model,
        GrownTrees trees,
        Optional<Weights> weights,
        List<Epoch> history,
        int bestEpoch)
        implements AutoCloseable {
    static final String GRAPH = "graph";
    static final String TREES = "trees-windows";

    /// By how much, relatively, another share than one half has to be better on the rows that decide.
    private static final double MARGIN = 0.005;

    /// Trains what the request asks for.
    ///
    /// @param rivals answers that do not depend on the seed
    static SeedRun of(Workbench bench, Map<String, float[]> rivals, long seed, Trainer.Control control) {
        Map<String, float[]> answers = new LinkedHashMap<>(rivals);
        GrownTrees trees = bench.growTrees(seed);
        answers.put(TREES, bench.answers(trees));
        if (bench.request().model().equals("trees")) {
            float[] answer = answers.get(TREES);
            return new SeedRun(seed, answers, new Blend(0), answer, trees, Optional.empty(), List.of(), 0);
        }
        Trainer.Trained graph = bench.trainGraph(seed, control);
        answers.put(GRAPH, bench.answers(graph.weights()));
        Blend blend = bench.request().model().equals("graph") ? new Blend(1) : choose(bench, answers);
        float[] mixed = Blend.mix(answers.get(GRAPH), answers.get(TREES), blend.graphShare());
        return new SeedRun(
                seed, answers, blend, mixed, trees, Optional.of(graph.weights()), graph.history(), graph.bestEpoch());
    }

    private static Blend choose(Workbench bench, Map<String, float[]> answers) {
        SeedTable seeds = bench.job().task().seeds();
        return Blend.choose(seeds, answers.get(GRAPH), answers.get(TREES), bench.deciding(), MARGIN);
    }

    @Override
    public void close() {
        weights.ifPresent(Weights::close);
    }
}
