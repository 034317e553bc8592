package dev.hypha.learn.papers;

import dev.hypha.graph.InputException;
import dev.hypha.learn.NodeModel;
import dev.hypha.learn.Options;
import dev.hypha.learn.Trainer;
import dev.hypha.learn.data.Datasets;
import dev.hypha.learn.data.NodeData;
import dev.hypha.learn.data.Split;
import dev.hypha.learn.node.NodeOptions;
import dev.hypha.learn.node.NodeOutcome;
import dev.hypha.learn.node.NodeTask;
import dev.hypha.learn.node.NodeTraining;
import dev.hypha.learn.node.Part;
import dev.hypha.learn.node.Place;
import dev.hypha.learn.papers.Measured.Run;
import dev.hypha.learn.papers.Reproduction.Experiment;
import dev.hypha.learn.zoo.Catalogue;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Predicts nodes of a named set of data.
public final class NodeExperiment implements Experiment {
    private final Trial trial;
    private final NodeData data;
    private final NodeTraining training;

    /// @param place where; it stays open as long as this
    /// @throws InputException where the data cannot be had
    public NodeExperiment(Trial trial, Place place) {
        this.trial = trial;
        this.data = Datasets.open(trial.data(), place.memory());
        this.training = new NodeTraining(task(trial, data), place);
    }

    /// What a trial asks for. Its options of training are those of [dev.hypha.learn.Training] and of [NodeOptions].
    static NodeTask task(Trial trial, NodeData data) {
        List<String> names =
                Options.of(NodeOptions.class).stream().map(Options.Entry::name).toList();
        Map<String, String> options = new HashMap<>(trial.training());
        options.keySet().retainAll(names);
        Map<String, String> training = new HashMap<>(trial.training());
        training.keySet().removeAll(names);
        return new NodeTask(
                data,
                (NodeModel) Catalogue.named(trial.method()).make(trial.options()),
                NodeOptions.training(training),
                Options.read(NodeOptions.class, options));
    }

    @Override
    public Run run(long seed) {
        long start = System.nanoTime();
        try (NodeOutcome outcome = training.run(split(seed), seed, Trainer.Control.NONE)) {
            double seconds = (System.nanoTime() - start) / 1e9;
            String metric = trial.metric().label();
            return new Run(outcome.metric(Part.TEST, metric), outcome.metric(Part.VALIDATION, metric), seconds);
        }
    }

    /// The split of that name, or the one of the family of that name whose turn it is.
    private Split split(long seed) {
        List<Split> splits = data.splits().stream()
                .filter(split ->
                        split.name().equals(trial.split()) || split.family().equals(trial.split()))
                .toList();
        if (splits.isEmpty()) throw new IllegalStateException(trial.data() + " has no split " + trial.split());
        return splits.get((int) Math.floorMod(seed, (long) splits.size()));
    }

    @Override
    public void close() {
        training.close();
        data.close();
    }
}
