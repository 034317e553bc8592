package dev.hypha.learn;

import dev.hypha.tensor.StoredMatrix;
import java.util.Collections;

/// Batches that look at a whole graph, whatever nodes they answer for: full-batch training where all
/// answers are asked for at once.
public final class WholeGraph implements BatchSource<NodeBatch> {
    private final StoredMatrix features;
    private final LayerEdges edges;
    private final int layers;
    private final LabelledNodes rows;
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
        this.rows = new LabelledNodes(nodes, labels);
        this.features = features;
        this.edges = edges;
        this.layers = layers;
    }

    @Override
    public int count() {
        return rows.count();
    }

    @Override
    public float[] labels() {
        return rows.labels();
    }

    /// All rows as they stand are the same batch each time.
    ///
    /// @param key not used: nothing is sampled
    @Override
    public NodeBatch batch(int[] some, long key) {
        return areAll(some) ? all() : some(rows.nodes(some), rows.labels(some));
    }

    private boolean areAll(int[] some) {
        if (some.length != rows.count()) return false;
        for (int i = 0; i < some.length; i++) if (some[i] != i) return false;
        return true;
    }

    private synchronized NodeBatch all() {
        if (all == null) all = some(rows.nodes(), rows.labels());
        return all;
    }

    private NodeBatch some(int[] nodes, float[] labels) {
        return new NodeBatch(features, null, Collections.nCopies(layers, edges), nodes, labels);
    }
}
