package dev.hypha.bench;

import dev.hypha.bench.Benchmark.Measured;
import dev.hypha.graph.InputException;
import dev.hypha.graph.NeighborLists;
import dev.hypha.graph.sampling.UniformSampler;
import dev.hypha.learn.BatchSource;
import dev.hypha.learn.Epoch;
import dev.hypha.learn.NodeBatch;
import dev.hypha.learn.NodeModel;
import dev.hypha.learn.Options;
import dev.hypha.learn.Predictor;
import dev.hypha.learn.Progress;
import dev.hypha.learn.SampledGraph;
import dev.hypha.learn.Target;
import dev.hypha.learn.TaskKind;
import dev.hypha.learn.Trainer;
import dev.hypha.learn.Training;
import dev.hypha.learn.TrainingEstimate;
import dev.hypha.learn.Weights;
import dev.hypha.learn.WholeGraph;
import dev.hypha.learn.metrics.Metric;
import dev.hypha.learn.zoo.Gat;
import dev.hypha.learn.zoo.Gcn;
import dev.hypha.learn.zoo.Gin;
import dev.hypha.learn.zoo.GraphSage;
import dev.hypha.tensor.Csr;
import dev.hypha.tensor.KernelProvider;
import dev.hypha.tensor.Matrix;
import dev.hypha.tensor.Memory;
import dev.hypha.tensor.Parameter;
import dev.hypha.tensor.Parameters;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/// Epochs of training as the trainer runs them: forward, cross-entropy on the training nodes, backward, AdamW.
final class TrainingBenchmarks {
    private static final int HIDDEN = 64;
    private static final int SEEDS = SamplingBenchmarks.SEEDS;
    private static final int FAN_OUT = SamplingBenchmarks.FAN_OUT;
    private static final int WARM = 3;
    private static final long KEY = 1;

    private TrainingBenchmarks() {}

    static List<Benchmark> all() {
        List<Benchmark> all = new ArrayList<>();
        all.add(epoch("gcn", Gcn.class));
        all.add(epoch("graph-sage", GraphSage.class));
        all.add(epoch("gin", Gin.class));
        all.add(new Benchmark(
                "epoch/gat",
                "one full-batch epoch of gat, two layers, 8 heads of 8",
                s -> whole(s, Options.defaults(Gat.class))));
        all.add(new Benchmark(
                "sampled-epoch/graph-sage",
                "GraphSAGE on %d sampled neighbors twice, %d seeds a step; time of one step".formatted(FAN_OUT, SEEDS),
                TrainingBenchmarks::sampled));
        return all;
    }

    private static Benchmark epoch(String name, Class<? extends Record> type) {
        return new Benchmark(
                "epoch/" + name,
                "one full-batch epoch of " + name + ", two layers, " + HIDDEN + " wide",
                s -> whole(s, (NodeModel) Options.read(type, Map.of("hidden", Integer.toString(HIDDEN)))));
    }

    private static Measured whole(Setting setting, NodeModel model) {
        BenchGraph graph = setting.graph().get();
        WholeGraph nodes =
                new WholeGraph(graph.features(), graph.edges(), model.layers(), graph.training(), graph.labels());
        long estimate = required(setting, model, graph, nodes, graph.training().length);
        String gate = gate(setting, model, graph);
        Timed timed = epochs(setting, model, graph, nodes, graph.training().length);
        Csr edges = graph.edges().pattern();
        long bytes = 2 * (SparseBenchmarks.bytes(edges, HIDDEN) + SparseBenchmarks.bytes(edges, graph.classCount()));
        // Nobody asks for the features' gradient.
        long operations = HIDDEN * (4 * graph.storedFeatures() + 6L * graph.nodes() * graph.classCount());
        return new Measured(graph.size(), timed, bytes, operations, gate).with("estimateBytes", (double) estimate);
    }

    private static Measured sampled(Setting setting) {
        BenchGraph graph = setting.graph().get();
        NodeModel model = Options.read(GraphSage.class, Map.of("hidden", Integer.toString(HIDDEN)));
        Csr edges = graph.edges().pattern();
        SampledGraph nodes = new SampledGraph(
                graph.features(),
                NeighborLists.of(edges.offsets(), edges.indices()),
                new UniformSampler(FAN_OUT, FAN_OUT),
                graph.training(),
                graph.labels());
        int size = Math.min(SEEDS, graph.training().length);
        long estimate = required(setting, model, graph, nodes, size);
        String gate = gate(setting, model, graph);
        int steps = Math.ceilDiv(graph.training().length, size);
        Timed epoch = epochs(setting, model, graph, nodes, size);
        Millis millis = epoch.millis().per(steps);
        long gathered = (long) size * (1 + FAN_OUT + FAN_OUT * FAN_OUT);
        return new Measured(
                        graph.size() + ", a step of " + size + " seeds",
                        new Timed(millis, epoch.use()),
                        4 * gathered * graph.features().cols(),
                        12L * size * (1 + FAN_OUT) * HIDDEN * graph.features().cols(),
                        gate)
                .with("seedsPerSecond", 1e3 * size / millis.median())
                .with("estimateBytes", (double) estimate);
    }

