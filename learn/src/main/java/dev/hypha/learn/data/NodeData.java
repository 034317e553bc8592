package dev.hypha.learn.data;

import dev.hypha.learn.Directions;
import dev.hypha.learn.LayerEdges;
import dev.hypha.learn.TaskKind;
import dev.hypha.tensor.Csr;
import dev.hypha.tensor.Memory;
import dev.hypha.tensor.StoredMatrix;
import java.util.ArrayList;
import java.util.List;

/// A graph of one type of node, with features and labels: what node prediction starts from. Held in
/// memory; its arrays are shared and must not change.
public final class NodeData implements AutoCloseable {
    private final String name;
    private final Csr arcs;
    private final boolean directed;
    private final StoredMatrix features;
    private final NodeLabels target;
    private final List<String> nodeNames;
    private final List<Split> splits;
    private final long[] times;
    private final String fingerprint;
    private final List<String> notes;
    private final List<NumberColumn> standardised;
    private LayerEdges edges;

    /// @param name of the data, for people
    /// @param arcs targets x sources: row i lists the nodes that i hears from; distinct, none from a node
    ///     to itself
    /// @param directed whether an arc may lack its reverse; otherwise an edge is stored both ways
    /// @param features shape [nodes, width], as they are stored; closed with this
    /// @param nodeNames as the user wrote them
    /// @param splits that come with the data
    /// @param fingerprint equal for equal data
    /// @param notes what a person should know of how the data was read, a sentence each
    /// @throws IllegalArgumentException if sizes differ
    public NodeData(
            String name,
            Csr arcs,
            boolean directed,
            StoredMatrix features,
            NodeLabels target,
            List<String> nodeNames,
            List<Split> splits,
            String fingerprint,
            List<String> notes) {
        this(name, arcs, directed, features, target, nodeNames, splits, new long[0], fingerprint, notes);
    }

    /// The same with times.
    ///
    /// @param times of the nodes, in the order that times have; empty where they have none
    public NodeData(
            String name,
            Csr arcs,
            boolean directed,
            StoredMatrix features,
            NodeLabels target,
            List<String> nodeNames,
            List<Split> splits,
            long[] times,
            String fingerprint,
            List<String> notes) {
        this(name, arcs, directed, features, target, nodeNames, splits, times, fingerprint, notes, List.of());
    }

    /// The same with what was standardised.
    ///
    /// @param standardised columns of the features, as they were written
    NodeData(
            String name,
            Csr arcs,
            boolean directed,
            StoredMatrix features,
            NodeLabels target,
            List<String> nodeNames,
            List<Split> splits,
            long[] times,
            String fingerprint,
            List<String> notes,
            List<NumberColumn> standardised) {
        int nodes = features.rows();
        if (arcs.rows() != nodes || arcs.cols() != nodes || nodeNames.size() != nodes) {
            throw new IllegalArgumentException(arcs + " and " + nodeNames.size() + " names for " + nodes + " nodes");
        }
        if (target.values().length != nodes * target.width()) {
            throw new IllegalArgumentException(target.values().length + " labels for " + nodes + " nodes");
        }
        if (times.length != 0 && times.length != nodes) {
            throw new IllegalArgumentException(times.length + " times for " + nodes + " nodes");
        }
        this.name = name;
        this.arcs = arcs;
        this.directed = directed;
        this.features = features;
        this.target = target;
        this.nodeNames = List.copyOf(nodeNames);
        this.splits = List.copyOf(splits);
        this.times = times;
        this.fingerprint = fingerprint;
        this.notes = List.copyOf(notes);
        this.standardised = List.copyOf(standardised);
    }

    /// The same nodes with other edges, undirected. It shares what this one holds: closing either frees the features.
    ///
    /// @param pattern each edge both ways, none from a node to itself
    /// @param note what was done to the edges, a sentence
    /// @param mark of what was done, which makes the fingerprint another one
    public NodeData withEdges(Csr pattern, String note, String mark) {
        List<String> more = new ArrayList<>(notes);
        more.add(note);
        String other = fingerprint + " " + mark;
        return new NodeData(
                name, pattern, false, features, target, nodeNames, splits, times, other, more, standardised);
    }

    /// The same with one thing more that a person should know. It shares what this one holds: closing either
    /// frees the features.
    NodeData withNote(String note) {
        List<String> more = new ArrayList<>(notes);
        more.add(note);
        return new NodeData(
                name, arcs, directed, features, target, nodeNames, splits, times, fingerprint, more, standardised);
    }

    /// The same graph with other labels and without splits. It shares what this one holds: closing either frees the
    /// features.
    NodeData withLabels(NodeLabels labels) {
        return new NodeData(
                name, arcs, directed, features, labels, nodeNames, List.of(), times, fingerprint, notes, standardised);
    }

    /// For people.
    public String name() {
        return name;
    }

    /// Number of nodes.
    public int nodes() {
        return features.rows();
    }

    /// Targets x sources as the data has them: row i lists the nodes that i hears from.
    public Csr arcs() {
        return arcs;
    }

    /// Whether an arc may lack its reverse.
    public boolean directed() {
        return directed;
    }

    /// The edges without direction, over all nodes, as layers read them, and beside them their directions where they
    /// have any; worked out once.
    public synchronized LayerEdges edges() {
        if (edges == null) {
            edges = directed ? Arcs.edges(Arcs.undirected(arcs), Directions.of(arcs)) : Arcs.edges(arcs);
        }
        return edges;
    }

    /// Shape [nodes, width], as they are stored.
    public StoredMatrix features() {
        return features;
    }

    /// The features as they are if only some nodes are known when columns of numbers are standardised:
    /// their mean and deviation are those of these nodes.
    ///
    /// @return [#features] themselves where no column is standardised, otherwise a matrix that is the
    ///     caller's to close
    /// @throws dev.hypha.tensor.MemoryLimitException if the memory's limit would be passed
    public StoredMatrix featuresBy(int[] nodes, Memory memory) {
        return standardised.isEmpty() ? features : NumberColumn.standardised(features, standardised, nodes, memory);
    }

    /// What is known of nodes and asked of others.
    public NodeLabels target() {
        return target;
    }

    /// What a label is.
    public TaskKind kind() {
        return target.kind();
    }

    /// See [NodeLabels#classes].
    public int classes() {
        return target.classes();
    }

    /// See [NodeLabels#values]; the array itself.
    public float[] labels() {
        return target.values();
    }

    /// Of the nodes, as the user wrote them.
    public List<String> nodeNames() {
        return nodeNames;
    }

    /// Of the classes in their order, as the user wrote them.
    public List<String> classNames() {
        return target.names();
    }

    /// The splits that come with the data.
    public List<Split> splits() {
        return splits;
    }

    /// Of the nodes, in the order that times have; empty where they have none. The array itself.
    public long[] times() {
        return times;
    }

    /// Equal for equal data.
    public String fingerprint() {
        return fingerprint;
    }

    /// What a person should know of how the data was read, a sentence each.
    public List<String> notes() {
        return notes;
    }

    @Override
    public String toString() {
        String edges = directed ? Counted.of(arcs.edges(), "arc") : Counted.of(arcs.edges() / 2, "edge");
        return name + ": " + Counted.of(nodes(), "node") + ", " + edges + ", " + Counted.of(features.cols(), "feature");
    }

    /// Frees the features.
    @Override
    public void close() {
        features.close();
    }
}
