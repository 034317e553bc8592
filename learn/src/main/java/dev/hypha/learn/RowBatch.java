package dev.hypha.learn;

import dev.hypha.graph.Graph;
import dev.hypha.graph.sampling.Subgraph;
import java.util.ArrayList;
import java.util.List;

/// What a model looks at to answer for some seeds: the sampled subgraph, the features of its rows, and the seeds
/// themselves. Plain data on the heap, made on any thread.
public final class RowBatch implements Batch {
    private final Subgraph subgraph;
    private final List<NodeRows> rows;
    private final Seeds seeds;

    private RowBatch(Subgraph subgraph, List<NodeRows> rows, Seeds seeds) {
        this.subgraph = subgraph;
        this.rows = List.copyOf(rows);
        this.seeds = seeds;
    }

    /// Gathers what belongs to a sampled subgraph.
    ///
    /// @param features per node type, in the graph's order
    /// @param seeds of the subgraph, in its order
    /// @throws IllegalArgumentException when the parts do not belong together
    public static RowBatch of(Graph graph, List<Features> features, Subgraph subgraph, Seeds seeds) {
        if (features.size() != graph.nodeTypes().size() || subgraph.seeds() != seeds.count()) {
            throw new IllegalArgumentException(features.size() + " features for "
                    + graph.nodeTypes().size() + " node types, " + subgraph.seeds() + " trees for " + seeds.count()
                    + " seeds");
        }
        List<NodeRows> rows = new ArrayList<>();
        for (int type = 0; type < features.size(); type++) {
            rows.add(NodeRows.of(graph, features.get(type), subgraph, type, seeds.time()));
        }
        return new RowBatch(subgraph, rows, seeds);
    }

    public Subgraph subgraph() {
        return subgraph;
    }

    /// The features of a node type's rows.
    public NodeRows rows(int nodeType) {
        return rows.get(nodeType);
    }

    @Override
    public float[] labels() {
        return seeds.label();
    }

    /// The seeds with their labels, in the order of the subgraph's trees.
    public Seeds seeds() {
        return seeds;
    }
}