    /// What training will take off the heap beyond graph and features, found out without doing it.
    ///
    /// @return bytes, to be held against the row's parameters, activations and workspace
    /// @throws InputException of kind `memory-limit` when that is not free
    private static long required(
            Setting setting, NodeModel model, BenchGraph graph, BatchSource<NodeBatch> nodes, int batch) {
        Memory memory = setting.memory();
        long bytes = TrainingEstimate.of(
                        setup(memory, model, graph, nodes, options(WARM, batch), setting.provider()), KEY)
                .bytes();
        long free = memory.limit() - memory.live();
        if (bytes <= free) return bytes;
        throw new InputException(
                "memory-limit",
                "training %s on %s needs %s beside the graph: %s of %s are free"
                        .formatted(model, graph.name(), text(bytes), text(free), text(memory.limit())),
                Map.of("neededBytes", bytes, "freeBytes", free, "limitBytes", memory.limit()),
                "Give more with --memory, store features in half of it with --features bfloat16, or take a smaller"
                        + " graph.");
    }

    /// Bytes in the units in which --memory is given.
    private static String text(long bytes) {
        return String.format(Locale.ROOT, "%,.1f MB", bytes / 0x1p20);
    }

    /// Answers of plain loops by the weights that a few steps of full-batch training on a part of the graph
    /// came to, beside those by the weights that plain loops came to. Weights themselves may differ: where a
    /// unit is on for one node by no more than rounding, its first steps are as long as others, and nothing
    /// depends on them.
    private static String gate(Setting setting, NodeModel model, BenchGraph graph) {
        try (Memory room = setting.room();
                BenchGraph part = graph.part();
                KernelProvider plain =
                        KernelProvider.of("plain", setting.provider().threads())) {
            return Gate.equal(
                    "answers of " + model.getClass().getSimpleName() + " after " + WARM + " epochs on " + part.size(),
                    answers(room, model, part, plain, plain),
                    answers(room, model, part, setting.provider(), plain),
                    part.nodes());
        }
    }

    private static float[] answers(
            Memory room, NodeModel model, BenchGraph graph, KernelProvider provider, KernelProvider plain) {
        WholeGraph nodes =
                new WholeGraph(graph.features(), graph.edges(), model.layers(), graph.training(), graph.labels());
        int count = graph.training().length;
        try (Trainer<NodeBatch> trainer = trainer(room, model, graph, nodes, options(WARM, count), provider);
                Weights weights = trainer.train().weights()) {
            return new Predictor<>(model, weights, target(graph), plain, room)
                    .predict(nodes, count, KEY, Progress.SILENT);
        }
    }

    /// A matrix of each parameter, one after the other.
    static float[] numbers(Parameters parameters, Function<Parameter, Matrix> of) {
        int size = 0;
        for (Parameter p : parameters) size += (int) of.apply(p).size();
        float[] all = new float[size];
        int at = 0;
        for (Parameter p : parameters) {
            float[] one = of.apply(p).toArray();
            System.arraycopy(one, 0, all, at, one.length);
            at += one.length;
        }
        return all;
    }

    /// Times epochs by the trainer's own clock, after some to warm up.
    private static Timed epochs(
            Setting setting, NodeModel model, BenchGraph graph, BatchSource<NodeBatch> nodes, int batch) {
        try (Memory room = setting.room()) {
            return setting.watch(room, () -> epochs(setting, room, model, graph, nodes, batch));
        }
    }

    private static Millis epochs(
            Setting setting, Memory room, NodeModel model, BenchGraph graph, BatchSource<NodeBatch> nodes, int batch) {
        int epochs = WARM + 2;
        while (true) {
            try (Trainer<NodeBatch> trainer =
                    trainer(room, model, graph, nodes, options(epochs, batch), setting.provider())) {
                Trainer.Trained trained = trainer.train();
                trained.weights().close();
                List<Epoch> counted = trained.history().subList(WARM, epochs);
                double total = counted.stream().mapToDouble(Epoch::seconds).sum();
                if (total >= setting.seconds() || epochs >= 400) {
                    return Millis.of(
                            counted.stream().mapToDouble(e -> 1e3 * e.seconds()).toArray());
                }
                epochs = WARM + (int) Math.clamp(1.3 * setting.seconds() / total * counted.size(), 5, 400);
            }
        }
    }

    private static Training options(int epochs, int batch) {
        return Options.read(
                Training.class,
                Map.of(
                        "epochs", Integer.toString(epochs),
                        "batch", Integer.toString(batch),
                        "patience", "0",
                        "clip", "0",
                        "rate", "0.01"));
    }

    private static Trainer<NodeBatch> trainer(
            Memory memory,
            NodeModel model,
            BenchGraph graph,
            BatchSource<NodeBatch> nodes,
            Training options,
            KernelProvider provider) {
        return new Trainer<>(setup(memory, model, graph, nodes, options, provider), Trainer.Control.NONE, KEY);
    }

    private static Trainer.Setup<NodeBatch> setup(
            Memory memory,
            NodeModel model,
            BenchGraph graph,
            BatchSource<NodeBatch> nodes,
            Training options,
            KernelProvider provider) {
        WholeGraph none = new WholeGraph(graph.features(), graph.edges(), model.layers(), new int[0], new float[0]);
        return new Trainer.Setup<>(model, options, target(graph), Metric.ACCURACY, nodes, none, provider, memory);
    }

    private static Target target(BenchGraph graph) {
        return Target.fit(TaskKind.MULTICLASS, graph.classCount(), new float[0]);
    }
}
