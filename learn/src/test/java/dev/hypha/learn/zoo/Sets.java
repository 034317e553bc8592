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
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/// Nodes that hear from sets of others, which hear from nobody and have a bit each: is the number of ones
/// odd?
final class Sets {
    private static final int MOST_LEARNED = 4;
    private static final int SETS = 400;

    private Sets() {}

    /// Accuracy of a model of one layer on sets four times as large as those it learned from, at the best
    /// epoch.
    static double parity(NodeModel model, int epochs, String rate) {
        SplittableRandom random = new SplittableRandom(6);
        int[] sizes = new int[2 * SETS];
        int members = 0;
        for (int i = 0; i < sizes.length; i++) {
            sizes[i] = (i < SETS ? 1 : 4) * (1 + random.nextInt(MOST_LEARNED));
            members += sizes[i];
        }
        int nodes = sizes.length + members;
        int[] offsets = new int[nodes + 1];
        int[] sources = new int[members];
        int[] degrees = new int[nodes];
        float[] labels = new float[sizes.length];
        try (Memory memory = Memory.unlimited();
                KernelProvider provider = KernelProvider.choose(2);
                Matrix features = Matrix.of(memory, Purpose.FEATURES, nodes, 2)) {
            int next = 0;
            for (int i = 0; i < nodes; i++) {
                if (i < sizes.length) {
                    for (int k = 0; k < sizes[i]; k++) {
                        int member = sizes.length + next;
                        int bit = random.nextInt(2);
                        features.set(member, bit, 1);
                        labels[i] = (labels[i] + bit) % 2;
                        sources[next++] = member;
                    }
                    degrees[i] = sizes[i];
                }
                offsets[i + 1] = next;
            }
            LayerEdges edges = new LayerEdges(new Csr(nodes, nodes, offsets, sources), degrees);
            return accuracy(model, epochs, rate, features, edges, labels, provider, memory);
        }
    }

    private static double accuracy(
            NodeModel model,
            int epochs,
            String rate,
            Matrix features,
            LayerEdges edges,
            float[] labels,
            KernelProvider provider,
            Memory memory) {
        Map<String, String> options =
                Map.of("epochs", "" + epochs, "batch", "1000", "rate", rate, "patience", "0", "schedule", "constant");
        Trainer.Setup<NodeBatch> setup = new Trainer.Setup<>(
                model,
                Options.read(Training.class, options),
                Target.fit(TaskKind.MULTICLASS, 2, new float[0]),
                Metric.ACCURACY,
                some(features, edges, labels, 0, SETS),
                some(features, edges, labels, SETS, 2 * SETS),
                provider,
                memory);
        try (Trainer<NodeBatch> trainer = new Trainer<>(setup, Trainer.Control.NONE, 2)) {
            Trainer.Trained trained = trainer.train();
            trained.weights().close();
            return trained.history().get(trained.bestEpoch() - 1).metric();
        }
    }

    private static WholeGraph some(Matrix features, LayerEdges edges, float[] labels, int from, int to) {
        float[] wanted = new float[to - from];
        System.arraycopy(labels, from, wanted, 0, wanted.length);
        return new WholeGraph(features, edges, 1, IntStream.range(from, to).toArray(), wanted);
    }
}
