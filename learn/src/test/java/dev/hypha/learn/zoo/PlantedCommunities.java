package dev.hypha.learn.zoo;

import dev.hypha.learn.BatchSource;
import dev.hypha.learn.LayerEdges;
import dev.hypha.learn.NodeBatch;
import dev.hypha.learn.NodeModel;
import dev.hypha.learn.Options;
import dev.hypha.learn.Predictor;
import dev.hypha.learn.Progress;
import dev.hypha.learn.Target;
import dev.hypha.learn.TaskKind;
import dev.hypha.learn.Trainer;
import dev.hypha.learn.Training;
import dev.hypha.learn.WholeGraph;
import dev.hypha.learn.metrics.Metric;
import dev.hypha.tensor.Csr;
import dev.hypha.tensor.KernelProvider;
import dev.hypha.tensor.Matrix;
import dev.hypha.tensor.Memory;
import dev.hypha.tensor.Purpose;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/// Communities whose nodes mostly link among themselves, with features that say little of each node alone: what a
/// node's features do not tell, its neighbors' do.
final class PlantedCommunities implements AutoCloseable {
    private static final int NODES = 600;
    private static final int CLASSES = 3;
    static final int LABELLED = 200;
    private static final Target TARGET = Target.fit(TaskKind.MULTICLASS, CLASSES, new float[0]);

    private final Matrix features;
    private final LayerEdges edges;

    /// @param linked share of edges within a community; a third makes edges say nothing
    PlantedCommunities(Memory memory, double linked) {
        SplittableRandom random = new SplittableRandom(4);
        features = Matrix.of(memory, Purpose.FEATURES, NODES, CLASSES);
        for (int i = 0; i < NODES; i++) {
            for (int c = 0; c < CLASSES; c++) {
                features.set(i, c, (float) (0.5 * (i % CLASSES == c ? 1 : 0) + random.nextGaussian()));
            }
        }
        edges = edges(linked, random);
    }

    /// Accuracy on nodes without labels, of the best epoch, after training on a third of the nodes.
    static double accuracy(NodeModel model, double linked) {
        return accuracy(model, linked, "0.02");
    }

    /// The same at another learning rate.
    static double accuracy(NodeModel model, double linked, String rate) {
        try (Memory memory = Memory.unlimited();
                KernelProvider provider = KernelProvider.choose(2);
                PlantedCommunities graph = new PlantedCommunities(memory, linked)) {
            Trainer.Trained trained = graph.trained(model, rate, provider, memory);
            trained.weights().close();
            return trained.history().get(trained.bestEpoch() - 1).metric();
        }
    }

    /// What comes of 60 epochs; its weights are the caller's to close.
    Trainer.Trained trained(NodeModel model, String rate, KernelProvider provider, Memory memory) {
        Training training =
                Options.read(Training.class, Map.of("epochs", "60", "batch", "600", "rate", rate, "patience", "0"));
        Trainer.Setup<NodeBatch> setup = new Trainer.Setup<>(
                model,
                training,
                TARGET,
                Metric.ACCURACY,
                nodes(model, 0, LABELLED),
                nodes(model, LABELLED, NODES),
                provider,
                memory);
        try (Trainer<NodeBatch> trainer = new Trainer<>(setup, Trainer.Control.NONE, 1)) {
            return trainer.train();
        }
    }

    /// What a model says of all nodes after training, shape [nodes, classes]; the caller's to close.
    Matrix predicted(NodeModel model, KernelProvider provider, Memory memory) {
        Trainer.Trained trained = trained(model, "0.02", provider, memory);
        BatchSource<NodeBatch> all = nodes(model, 0, NODES);
        float[] said = new Predictor<NodeBatch>(model, trained.weights(), TARGET, provider, memory)
                .predict(all, NODES, 0, Progress.SILENT);
        trained.weights().close();
        return Matrix.of(memory, Purpose.FEATURES, NODES, CLASSES, said);
    }

    /// The labels of the first nodes.
    ///
    /// @param known how many of them; models have learned from a third of the nodes
    /// @param base what a model says of all nodes, or null
    LabelProblem problem(int known, Matrix base) {
        return new LabelProblem(
                edges,
                CLASSES,
                IntStream.range(0, NODES).map(i -> i < known ? i % CLASSES : -1).toArray(),
                IntStream.range(0, NODES).map(_ -> -1).toArray(),
                features,
                base);
    }

    /// Accuracy of answers on the nodes without labels.
    ///
    /// @param answer shape [nodes, classes]
    double accuracy(float[] answer) {
        long right = IntStream.range(LABELLED, NODES)
                .filter(i -> LabelFitting.likeliest(answer, i, CLASSES) == i % CLASSES)
                .count();
        return (double) right / (NODES - LABELLED);
    }

    private WholeGraph nodes(NodeModel model, int from, int to) {
        int[] nodes = IntStream.range(from, to).toArray();
        float[] labels = new float[nodes.length];
        for (int i = 0; i < labels.length; i++) labels[i] = nodes[i] % CLASSES;
        return new WholeGraph(features, edges, model.layers(), nodes, labels);
    }

    private static LayerEdges edges(double linked, SplittableRandom random) {
        int[] offsets = new int[NODES + 1];
        int[] sources = new int[12 * NODES];
        for (int i = 0; i < NODES; i++) {
            offsets[i + 1] = offsets[i] + 12;
            for (int e = offsets[i]; e < offsets[i + 1]; e++) {
                int community = random.nextDouble() < linked ? i % CLASSES : (i + 1 + random.nextInt(2)) % CLASSES;
                sources[e] = community + CLASSES * random.nextInt(NODES / CLASSES);
            }
        }
        int[] degrees = new int[NODES];
        Arrays.setAll(degrees, i -> (int) IntStream.range(offsets[i], offsets[i + 1])
                .filter(e -> sources[e] != i)
                .count());
        return new LayerEdges(new Csr(NODES, NODES, offsets, sources), degrees);
    }

    @Override
    public void close() {
        features.close();
    }
}
