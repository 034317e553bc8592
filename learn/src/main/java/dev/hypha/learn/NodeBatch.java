package dev.hypha.learn;

import dev.hypha.tensor.Csr;
import dev.hypha.tensor.StoredMatrix;
import java.util.List;
import java.util.Optional;

/// What a [NodeModel] looks at: the features of some nodes, the edges of each layer, and which nodes it answers for.
public final class NodeBatch implements Batch {
    private final StoredMatrix features;
    private final int[] nodes;
    private final List<LayerEdges> layers;
    private final int[] answers;
    private final float[] labels;
    private final Csr scopes;
    private int[] classes;

    /// Without scopes: what nodes look at may overlap.
    ///
    /// @param features of all nodes of the graph, shape [graph's nodes, width]
    /// @param nodes row of `features` of each source of the first layer; null for all of them in order
    /// @param layers in the order they are computed; the targets of one are the sources of the next
    /// @param answers targets of the last layer that are answered for; null for all of them in order
    /// @param labels of what is answered for
    public NodeBatch(StoredMatrix features, int[] nodes, List<LayerEdges> layers, int[] answers, float[] labels) {
        this(features, nodes, layers, answers, labels, null);
    }

    /// @param features of all nodes of the graph, shape [graph's nodes, width]
    /// @param nodes row of `features` of each source of the first layer; null for all of them in order
    /// @param layers in the order they are computed; the targets of one are the sources of the next
    /// @param answers targets of the last layer that are answered for; null for all of them in order
    /// @param labels of what is answered for
    /// @param scopes of the nodes that are answered for, see [#scopes]; null where they have none of their own
    public NodeBatch(
            StoredMatrix features, int[] nodes, List<LayerEdges> layers, int[] answers, float[] labels, Csr scopes) {
        int sources = nodes == null ? features.rows() : nodes.length;
        for (LayerEdges layer : layers) {
            if (layer.sources() != sources) {
                throw new IllegalArgumentException(layer.sources() + " sources after " + sources + " targets");
            }
            sources = layer.targets();
        }
        this.features = features;
        this.nodes = nodes;
        this.layers = List.copyOf(layers);
        this.answers = answers;
        this.labels = labels;
        this.scopes = scopes;
    }

    /// The features of all nodes of the graph as they are stored, shape [graph's nodes, width].
    public StoredMatrix features() {
        return features;
    }

    /// The row of [#features] of each source of the first layer, where not all are looked at.
    public Optional<int[]> nodes() {
        return Optional.ofNullable(nodes);
    }

    /// The edges of a layer, from 0, the one that reads the features.
    public LayerEdges layer(int layer) {
        return layers.get(layer);
    }

    /// How many layers there are edges for.
    public int layers() {
        return layers.size();
    }

    /// The scopes of the nodes that are answered for, where each has a subgraph of its own: row i lists the
    /// sources of the first layer that are node i's, itself the first, which is source i. No edge leads from one
    /// scope to another.
    public Optional<Csr> scopes() {
        return Optional.ofNullable(scopes);
    }

    @Override
    public Optional<int[]> answers() {
        return Optional.ofNullable(answers);
    }

    @Override
    public float[] labels() {
        return labels;
    }

    /// Worked out once, as a batch of a whole graph serves many steps.
    @Override
    public synchronized int[] classes() {
        if (classes == null) classes = Batch.super.classes();
        return classes;
    }
}
