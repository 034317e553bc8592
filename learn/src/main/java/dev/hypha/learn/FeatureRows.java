package dev.hypha.learn;

import dev.hypha.tensor.StoredMatrix;
import java.util.List;

/// Batches that look at some nodes' features and at no edges: for models without layers, on features as
/// they are or as [Propagation] has made them.
public final class FeatureRows implements BatchSource<NodeBatch> {
    private final StoredMatrix features;
    private final int[] nodes;
    private final float[] labels;

    /// @param features of all nodes, shape [nodes, width]
    /// @param nodes that are answered for: the rows of this source
    /// @param labels of these nodes, or empty; several for each in a row where the task has several
    public FeatureRows(StoredMatrix features, int[] nodes, float[] labels) {
        LabelRows.require(labels, nodes);
        this.features = features;
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

    /// @param key not used: nothing is sampled
    @Override
    public NodeBatch batch(int[] rows, long key) {
        int[] some = new int[rows.length];
        float[] wanted = LabelRows.of(labels, nodes.length, rows);
        for (int i = 0; i < rows.length; i++) {
            some[i] = nodes[rows[i]];
        }
        return new NodeBatch(features, some, List.of(), null, wanted);
    }
}
