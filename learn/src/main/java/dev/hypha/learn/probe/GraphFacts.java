package dev.hypha.learn.probe;

import dev.hypha.algorithms.labels.Duplicates;
import dev.hypha.algorithms.labels.EdgeDirection;
import dev.hypha.graph.NeighborLists;
import dev.hypha.graph.Neighbors;
import dev.hypha.graph.statistics.Components;
import dev.hypha.graph.statistics.Degrees;
import dev.hypha.graph.statistics.Homophily;
import dev.hypha.learn.Directions;
import dev.hypha.learn.data.NodeData;
import dev.hypha.learn.data.Split;
import dev.hypha.tensor.Csr;
import java.util.Optional;

/// What edges and labels have to do with each other, and what the graph is like.
///
/// @param homophily of edges between nodes whose labels may be looked at
/// @param direction AMUD's test; empty where edges have no directions
/// @param degrees without directions
/// @param duplicates nodes with the same neighbors and the same features as another
/// @param leaking test nodes that are such a copy of a training node
record GraphFacts(
        Homophily homophily,
        Optional<EdgeDirection> direction,
        Degrees degrees,
        Components components,
        int duplicates,
        int leaking) {
    static GraphFacts of(NodeData data, Split split, KnownLabels known, long key) {
        Neighbors edges = neighbors(data.edges().others());
        Duplicates copies =
                Duplicates.of(data.directed() ? neighbors(outgoing(data)) : edges, new FeatureProfile(data.features()));
        return new GraphFacts(
                Homophily.of(edges, known.everywhere()),
                data.directed()
                        ? Optional.of(EdgeDirection.of(
                                neighbors(data.arcs()), neighbors(outgoing(data)), known.everywhere(), key))
                        : Optional.empty(),
                Degrees.of(edges),
                Components.of(edges),
                copies.nodes(),
                copies.leaking(split.train(), split.test()).length);
    }

    private static Csr outgoing(NodeData data) {
        return data.edges().directions().pattern(Directions.Way.FROM);
    }

    private static Neighbors neighbors(Csr pattern) {
        return NeighborLists.of(pattern.offsets(), pattern.indices());
    }
}
