package dev.hypha.learn.node;

import dev.hypha.learn.NodeModel;
import dev.hypha.learn.Place;
import dev.hypha.learn.Trainer;
import dev.hypha.learn.Weights;
import dev.hypha.learn.data.NodeData;
import dev.hypha.learn.data.Split;
import dev.hypha.learn.zoo.LabelMethod;

/// A method made ready for one graph: learns and measures with as many seeds and splits as are asked for.
public interface NodeLearner extends AutoCloseable {
    /// The learner of a method.
    ///
    /// @throws dev.hypha.graph.InputException where the method cannot do the task
    static NodeLearner of(Method method, NodeData data, Place place) {
        NodeData seen = RewiredData.of(method, data, place);
        return switch (method.model()) {
            case NodeModel model ->
                new NodeTraining(new NodeTask(seen, model, method.training(), method.options()), place);
            case LabelMethod labels -> new LabelLearner(labels, method, seen, place);
            default -> throw new IllegalArgumentException(method.name() + " is no method for nodes");
        };
    }

    /// @throws dev.hypha.graph.InputException where a split has nobody to learn from, or somebody without
    ///     a label
    void check(Split split);

    /// What a step would look at and what the work would take.
    NodePlan plan(Split split, long seed);

    /// Learns with one seed and measures; the outcome is the caller's to close.
    NodeOutcome run(Split split, long seed, Trainer.Control control);

    /// Answers for every node as [#run] did.
    ///
    /// @param weights that it gave
    NodeAnswers answers(Split split, long seed, Weights weights);

    @Override
    void close();
}
