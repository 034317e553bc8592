package dev.hypha.learn.zoo;

import dev.hypha.learn.BatchSource;
import dev.hypha.learn.LayerEdges;
import dev.hypha.learn.NodeBatch;
import dev.hypha.learn.NodeModel;
import dev.hypha.learn.Options;
import dev.hypha.learn.Target;
import dev.hypha.learn.TaskKind;
import dev.hypha.learn.Trainer;
import dev.hypha.learn.Training;
import dev.hypha.learn.metrics.Metric;
import dev.hypha.tensor.Csr;
import dev.hypha.tensor.KernelProvider;
import dev.hypha.tensor.Matrix;
import dev.hypha.tensor.Memory;
import dev.hypha.tensor.Purpose;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.SplittableRandom;

/// Paths of seven nodes, each a graph and a batch of its own: the first node has to name the class of the last one, a
/// beacon six hops away. All others have a class, too, which means nothing.
final class Beacons implements BatchSource<NodeBatch> {
    private static final int GRAPHS = 210;
    private static final int LENGTH = 7;
    private static final int CLASSES = 4;

    private final NodeModel model;
    private final Matrix features;
    private final LayerEdges edges = path();
    private final float[] labels;
    private final int first;

    private Beacons(NodeModel model, Matrix features, float[] labels, int first, int count) {
        this.model = model;
        this.features = features;
        this.labels = Arrays.copyOfRange(labels, first, first + count);
        this.first = first;
    }

    /// Accuracy on a third of the graphs, of the best epoch, after training on the others.
    static double accuracy(NodeModel model, int epochs, String rate) {
        Training training = Options.read(
                Training.class,
                Map.of("epochs", "" + epochs, "batch", "1", "rate", rate, "patience", "0", "schedule", "constant"));
        SplittableRandom random = new SplittableRandom(8);
        float[] labels = new float[GRAPHS];
        try (Memory memory = Memory.unlimited();
                KernelProvider provider = KernelProvider.choose(1);
                Matrix features = Matrix.of(memory, Purpose.FEATURES, GRAPHS * LENGTH, CLASSES + 1)) {
            for (int graph = 0; graph < GRAPHS; graph++) {
                for (int node = 1; node < LENGTH; node++) {
                    int label = random.nextInt(CLASSES);
                    features.set(graph * LENGTH + node, label, 1);
                    labels[graph] = label;
                }
                features.set(graph * LENGTH + LENGTH - 1, CLASSES, 1);
            }
            int learned = GRAPHS * 2 / 3;
            Trainer.Setup<NodeBatch> setup = new Trainer.Setup<>(
                    model,
                    training,
                    Target.fit(TaskKind.MULTICLASS, CLASSES, new float[0]),
                    Metric.ACCURACY,
                    new Beacons(model, features, labels, 0, learned),
                    new Beacons(model, features, labels, learned, GRAPHS - learned),
                    provider,
                    memory);
            try (Trainer<NodeBatch> trainer = new Trainer<>(setup, Trainer.Control.NONE, 1)) {
                Trainer.Trained trained = trainer.train();
                trained.weights().close();
                return trained.history().get(trained.bestEpoch() - 1).metric();
            }
        }
    }

    private static LayerEdges path() {
        int[] offsets = new int[LENGTH + 1];
        int[] sources = new int[2 * LENGTH];
        int[] degrees = new int[LENGTH];
        for (int node = 0; node < LENGTH; node++) {
            int at = offsets[node];
            if (node > 0) sources[at++] = node - 1;
            if (node < LENGTH - 1) sources[at++] = node + 1;
            degrees[node] = at - offsets[node];
            offsets[node + 1] = at;
        }
        return new LayerEdges(new Csr(LENGTH, LENGTH, offsets, sources), degrees);
    }

    @Override
    public int count() {
        return labels.length;
    }

    @Override
    public float[] labels() {
        return labels;
    }

    /// @param rows a single graph
    @Override
    public NodeBatch batch(int[] rows, long key) {
        Matrix own = features.slice((first + rows[0]) * LENGTH, (first + rows[0] + 1) * LENGTH);
        return new NodeBatch(
                own, null, Collections.nCopies(model.layers(), edges), new int[] {0}, new float[] {labels[rows[0]]});
    }
}
