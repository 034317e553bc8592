package dev.hypha.learn.zoo;

import dev.hypha.learn.Context;
import dev.hypha.learn.Directions;
import dev.hypha.learn.LayerEdges;
import dev.hypha.learn.NodeBatch;
import dev.hypha.learn.NodeModel;
import dev.hypha.learn.Weights;
import dev.hypha.tensor.Csr;
import dev.hypha.tensor.KernelProvider;
import dev.hypha.tensor.Matrix;
import dev.hypha.tensor.Memory;
import dev.hypha.tensor.Parameter;
import dev.hypha.tensor.Purpose;
import dev.hypha.tensor.Tape;
import dev.hypha.tensor.Workspace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;

/// Six nodes with three features, by hand: a triangle, a hub's tail, a loop on node 3, and node 5 without edges. What
/// models answer is compared with their equations read one node at a time, in float64.
final class SmallGraph implements AutoCloseable {
    /// Sources of the edges into each node.
    static final int[][] INTO = {{1, 2, 3}, {0, 2}, {0, 1, 1}, {0, 3}, {3}, {}};

    static final int NODES = INTO.length;

    private final Memory memory = Memory.unlimited();
    private final Workspace workspace = new Workspace(memory);
    private final KernelProvider provider = KernelProvider.choose(1);
    private final Matrix features = Matrix.of(memory, Purpose.FEATURES, NODES, 3);
    final Weights weights = new Weights(memory, 5);

    SmallGraph() {
        SplittableRandom random = new SplittableRandom(2);
        for (long i = 0; i < features.size(); i++) features.put(i, (float) random.nextDouble(-1, 1));
    }

    static LayerEdges edges() {
        int[] offsets = new int[NODES + 1];
        int[] sources = new int[11];
        int[] degrees = new int[NODES];
        for (int i = 0; i < NODES; i++) {
            offsets[i + 1] = offsets[i];
            for (int j : INTO[i]) {
                sources[offsets[i + 1]++] = j;
                if (j != i) degrees[i]++;
            }
        }
        Csr pattern = new Csr(NODES, NODES, offsets, sources);
        return new LayerEdges(pattern, degrees, Directions.of(pattern));
    }

    /// The logits of all nodes, with weights that are neither zeros nor ones.
    float[][] logits(NodeModel model, int outputs) {
        return logits(model, outputs, whole(model));
    }

    /// The whole graph, for all nodes.
    NodeBatch whole(NodeModel model) {
        return new NodeBatch(features, null, Collections.nCopies(model.layers(), edges()), null, new float[NODES]);
    }

    /// The logits of a batch that answers for all nodes in order, with the same weights as any other.
    float[][] logits(NodeModel model, int outputs, NodeBatch batch) {
        try (Tape tape = new Tape(provider, workspace, false)) {
            model.forward(new Context(tape, weights, outputs, false, 0), batch);
        }
        SplittableRandom random = new SplittableRandom(3);
        for (Parameter p : weights.parameters()) {
            double least = p.trained() ? -1 : 0.5; // variances are positive
            for (long i = 0; i < p.value().size(); i++) p.value().put(i, (float) random.nextDouble(least, 1));
        }
        try (Tape tape = new Tape(provider, workspace, false)) {
            Matrix out = model.forward(new Context(tape, weights, outputs, false, 0), batch)
                    .value();
            float[][] rows = new float[NODES][outputs];
            for (int i = 0; i < NODES; i++) for (int c = 0; c < outputs; c++) rows[i][c] = out.get(i, c);
            return rows;
        }
    }

    Matrix features() {
        return features;
    }

    double[] features(int node) {
        double[] row = new double[features.cols()];
        for (int c = 0; c < row.length; c++) row[c] = features.get(node, c);
        return row;
    }

    /// x W for the parameter of that name.
    double[] times(double[] x, String name) {
        Matrix w = weights.parameters().get(name + ".weight").value();
        double[] out = new double[w.cols()];
        for (int c = 0; c < out.length; c++) for (int k = 0; k < x.length; k++) out[c] += x[k] * w.get(k, c);
        return out;
    }

    /// x + b for the parameter of that name.
    double[] bias(double[] x, String name) {
        Matrix b = weights.parameters().get(name + ".bias").value();
        double[] out = x.clone();
        for (int c = 0; c < out.length; c++) out[c] += b.get(0, c);
        return out;
    }

    /// The sources of a node with itself exactly once.
    static List<Integer> looped(int i) {
        List<Integer> sources = new ArrayList<>(Arrays.stream(INTO[i]).boxed().toList());
        sources.removeIf(j -> j == i);
        sources.add(i);
        return sources;
    }

    static double[] relu(double[] x) {
        double[] out = x.clone();
        for (int c = 0; c < out.length; c++) out[c] = Math.max(0, out[c]);
        return out;
    }

    /// a + weight b.
    static double[] add(double[] a, double weight, double[] b) {
        double[] out = a.clone();
        for (int c = 0; c < out.length; c++) out[c] += weight * b[c];
        return out;
    }

    @Override
    public void close() {
        provider.close();
        workspace.close();
        memory.close();
    }
}
