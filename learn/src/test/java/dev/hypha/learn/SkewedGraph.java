package dev.hypha.learn;

import dev.hypha.graph.NeighborLists;
import dev.hypha.graph.Neighbors;
import dev.hypha.graph.sampling.UniformSampler;
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

/// A random graph in which few nodes have most edges, to train on: what counts is its size, not what is learned.
final class SkewedGraph implements AutoCloseable {
    private static final int WIDTH = 40;
    private static final int CLASSES = 7;
    private static final int DEGREE = 8;

    private final int nodes;
    private final Matrix features;
    private final LayerEdges edges;

    SkewedGraph(Memory memory, int nodes) {
        this.nodes = nodes;
        SplittableRandom random = new SplittableRandom(nodes);
        this.features = Matrix.of(memory, Purpose.FEATURES, nodes, WIDTH);
        for (long i = 0; i < features.size(); i++) features.put(i, (float) random.nextDouble(-1, 1));
        int[] offsets = new int[nodes + 1];
        int[] degrees = new int[nodes];
        for (int i = 0; i < nodes; i++) offsets[i + 1] = offsets[i] + 1 + random.nextInt(2 * DEGREE);
        int[] sources = new int[offsets[nodes]];
        for (int i = 0; i < nodes; i++) {
            for (int e = offsets[i]; e < offsets[i + 1]; e++) {
                double draw = random.nextDouble();
                sources[e] = (int) (nodes * draw * draw * draw);
                if (sources[e] != i) degrees[i]++;
            }
        }
        this.edges = new LayerEdges(new Csr(nodes, nodes, offsets, sources), degrees);
    }

    Matrix features() {
        return features;
    }

    LayerEdges edges() {
        return edges;
    }

    /// Training that looks at the whole graph in each step: on half of its nodes, with a tenth to validate on.
    Trainer.Setup<NodeBatch> whole(NodeModel model, int epochs, KernelProvider provider, Memory memory) {
        return setup(
                model,
                options(epochs, nodes),
                new WholeGraph(features, edges, model.layers(), nodes(0, nodes / 2), labels(nodes / 2)),
                new WholeGraph(features, edges, model.layers(), nodes(nodes / 2, nodes / 10), labels(nodes / 10)),
                provider,
                memory);
    }

    /// Training on sampled neighbors of each node, up to 10 twice and then 1, as often as the model has layers.
    Trainer.Setup<NodeBatch> sampled(NodeModel model, int epochs, int batch, KernelProvider provider, Memory memory) {
        return setup(
                model,
                options(epochs, batch),
                sampled(model, nodes(0, nodes / 2), labels(nodes / 2)),
                sampled(model, nodes(nodes / 2, nodes / 10), labels(nodes / 10)),
                provider,
                memory);
    }

    private SampledGraph sampled(NodeModel model, int[] some, float[] labels) {
        int[] fanouts = new int[model.layers()];
        Arrays.setAll(fanouts, hop -> hop < 2 ? 10 : 1);
        Neighbors lists =
                NeighborLists.of(edges.pattern().offsets(), edges.pattern().indices());
        return new SampledGraph(features, lists, new UniformSampler(fanouts), some, labels);
    }

    int[] nodes(int from, int count) {
        return IntStream.range(from, from + count).toArray();
    }

    static float[] labels(int count) {
        float[] labels = new float[count];
        for (int i = 0; i < count; i++) labels[i] = i % CLASSES;
        return labels;
    }

    private static Training options(int epochs, int batch) {
        return Options.read(
                Training.class, Map.of("epochs", "" + epochs, "batch", "" + batch, "patience", "0", "rate", "0.001"));
    }

    Trainer.Setup<NodeBatch> setup(
            NodeModel model,
            int epochs,
            int batch,
            BatchSource<NodeBatch> train,
            BatchSource<NodeBatch> validation,
            KernelProvider provider,
            Memory memory) {
        return setup(model, options(epochs, batch), train, validation, provider, memory);
    }

    private static Trainer.Setup<NodeBatch> setup(
            NodeModel model,
            Training options,
            BatchSource<NodeBatch> train,
            BatchSource<NodeBatch> validation,
            KernelProvider provider,
            Memory memory) {
        Target target = Target.fit(TaskKind.MULTICLASS, CLASSES, new float[0]);
        return new Trainer.Setup<>(model, options, target, Metric.ACCURACY, train, validation, provider, memory);
    }

    @Override
    public void close() {
        features.close();
    }
}
