package dev.hypha.learn;

import dev.hypha.tensor.StoredMatrix;
import java.util.Collections;

/// Batches that look at a whole graph, whatever nodes they answer for: full-batch training where all
/// answers are asked for at once.
public final class WholeGraph implements BatchSource<NodeBatch> {
    private final StoredMatrix features;
    private final LayerEdges edges;
    private final int layers;
    private final int[] nodes;
    private final float[] labels;
    private NodeBatch all;

    /// @param features of all nodes, shape [nodes, width]
    /// @param edges of the graph, all nodes both targets and sources
    /// @param layers of the model
    /// @param nodes that are answered for: the rows of this source
    /// @param labels of these nodes, or empty; several for each in a row where the task has several
    public WholeGraph(StoredMatrix features, LayerEdges edges, int layers, int[] nodes, float[] labels) {
        if (edges.targets() != features.rows() || edges.sources() != features.rows()) {
            throw new IllegalArgumentException("edges of another graph than the features");
        }
        LabelRows.require(labels, nodes);
        this.features = features;
        this.edges = edges;
        this.layers = layers;
        this.nodes = nodes;
        this.labels = labels;
    }

    @Override
    public int count() {
        return nodes.length;
    }

    @Override
    public float[] labels() {
        return labels;
    }

    /// All rows as they stand are the same batch each time.
    ///
    /// @param key not used: nothing is sampled
    @Override
    public NodeBatch batch(int[] rows, long key) {
        return areAll(rows) ? all() : some(rows);
    }

    private boolean areAll(int[] rows) {
        if (rows.length != nodes.length) return false;
        for (int i = 0; i < rows.length; i++) if (rows[i] != i) return false;
        return true;
    }

    private synchronized NodeBatch all() {
        if (all == null) all = new NodeBatch(features, null, Collections.nCopies(layers, edges), nodes, labels);
        return all;
    }

    private NodeBatch some(int[] rows) {
        int[] answers = new int[rows.length];
        float[] wanted = LabelRows.of(labels, nodes.length, rows);
        for (int i = 0; i < rows.length; i++) {
            answers[i] = nodes[rows[i]];
        }
        return new NodeBatch(features, null, Collections.nCopies(layers, edges), answers, wanted);
    }
}
