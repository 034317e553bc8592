package dev.hypha.graph.store.v1;

import dev.hypha.graph.store.ColumnType;
import java.util.List;
import java.util.Optional;

/// What a store holds, as `graph.txt` says it; see [MetadataText] for how it says it.
///
/// @param nodes by index of their node type
/// @param edges by index of their edge type
/// @param files every other file of the store
public record Metadata(List<NodeEntry> nodes, List<EdgeEntry> edges, List<FileEntry> files) {
    /// The metadata's file.
    public static final String FILE = "graph.txt";

    public Metadata {
        nodes = List.copyOf(nodes);
        edges = List.copyOf(edges);
        files = List.copyOf(files);
    }

    /// A node type.
    ///
    /// @param count nodes
    /// @param textIds true where ids outside are text, false where they are 64-bit integers
    /// @param timed true where nodes have times
    public record NodeEntry(String name, int count, boolean textIds, boolean timed, List<ColumnEntry> columns) {
        public NodeEntry {
            columns = List.copyOf(columns);
        }
    }

    /// An edge type.
    ///
    /// @param source index of a node type
    /// @param target index of a node type
    /// @param count edges
    /// @param reverse index of the edge type with the same edges the other way round, possibly its own, or -1
    /// @param positions true where a file says at which position of `reverse` each edge stands
    public record EdgeEntry(
            String name,
            int source,
            int target,
            long count,
            int reverse,
            boolean positions,
            List<ColumnEntry> columns) {
        public EdgeEntry {
            columns = List.copyOf(columns);
        }
    }

    /// A column of a node or edge type.
    ///
    /// @param width numbers per row; above 1 for a matrix of float32 alone
    public record ColumnEntry(String name, ColumnType type, int width) {}

    /// The file of that name, where there is one.
    public Optional<FileEntry> file(String name) {
        return files.stream().filter(file -> file.name().equals(name)).findFirst();
    }
}
