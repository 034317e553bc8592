package dev.hypha.learn.zoo;

import dev.hypha.learn.Directions;
import dev.hypha.learn.LayerEdges;
import dev.hypha.learn.NodeBatch;
import dev.hypha.learn.NodeModel;
import dev.hypha.learn.Options;
import dev.hypha.learn.Target;
import dev.hypha.learn.TaskKind;
import dev.hypha.learn.Trainer;
import dev.hypha.learn.Training;
import dev.hypha.learn.WholeGraph;
import dev.hypha.learn.data.Arcs;
import dev.hypha.learn.metrics.Metric;
import dev.hypha.tensor.KernelProvider;
import dev.hypha.tensor.Matrix;
import dev.hypha.tensor.Memory;
import dev.hypha.tensor.Purpose;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/// Four classes in a ring: most arcs lead from a class to the next. Without directions classes 0 and 2 have
/// the same neighbors, and so have 1 and 3; features say little.
final class CyclicCommunities {
    private static final int NODES = 600;
    private static final int CLASSES = 4;
    private static final int LABELLED = 200;

    private CyclicCommunities() {}

    /// Accuracy on nodes without labels, of the best epoch, after training on a third of the nodes.
    ///
    /// @param directed whether models are told directions
    static double accuracy(NodeModel model, boolean directed) {
        SplittableRandom random = new SplittableRandom(4);
        try (Memory memory = Memory.unlimited();
                KernelProvider provider = KernelProvider.choose(1);
                Matrix features = Matrix.of(memory, Purpose.FEATURES, NODES, CLASSES)) {
            for (int i = 0; i < NODES; i++) {
                for (int c = 0; c < CLASSES; c++) {
                    features.set(i, c, (float) (0.5 * (i % CLASSES == c ? 1 : 0) + random.nextGaussian()));
                }
            }
            LayerEdges edges = edges(random, directed);
            Training training = Options.read(
                    Training.class, Map.of("epochs", "60", "batch", "600", "rate", "0.02", "patience", "0"));
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

    private static LayerEdges edges(SplittableRandom random, boolean directed) {
        LongStream.Builder pairs = LongStream.builder();
        for (int source = 0; source < NODES; source++) {
            for (int k = 0; k < 6; k++) {
                int to = random.nextInt(10) == 0 ? random.nextInt(CLASSES) : (source + 1) % CLASSES;
                int target = to + CLASSES * random.nextInt(NODES / CLASSES);
                if (target != source) pairs.add(Arcs.pair(target, source));
            }
        }
        var arcs = Arcs.oneWay(NODES, pairs.build().sorted().distinct().toArray());
        return Arcs.edges(Arcs.undirected(arcs), directed ? Directions.of(arcs) : null);
    }
}
