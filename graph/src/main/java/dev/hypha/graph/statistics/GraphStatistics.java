package dev.hypha.graph.statistics;

import dev.hypha.graph.Adjacency;
import dev.hypha.graph.EdgeType;
import dev.hypha.graph.Graph;
import dev.hypha.graph.store.Column;
import dev.hypha.graph.store.StoredGraph;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;

/// What a graph is like, read from all of its edges.
///
/// @param edges those edge types that do not merely reverse an earlier one
public record GraphStatistics(List<OfEdges> edges, Components components) {
    public GraphStatistics {
        edges = List.copyOf(edges);
    }

    /// What one edge type is like.
    ///
    /// @param type its index
    /// @param undirected true where each edge stands both ways
    /// @param stored edges, both ways where it is undirected
    /// @param selfLoops edges from a node to itself
    /// @param duplicates edges with the same ends as another before them
    /// @param in how many sources targets have
    /// @param out how many targets sources have; the same as `in` where it is undirected, empty without a
    ///     reverse
    /// @param homophily where its ends are of one node type with labels
    public record OfEdges(
            int type,
            boolean undirected,
            long stored,
            long selfLoops,
            long duplicates,
            Degrees in,
            Optional<Degrees> out,
            Optional<Homophily> homophily) {}

    /// Reads a graph.
    ///
    /// @param labels the column of labels of a node type, by index; integers or text
    public static GraphStatistics of(StoredGraph stored, IntFunction<Optional<Column>> labels) {
        Graph graph = stored.graph();
        List<OfEdges> edges = new ArrayList<>();
        for (int type = 0; type < graph.edgeTypes().size(); type++) {
            if (graph.reverse(type).orElse(type) >= type) {
                edges.add(edges(graph, type, labels));
            }
        }
        return new GraphStatistics(edges, Components.of(graph));
    }

    private static OfEdges edges(Graph graph, int index, IntFunction<Optional<Column>> labels) {
        EdgeType type = graph.edgeTypes().get(index);
        Adjacency adjacency = graph.neighbors(index);
        boolean oneType = type.source() == type.target();
        Optional<Homophily> homophily = (oneType ? labels.apply(type.source()) : Optional.<Column>empty())
                .map(column -> Homophily.of(adjacency, column));
        Degrees in = Degrees.of(adjacency);
        boolean undirected = graph.reverse(index).orElse(-1) == index;
        Optional<Degrees> out = graph.reverse(index).isEmpty()
                ? Optional.empty()
                : Optional.of(
                        undirected
                                ? in
                                : Degrees.of(
                                        graph.neighbors(graph.reverse(index).getAsInt())));
        long[] odd = selfLoopsAndDuplicates(adjacency, oneType);
        return new OfEdges(index, undirected, adjacency.edges(), odd[0], odd[1], in, out, homophily);
    }

    private static long[] selfLoopsAndDuplicates(Adjacency adjacency, boolean oneType) {
        long selfLoops = 0;
        long duplicates = 0;
        for (int target = 0; target < adjacency.targets(); target++) {
            int before = -1;
            for (long i = adjacency.begin(target); i < adjacency.end(target); i++) {
                int source = adjacency.source(i);
                selfLoops += oneType && source == target ? 1 : 0;
                duplicates += source == before ? 1 : 0;
                before = source;
            }
        }
        return new long[] {selfLoops, duplicates};
    }
}
