package dev.hypha.learn.zoo;

import dev.hypha.learn.LayerEdges;
import dev.hypha.learn.NodeBatch;
import dev.hypha.learn.NodeModel;
import dev.hypha.learn.Options;
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
final class PlantedCommunities {
    private static final int NODES = 600;
    private static final int CLASSES = 3;
    private static final int LABELLED = 200;

    private PlantedCommunities() {}

    /// Accuracy on nodes without labels, of the best epoch, after training on a third of the nodes.
    ///
    /// @param linked share of edges within a community; a third makes edges say nothing
    static double accuracy(NodeModel model, double linked) {
        return accuracy(model, linked, "0.02");
    }

    /// The same at another learning rate.
    static double accuracy(NodeModel model, double linked, String rate) {
        Training training =
                Options.read(Training.class, Map.of("epochs", "60", "batch", "600", "rate", rate, "patience", "0"));
        SplittableRandom random = new SplittableRandom(4);
        try (Memory memory = Memory.unlimited();
                KernelProvider provider = KernelProvider.choose(2);
                Matrix features = Matrix.of(memory, Purpose.FEATURES, NODES, CLASSES)) {
            for (int i = 0; i < NODES; i++) {
                for (int c = 0; c < CLASSES; c++) {
                    features.set(i, c, (float) (0.5 * (i % CLASSES == c ? 1 : 0) + random.nextGaussian()));
                }
            }
            LayerEdges edges = edges(linked, random);
            Trainer.Setup<NodeBatch> setup = new Trainer.Setup<>(
                    model,
                    training,
                    Target.fit(TaskKind.MULTICLASS, CLASSES, new float[0]),
                    Metric.ACCURACY,
                    nodes(model, features, edges, 0, LABELLED),
                    nodes(model, features, edges, LABELLED, NODES),
                    provider,
                    memory);
            try (Trainer<NodeBatch> trainer = new Trainer<>(setup, Trainer.Control.NONE, 1)) {
                Trainer.Trained trained = trainer.train();
                trained.weights().close();
                return trained.history().get(trained.bestEpoch() - 1).metric();
            }
        }
    }

    private static WholeGraph nodes(NodeModel model, Matrix features, LayerEdges edges, int from, int to) {
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
}
