package dev.hypha.graph.importing;

import java.util.List;

/// What an import did.
///
/// @param wrongLines left out
/// @param reservedBytes the most that was set aside in memory at once; buffers grow into it as they are needed
/// @param spilledBytes written to scratch files for want of memory
public record Imported(List<Nodes> nodes, List<Edges> edges, long wrongLines, long reservedBytes, long spilledBytes) {
    public Imported {
        nodes = List.copyOf(nodes);
        edges = List.copyOf(edges);
    }

    /// @param count nodes of the type
    /// @param withoutRow those that only edges name; all of them where there is no table
    public record Nodes(String name, int count, long withoutRow) {}

    /// @param rows in the files
    /// @param stored edges of the type, both ways where it is undirected
    /// @param selfLoops rows from a node to itself
    /// @param duplicates stored edges with the same ends as another, or left out for that
    public record Edges(String name, long rows, long stored, long selfLoops, long duplicates) {}
}
