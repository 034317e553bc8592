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
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/// DictionaryLookup: graphs of nodes that ask, each with a key, and nodes that answer, each with a key and a value;
/// every node that asks hears all that answer, and has to name the value of its own key. Brody, Alon, Yahav, "How
/// attentive are graph attention networks?", ICLR 2022, section 4.1.
final class Dictionaries {
    private final int keys;
    private final int graphs;

    /// @param keys nodes that ask, and that answer, per graph
    /// @param graphs of which the first half is for training
    Dictionaries(int keys, int graphs) {
        this.keys = keys;
        this.graphs = graphs;
    }

    /// Accuracy of a model of one layer on graphs that it has not learned from, at the end of training.
    double accuracy(NodeModel model, int epochs, String rate) {
        Training training = Options.read(
                Training.class,
                Map.of("epochs", "" + epochs, "batch", "100000", "rate", rate, "patience", "0", "schedule", "cosine"));
        Random random = new Random(7);
        try (Memory memory = Memory.unlimited();
                KernelProvider provider = KernelProvider.choose(2);
                Matrix features = Matrix.of(memory, Purpose.FEATURES, 2 * keys * graphs, 2 * keys + 1)) {
            float[] labels = new float[keys * graphs];
            for (int graph = 0; graph < graphs; graph++) describe(graph, random, features, labels);
            LayerEdges edges = edges();
            Trainer.Setup<NodeBatch> setup = new Trainer.Setup<>(
                    model,
                    training,
                    Target.fit(TaskKind.MULTICLASS, keys, new float[0]),
                    Metric.ACCURACY,
                    asking(features, edges, labels, 0, graphs / 2),
                    asking(features, edges, labels, graphs / 2, graphs),
                    provider,
                    memory);
            try (Trainer<NodeBatch> trainer = new Trainer<>(setup, Trainer.Control.NONE, 1)) {
                Trainer.Trained trained = trainer.train();
                trained.weights().close();
                return trained.history().getLast().metric();
            }
        }
    }

    /// Features are a key and a value, the last of which is that of nodes that ask.
    private void describe(int graph, Random random, Matrix features, float[] labels) {
        List<Integer> values = new ArrayList<>(IntStream.range(0, keys).boxed().toList());
        Collections.shuffle(values, random);
        for (int key = 0; key < keys; key++) {
            int asks = 2 * keys * graph + key;
            features.set(asks, key, 1);
            features.set(asks, 2 * keys, 1);
            features.set(asks + keys, key, 1);
            features.set(asks + keys, keys + values.get(key), 1);
            labels[keys * graph + key] = values.get(key);
        }
    }

    private LayerEdges edges() {
        int nodes = 2 * keys * graphs;
        int[] offsets = new int[nodes + 1];
        int[] sources = new int[keys * keys * graphs];
        int[] degrees = new int[nodes];
        for (int node = 0; node < nodes; node++) {
            boolean asks = node % (2 * keys) < keys;
            degrees[node] = asks ? keys : 0;
            offsets[node + 1] = offsets[node] + degrees[node];
            int first = node / (2 * keys) * 2 * keys + keys;
            for (int k = 0; k < degrees[node]; k++) sources[offsets[node] + k] = first + k;
        }
        return new LayerEdges(new Csr(nodes, nodes, offsets, sources), degrees);
    }

    private WholeGraph asking(Matrix features, LayerEdges edges, float[] labels, int from, int to) {
        int[] nodes = new int[keys * (to - from)];
        float[] wanted = new float[nodes.length];
        for (int i = 0; i < nodes.length; i++) {
            int graph = from + i / keys;
            nodes[i] = 2 * keys * graph + i % keys;
            wanted[i] = labels[keys * graph + i % keys];
        }
        return new WholeGraph(features, edges, 1, nodes, wanted);
    }
}
