package dev.hypha.learn.node;

import dev.hypha.graph.InputException;
import dev.hypha.graph.NeighborLists;
import dev.hypha.graph.Neighbors;
import dev.hypha.graph.sampling.UniformSampler;
import dev.hypha.learn.DecoupledModel;
import dev.hypha.learn.Directions;
import dev.hypha.learn.FeatureRows;
import dev.hypha.learn.Keys;
import dev.hypha.learn.LayerEdges;
import dev.hypha.learn.NodeBatch;
import dev.hypha.learn.NodeModel;
import dev.hypha.learn.Place;
import dev.hypha.learn.Predictor;
import dev.hypha.learn.Progress;
import dev.hypha.learn.Propagation;
import dev.hypha.learn.SampledGraph;
import dev.hypha.learn.ScopedGraph;
import dev.hypha.learn.ScopedModel;
import dev.hypha.learn.Target;
import dev.hypha.learn.TaskKind;
import dev.hypha.learn.Trainer;
import dev.hypha.learn.TrainingEstimate;
import dev.hypha.learn.Weights;
import dev.hypha.learn.WholeGraph;
import dev.hypha.learn.data.Arcs;
import dev.hypha.learn.data.NodeLabels;
import dev.hypha.learn.data.Split;
import dev.hypha.learn.node.NodeOptions.Pass;
import dev.hypha.learn.zoo.Catalogue;
import dev.hypha.tensor.Csr;
import dev.hypha.tensor.StoredMatrix;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;

/// Trains one model on one graph, with as many seeds and splits as are asked for: scales the features,
/// decides how much of the graph a step looks at, trains, and measures.
public final class NodeTraining implements NodeLearner {
    private final NodeTask task;
    private final Place place;
    private final NodeLabels labels;
    private final Measures measures;
    private StoredMatrix features;
    private int[] featuresBy = {};
    private StoredMatrix propagated;

    /// How much of the graph is there for what.
    private enum Visible {
        TRAINING,
        VALIDATION,
        ALL
    }

    /// @param task what is learned
    /// @param place where; both stay open as long as this
    /// @throws InputException for a task of a kind that the model cannot do
    public NodeTraining(NodeTask task, Place place) {
        TaskKind kind = task.data().kind();
        if (!task.model().does(kind)) {
            throw new InputException(
                    "wrong-task",
                    "the model " + Catalogue.nameOf(task.model()) + " cannot do a task that is " + kind.label(),
                    Map.of("task", kind.label()),
                    "Take another model, such as gcn.");
        }
        this.task = task;
        this.place = place;
        this.labels = task.data().target();
        this.measures = new Measures(task.data());
    }

    /// Trains with one seed and measures, without checkpoints.
    public static NodeOutcome run(NodeTask task, Split split, long seed, Place place) {
        try (NodeTraining training = new NodeTraining(task, place)) {
            return training.run(split, seed, Trainer.Control.NONE);
        }
    }

    @Override
    public void check(Split split) {
        measures.requireKnown(split);
    }

