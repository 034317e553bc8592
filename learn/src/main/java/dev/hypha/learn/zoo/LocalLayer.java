package dev.hypha.learn.zoo;

import dev.hypha.learn.Context;
import dev.hypha.learn.Keys;
import dev.hypha.learn.NodeBatch;
import dev.hypha.learn.NodeModel;
import dev.hypha.learn.Weights;
import dev.hypha.tensor.Adam;
import dev.hypha.tensor.Csr;
import dev.hypha.tensor.KernelProvider;
import dev.hypha.tensor.Matrix;
import dev.hypha.tensor.Memory;
import dev.hypha.tensor.OptimizerState;
import dev.hypha.tensor.Parameter;
import dev.hypha.tensor.Parameters;
import dev.hypha.tensor.Purpose;
import dev.hypha.tensor.StoredMatrix;
import dev.hypha.tensor.Tape;
import dev.hypha.tensor.Tensor;
import dev.hypha.tensor.Workspace;
import java.util.List;
import java.util.stream.IntStream;

/// One layer of [ForwardGnn] and what it learns by.
final class LocalLayer implements AutoCloseable {
    private static final float LEAST = 1e-12f;

    private final ForwardGnn options;
    private final VirtualNodes graph;
    private final NodeModel layer;
    private final NodeBatch batch;
    private final Csr everyPair;
    private final Csr knownPairs;
    private final int[] labels;
    private final KernelProvider provider;
    private final Memory memory;
    private final Weights weights;
    private final Workspace workspace;
    private final OptimizerState optimizer;
    private final long key;

    /// @param input what the layer reads, rows of length 1; stays the caller's
    LocalLayer(
            ForwardGnn options,
            VirtualNodes graph,
            StoredMatrix input,
            KernelProvider provider,
            Memory memory,
            long key) {
        this.options = options;
        this.graph = graph;
        this.layer = options.backbone()
                .of(options.hidden(), new Stack(1, 0, options.dropout(), false, Norm.NONE, Jumping.NONE));
        this.batch = new NodeBatch(input, null, List.of(graph.edges()), null, new float[0]);
        int classes = graph.problem().classCount();
        this.everyPair = pairs(graph.problem().nodes(), classes);
        this.knownPairs = pairs(graph.known().length, classes);
        this.labels = IntStream.range(0, graph.known().length)
                .map(i -> i * classes + graph.problem().known()[graph.known()[i]])
                .toArray();
        this.provider = provider;
        this.memory = memory;
        this.key = key;
        this.weights = new Weights(memory, Keys.split(key, "weights"));
        this.workspace = new Workspace(memory);
        probabilities();
        weights.seal();
        this.optimizer = new Adam((float) options.rate()).start(weights.parameters(), memory);
    }

    /// Every node beside every class.
    private static Csr pairs(int nodes, int classes) {
        int[] offsets = IntStream.rangeClosed(0, nodes).map(i -> i * classes).toArray();
        int[] sources =
                IntStream.range(0, nodes * classes).map(e -> e % classes).toArray();
        return new Csr(nodes, classes, offsets, sources);
    }

    /// Learns until it is no longer of use, and keeps the weights that were of most.
    ///
    /// @param before what the layers before say of all nodes, summed up
    void learn(float[] before) {
        boolean watched = IntStream.of(graph.problem().held()).anyMatch(label -> label != LabelProblem.UNKNOWN);
        try (Parameters best = weights.parameters().copy()) {
            int most = -1;
            int stale = 0;
            for (int epoch = 0;
                    epoch < options.epochs() && !(options.patience() > 0 && stale >= options.patience()); ) {
                step(epoch++);
                if (!watched) continue;
                int got = right(before, probabilities());
                stale = got > most ? 0 : stale + 1;
                if (got > most) best.copyFrom(weights.parameters());
                most = Math.max(most, got);
            }
            if (watched) weights.parameters().copyFrom(best);
        }
    }

    /// How many of the nodes held back get their class.
    private int right(float[] before, float[] now) {
        int classes = graph.problem().classCount();
        float[] sum = new float[now.length];
        for (int i = 0; i < sum.length; i++) sum[i] = before[i] + now[i];
        int[] held = graph.problem().held();
        return (int) IntStream.range(0, held.length)
                .filter(i -> held[i] != LabelProblem.UNKNOWN && LabelFitting.likeliest(sum, i, classes) == held[i])
                .count();
    }

    private void step(int epoch) {
        try (Tape tape = new Tape(provider, workspace, true)) {
            Tensor h = outputs(new Context(tape, weights, options.hidden(), true, Keys.split(key, epoch)));
            Tensor said = said(h, h.gather(graph.known()), knownPairs).gather(labels);
            Tensor loss = said.addScalar(LEAST).log().mean().scale(-1);
            weights.parameters().zeroGradients();
            loss.backward();
            weights.parameters().shrink(provider, (float) options.l2(), _ -> true);
            optimizer.step(provider);
        }
    }

    /// What this layer says of all nodes, shape [nodes, classes].
    float[] probabilities() {
        try (Tape tape = new Tape(provider, workspace, false)) {
            Tensor h = outputs(new Context(tape, weights, options.hidden(), false, 0));
            return said(h, h.firstRows(graph.problem().nodes()), everyPair)
                    .value()
                    .toArray();
        }
    }

    /// The rows that the next layer reads, of length 1; the caller's to close.
    Matrix outputs() {
        Matrix rows = Matrix.of(memory, Purpose.WORKSPACE, graph.edges().targets(), options.hidden());
        try (Tape tape = new Tape(provider, workspace, false)) {
            rows.copyFrom(outputs(new Context(tape, weights, options.hidden(), false, 0))
                    .value());
        }
        VirtualNodes.scale(rows);
        return rows;
    }

    /// A parameter of the layer.
    Parameter parameter(String name) {
        return weights.parameters().get(name);
    }

    private Tensor outputs(Context c) {
        return layer.forward(c, batch).relu();
    }

    /// How likely some nodes are of each class, one after the other: shape [nodes x classes, 1].
    ///
    /// @param h of all nodes, the virtual ones last
    private Tensor said(Tensor h, Tensor nodes, Csr pairs) {
        Tensor classes = h.sliceRows(graph.problem().nodes(), h.rows());
        return nodes.edgeDot(pairs, 1, classes)
                .scale((float) (1 / options.temperature()))
                .edgeSoftmax(pairs);
    }

    @Override
    public void close() {
        optimizer.close();
        weights.close();
        workspace.close();
    }
}
