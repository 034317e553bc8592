package dev.hypha.learn.rewiring;

import dev.hypha.algorithms.Edge;
import dev.hypha.algorithms.SimpleGraph;
import dev.hypha.algorithms.Threads;
import dev.hypha.graph.NeighborLists;
import dev.hypha.tensor.Csr;

/// What a rewiring made of a graph.
///
/// @param pattern the new edges, both ways
/// @param added undirected edges that were not there before
/// @param removed undirected edges that are no longer there
public record RewiredEdges(Csr pattern, int added, int removed) {
    /// Rewires a pattern over all nodes; its edges are read without their directions.
    ///
    /// @throws dev.hypha.graph.InputException as [Rewiring#rewire]
    public static RewiredEdges of(Csr pattern, Rewiring method, long key, Threads threads) {
        SimpleGraph before = SimpleGraph.of(NeighborLists.of(pattern.offsets(), pattern.indices()));
        SimpleGraph after = method.rewire(before, key, threads);
        int kept = 0;
        for (Edge edge : before.edgeList()) if (after.joined(edge.u(), edge.v())) kept++;
        Csr edges = new Csr(after.nodes(), after.nodes(), after.offsets(), after.neighbors());
        return new RewiredEdges(edges, after.pairs() - kept, before.pairs() - kept);
    }

    /// For people.
    public String sentence() {
        return "%,d edges added, %,d removed before training".formatted(added, removed);
    }
}
