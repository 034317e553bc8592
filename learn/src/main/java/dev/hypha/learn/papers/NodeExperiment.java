package dev.hypha.learn.papers;

import dev.hypha.learn.Place;
import dev.hypha.learn.Trainer;
import dev.hypha.learn.data.Datasets;
import dev.hypha.learn.data.NodeData;
import dev.hypha.learn.data.Splits;
import dev.hypha.learn.node.Method;
import dev.hypha.learn.node.NodeLearner;
import dev.hypha.learn.node.NodeOutcome;
import dev.hypha.learn.node.Part;
import dev.hypha.learn.papers.Measured.Run;
import dev.hypha.learn.papers.Reproduction.Experiment;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Predicts nodes of a named set of data.
public final class NodeExperiment implements Experiment {
    private final Trial trial;
    private final NodeData data;
    private final NodeLearner learner;

    /// @param place where; it stays open as long as this
    /// @throws dev.hypha.graph.InputException where the data cannot be had
    public NodeExperiment(Trial trial, Place place) {
        this.trial = trial;
        this.data = Datasets.open(trial.data(), place.memory());
        this.learner = NodeLearner.of(method(trial), data, place);
    }

    /// What a trial asks for.
    ///
    /// @throws dev.hypha.graph.InputException for a model, an option or a value that does not exist
    static Method method(Trial trial) {
        Map<String, List<String>> options = new HashMap<>();
        trial.options().forEach((name, value) -> options.put(name, List.of(value)));
        trial.training().forEach((name, value) -> options.put(name, List.of(value)));
        return Method.of(trial.method(), options).getFirst();
    }

    @Override
    public Run run(long seed) {
        long start = System.nanoTime();
        try (NodeOutcome outcome = learner.run(Splits.of(data, trial.split(), seed), seed, Trainer.Control.NONE)) {
            double seconds = (System.nanoTime() - start) / 1e9;
            String metric = trial.metric().label();
            return new Run(outcome.metric(Part.TEST, metric), outcome.metric(Part.VALIDATION, metric), seconds);
        }
    }

    @Override
    public void close() {
        learner.close();
        data.close();
    }
}
