package dev.hypha.learn.node;

import dev.hypha.graph.InputException;
import dev.hypha.learn.Keys;
import dev.hypha.learn.NodeModel;
import dev.hypha.learn.Place;
import dev.hypha.learn.Target;
import dev.hypha.learn.TaskKind;
import dev.hypha.learn.Trainer;
import dev.hypha.learn.TrainingEstimate;
import dev.hypha.learn.Weights;
import dev.hypha.learn.data.NodeData;
import dev.hypha.learn.data.Split;
import dev.hypha.learn.zoo.Catalogue;
import dev.hypha.learn.zoo.CorrectAndSmooth;
import dev.hypha.learn.zoo.LabelMethod;
import dev.hypha.learn.zoo.LabelProblem;
import dev.hypha.tensor.Matrix;
import dev.hypha.tensor.Memory;
import dev.hypha.tensor.Purpose;
import dev.hypha.tensor.StoredMatrix;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// A method that needs no trainer, on one graph. One that betters another's answers is given those of a
/// model that is trained first.
final class LabelLearner implements NodeLearner {
    private final LabelMethod labels;
    private final Method method;
    private final NodeData data;
    private final Place place;
    private final Measures measures;
    private final StoredMatrix features;

    /// @throws InputException where nodes do not have one of several classes each, or some are to be hidden
    LabelLearner(LabelMethod labels, Method method, NodeData data, Place place) {
        if (data.kind() != TaskKind.MULTICLASS && data.kind() != TaskKind.BINARY) {
            throw new InputException(
                    "wrong-task",
                    "the method " + method.name() + " tells classes apart, and the task is "
                            + data.kind().label(),
                    Map.of("model", method.name()),
                    "Take another model, such as gcn.");
        }
        if (method.options().inductive()) {
            throw new InputException(
                    "bad-option",
                    "the method " + method.name() + " looks at all nodes at once, and --inductive hides some",
                    Map.of("option", "--inductive"),
                    "Leave it out, or take another model, such as gcn.");
        }
        this.labels = labels;
        this.method = method;
        this.data = data;
        this.place = place;
        this.measures = new Measures(data);
        this.features = features();
    }

    /// A method that betters another's answers reads features by that one alone, which has its own.
    private StoredMatrix features() {
        int[] everyone = IntStream.range(0, data.nodes()).toArray();
        return labels instanceof CorrectAndSmooth
                ? data.features()
                : method.options().seen(data.features(), everyone, place.memory());
    }

    @Override
    public void check(Split split) {
        measures.requireKnown(split);
    }

    /// Nothing is trained, and what is worked out on the way is not known before.
    @Override
    public NodePlan plan(Split split, long seed) {
        return new NodePlan(NodeOptions.Pass.WHOLE, new TrainingEstimate(0, 0, 0));
    }

    @Override
    public NodeOutcome run(Split split, long seed, Trainer.Control control) {
        check(split);
        long start = System.nanoTime();
        float[] predicted = predicted(split, seed, control);
        double seconds = (System.nanoTime() - start) / 1e9;
        Target target = target(split);
        return new NodeOutcome(
                seed,
                split,
                measures.of(split, predicted, target),
                predicted,
                target,
                List.of(),
                0,
                new Weights(place.memory(), 0),
                seconds);
    }

    @Override
    public NodeAnswers answers(Split split, long seed, Weights weights) {
        return new NodeAnswers(predicted(split, seed, Trainer.Control.NONE), target(split));
    }

    private Target target(Split split) {
        return Target.fit(data.kind(), data.classes(), data.target().of(split.train()));
    }

    private float[] predicted(Split split, long seed, Trainer.Control control) {
        int classes = data.target().names().size();
        try (Memory memory = new Memory(place.memory().limit() - place.memory().live());
                Matrix base = labels instanceof CorrectAndSmooth ? base(split, seed, control, memory) : null) {
            LabelProblem problem = new LabelProblem(
                    data.edges(), classes, known(split.train()), known(split.validation()), features, base);
            float[] rows = labels.answer(problem, place.provider(), memory, Keys.split(seed, "labels"));
            return data.kind() == TaskKind.BINARY ? second(rows) : rows;
        }
    }

    private int[] known(int[] nodes) {
        int[] all = new int[data.nodes()];
        Arrays.fill(all, LabelProblem.UNKNOWN);
        for (int node : nodes) all[node] = (int) data.labels()[node];
        return all;
    }

    /// What the base model says, a probability per class.
    private Matrix base(Split split, long seed, Trainer.Control control, Memory memory) {
        String name = method.options().base().label();
        NodeModel model = (NodeModel) Catalogue.named(name).make(Map.of());
        NodeTask task = new NodeTask(data, model, method.training(), method.options());
        try (NodeTraining training = new NodeTraining(task, place);
                NodeOutcome outcome = training.run(split, seed, control)) {
            float[] rows = data.kind() == TaskKind.BINARY ? both(outcome.predicted()) : outcome.predicted();
            return Matrix.of(
                    memory,
                    Purpose.WORKSPACE,
                    data.nodes(),
                    data.target().names().size(),
                    rows);
        }
    }

    private static float[] both(float[] second) {
        float[] rows = new float[2 * second.length];
        for (int i = 0; i < second.length; i++) {
            rows[2 * i] = 1 - second[i];
            rows[2 * i + 1] = second[i];
        }
        return rows;
    }

    private static float[] second(float[] rows) {
        float[] some = new float[rows.length / 2];
        for (int i = 0; i < some.length; i++) some[i] = rows[2 * i + 1];
        return some;
    }

    @Override
    public void close() {
        if (features != data.features()) features.close();
    }
}