    /// Trains with one seed and measures.
    ///
    /// @param control how the training is watched and gone on with
    /// @return the outcome, which is the caller's to close
    /// @throws InputException where the split has nobody to learn from, memory does not suffice, a checkpoint
    ///     to resume from does not fit, or the loss is no longer a number
    @Override
    public NodeOutcome run(Split split, long seed, Trainer.Control control) {
        check(split);
        Sources sources = sources(split, seed);
        Trainer.Setup<NodeBatch> setup = setup(split, sources);
        long start = System.nanoTime();
        Trainer.Trained trained;
        try (Trainer<NodeBatch> trainer = new Trainer<>(setup, control, key(seed))) {
            trained = trainer.train();
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        float[] predicted = answers(sources, setup.target(), trained.weights(), seed);
        return new NodeOutcome(
                seed,
                split,
                measures.of(split, predicted, setup.target()),
                predicted,
                setup.target(),
                trained.history(),
                trained.bestEpoch(),
                trained.weights(),
                seconds);
    }

    /// What a step would look at and what the training would take.
    ///
    /// @throws InputException as for [#run]
    @Override
    public NodePlan plan(Split split, long seed) {
        check(split);
        Sources sources = sources(split, seed);
        return new NodePlan(sources.pass(), TrainingEstimate.of(setup(split, sources), key(seed)));
    }

    @Override
    public NodeAnswers answers(Split split, long seed, Weights weights) {
        Sources sources = sources(split, seed);
        Target target = setup(split, sources).target();
        return new NodeAnswers(answers(sources, target, weights, seed), target);
    }

    private float[] answers(Sources sources, Target target, Weights weights, long seed) {
        var predictor = new Predictor<>(sources.model(), weights, target, place.provider(), place.memory());
        return predictor.predict(sources.all(), sources.batch(), Keys.split(key(seed), "answers"), Progress.SILENT);
    }

    private static long key(long seed) {
        return Keys.split(seed, "node training");
    }

    private Trainer.Setup<NodeBatch> setup(Split split, Sources sources) {
        Target target = Target.fit(labels.kind(), labels.classes(), labels.of(split.train()));
        return new Trainer.Setup<>(
                sources.model(),
                task.training().withBatch(sources.batch()),
                target,
                task.options().stopBy().metric(labels.kind()),
                sources.train(),
                sources.validation(),
                place.provider(),
                place.memory());
    }

    /// What the model reads of nodes: scaled by all of them, or by those that are learned from alone where
    /// the others are hidden. Worked out once for as long as those stay the same.
    private StoredMatrix features(Split split) {
        int[] by = task.options().inductive() ? split.train() : everyone();
        if (features != null && Arrays.equals(by, featuresBy)) return features;
        freeFeatures();
        StoredMatrix own = task.data().features();
        StoredMatrix scaled = task.options().inductive() ? task.data().featuresBy(by, place.memory()) : own;
        features = task.options().seen(scaled, by, place.memory());
        featuresBy = by;
        if (scaled != own && scaled != features) scaled.close();
        return features;
    }

    private void freeFeatures() {
        if (features != null && features != task.data().features()) features.close();
        features = null;
    }

    private Sources sources(Split split, long seed) {
        return switch (task.options().pass()) {
            case WHOLE -> whole(split);
            case SAMPLED -> sampled(split);
            case PRECOMPUTED -> precomputed(split);
            case SCOPED -> scoped(split);
            case AUTO -> auto(split, seed);
        };
    }

    /// The form that the model is made for where it is made for one, the whole graph where memory suffices,
    /// otherwise samples.
    private Sources auto(Split split, long seed) {
        if (task.model() instanceof ScopedModel) return scoped(split);
        if (task.model() instanceof DecoupledModel && !task.options().inductive()) return precomputed(split);
        Sources whole = whole(split);
        TrainingEstimate estimate = TrainingEstimate.of(setup(split, whole), key(seed));
        long free = place.memory().limit() - place.memory().live();
        if (estimate.bytes() <= free) return whole;
        place.progress()
                .note("the whole graph at once would take %,d MB, %,d are free: training on samples instead"
                        .formatted(estimate.bytes() >> 20, free >> 20));
        return sampled(split);
    }

    private Sources whole(Split split) {
        NodeModel model = task.model();
        int[] train = split.train();
        int[] validation = split.validation();
        int batch = Math.max(
                1,
                Math.max(train.length, Math.max(validation.length, task.data().nodes())));
        return new Sources(
                Pass.WHOLE,
                model,
                whole(split, Visible.TRAINING, train, labels.of(train)),
                whole(split, Visible.VALIDATION, validation, labels.of(validation)),
                whole(split, Visible.ALL, everyone(), new float[0]),
                batch);
    }

    private WholeGraph whole(Split split, Visible visible, int[] nodes, float[] known) {
        return new WholeGraph(
                features(split), edges(split, visible), task.model().layers(), nodes, known);
    }

    private Sources sampled(Split split) {
        return new Sources(
                Pass.SAMPLED,
                task.model(),
                sampled(split, Visible.TRAINING, split.train(), labels.of(split.train())),
                sampled(split, Visible.VALIDATION, split.validation(), labels.of(split.validation())),
                sampled(split, Visible.ALL, everyone(), new float[0]),
                task.training().batch());
    }

    private SampledGraph sampled(Split split, Visible visible, int[] nodes, float[] known) {
        LayerEdges edges = edges(split, visible);
        Csr pattern = edges.pattern();
        Neighbors graph = NeighborLists.of(pattern.offsets(), pattern.indices());
        int[] fanOuts = new int[task.model().layers()];
        Arrays.fill(fanOuts, task.options().fanOut());
        Directions directions = edges.directed() ? edges.directions() : null;
        return new SampledGraph(features(split), graph, directions, new UniformSampler(fanOuts), nodes, known);
    }

    private Sources scoped(Split split) {
        if (!(task.model() instanceof ScopedModel model)) throw refused("reads no scopes");
        return new Sources(
                Pass.SCOPED,
                model,
                scoped(model, split, Visible.TRAINING, split.train(), labels.of(split.train())),
                scoped(model, split, Visible.VALIDATION, split.validation(), labels.of(split.validation())),
                scoped(model, split, Visible.ALL, everyone(), new float[0]),
                task.training().batch());
    }

    private ScopedGraph scoped(ScopedModel model, Split split, Visible visible, int[] nodes, float[] known) {
        Csr pattern = edges(split, visible).pattern();
        Neighbors graph = NeighborLists.of(pattern.offsets(), pattern.indices());
        return new ScopedGraph(features(split), graph, model, nodes, known);
    }

    private InputException refused(String why) {
        return new InputException(
                "bad-option",
                "the model " + Catalogue.nameOf(task.model()) + " " + why,
                Map.of("option", "--pass"),
                "Give --pass whole, sampled or auto.");
    }

    private Sources precomputed(Split split) {
        if (!(task.model() instanceof DecoupledModel model)) throw refused("has no precomputed form");
        if (task.options().inductive()) {
            throw refused("is precomputed over all nodes at once, and --inductive hides some");
        }
        if (propagated == null) {
            propagated =
                    new Propagation(model, features(split), task.data().edges(), place.provider()).run(place.memory());
        }
        int[] train = split.train();
        int[] validation = split.validation();
        return new Sources(
                Pass.PRECOMPUTED,
                model.onPropagated(),
                new FeatureRows(propagated, train, labels.of(train)),
                new FeatureRows(propagated, validation, labels.of(validation)),
                new FeatureRows(propagated, everyone(), new float[0]),
                Math.max(task.training().batch(), Math.min(1 << 16, train.length)));
    }

    private int[] everyone() {
        return IntStream.range(0, task.data().nodes()).toArray();
    }

    /// The edges that are there for a part: all of them, or where new nodes come later, those among the
    /// nodes that have come by then.
    private LayerEdges edges(Split split, Visible visible) {
        if (!task.options().inductive() || visible == Visible.ALL)
            return task.data().edges();
        boolean[] there = new boolean[task.data().nodes()];
        Arrays.fill(there, true);
        for (int node : split.test()) there[node] = false;
        if (visible == Visible.TRAINING) for (int node : split.validation()) there[node] = false;
        LayerEdges all = task.data().edges();
        Directions directions =
                all.directed() ? Directions.of(Arcs.within(task.data().arcs(), there)) : null;
        return Arcs.edges(Arcs.within(all.pattern(), there), directions);
    }

    /// Frees what was prepared; data and outcomes stay.
    @Override
    public void close() {
        freeFeatures();
        if (propagated != null) propagated.close();
    }
}
