package dev.hypha.learn;

import dev.hypha.tensor.StoredMatrix;
import java.util.List;

/// Batches that look at some nodes' features and at no edges: for models without layers, on features as
/// they are or as [Propagation] has made them.
public final class FeatureRows implements BatchSource<NodeBatch> {
    private final StoredMatrix features;
    private final LabelledNodes rows;

    /// @param features of all nodes, shape [nodes, width]
    /// @param nodes that are answered for: the rows of this source
    /// @param labels of these nodes, or empty; several for each in a row where the task has several
    public FeatureRows(StoredMatrix features, int[] nodes, float[] labels) {
        this.rows = new LabelledNodes(nodes, labels);
        this.features = features;
    }

    @Override
    public int count() {
        return rows.count();
    }

    @Override
    public float[] labels() {
        return rows.labels();
    }

    /// @param key not used: nothing is sampled
    @Override
    public NodeBatch batch(int[] some, long key) {
        return new NodeBatch(features, rows.nodes(some), List.of(), null, rows.labels(some));
    }
}
