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

/// RingTransfer: in each of many rings of 20 nodes, node 0 has to name the class that only the opposite
/// node has as a feature. Bodnar et al., "Weisfeiler and Lehman go cellular: CW networks", NeurIPS 2021; as
/// Gutteridge et al., ICML 2023, set it up: five classes, node 0 all zeros, the others all ones.
final class Rings {
    private static final int SIZE = 20;
    private static final int CLASSES = 5;
    private static final int RINGS = 60;

    private Rings() {}

    /// Accuracy on a third of the rings, of the best epoch, after training on the others.
    static double accuracy(NodeModel model) {
        Training training =
                Options.read(Training.class, Map.of("epochs", "120", "batch", "1000", "rate", "0.01", "patience", "0"));
        try (Memory memory = Memory.unlimited();
                KernelProvider provider = KernelProvider.choose(2);
                Matrix features = Matrix.of(memory, Purpose.FEATURES, RINGS * SIZE, CLASSES)) {
            for (int node = 0; node < RINGS * SIZE; node++) {
                for (int c = 0; c < CLASSES; c++) features.set(node, c, feature(node / SIZE, node % SIZE, c));
            }
            LayerEdges edges = edges();
            Trainer.Setup<NodeBatch> setup = new Trainer.Setup<>(
                    model,
                    training,
                    Target.fit(TaskKind.MULTICLASS, CLASSES, new float[0]),
                    Metric.ACCURACY,
                    rings(model, features, edges, 0, RINGS * 2 / 3),
                    rings(model, features, edges, RINGS * 2 / 3, RINGS),
                    provider,
                    memory);
            try (Trainer<NodeBatch> trainer = new Trainer<>(setup, Trainer.Control.NONE, 1)) {
                Trainer.Trained trained = trainer.train();
                trained.weights().close();
                return trained.history().get(trained.bestEpoch() - 1).metric();
            }
        }
    }

    private static float feature(int ring, int node, int c) {
        if (node == 0) return 0;
        return node == SIZE / 2 && ring % CLASSES != c ? 0 : 1;
    }

    private static WholeGraph rings(NodeModel model, Matrix features, LayerEdges edges, int from, int to) {
        int[] nodes = new int[to - from];
        float[] labels = new float[nodes.length];
        for (int i = 0; i < nodes.length; i++) {
            nodes[i] = (from + i) * SIZE;
            labels[i] = (from + i) % CLASSES;
        }
        return new WholeGraph(features, edges, model.layers(), nodes, labels);
    }

    private static LayerEdges edges() {
        int nodes = RINGS * SIZE;
        int[] offsets = new int[nodes + 1];
        int[] sources = new int[2 * nodes];
        Arrays.setAll(offsets, i -> 2 * i);
        for (int node = 0; node < nodes; node++) {
            int ring = node / SIZE * SIZE;
            sources[2 * node] = ring + (node + 1) % SIZE;
            sources[2 * node + 1] = ring + (node + SIZE - 1) % SIZE;
        }
        int[] degrees = new int[nodes];
        Arrays.fill(degrees, 2);
        return new LayerEdges(new Csr(nodes, nodes, offsets, sources), degrees);
    }
}
