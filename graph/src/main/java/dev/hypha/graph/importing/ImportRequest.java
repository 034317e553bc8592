package dev.hypha.graph.importing;

import dev.hypha.graph.reading.ShapeFinder.Header;
import dev.hypha.graph.store.ColumnType;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What to import, from where, how, and within what.
///
/// @param nodes tables of nodes; node types that only edges name need none
/// @param edges at least one
/// @param out the store to make
/// @param columns which columns mean what
/// @param header whether the files' first rows name their columns
/// @param skipBad how many wrong lines may be left out
/// @param memoryBytes bound for what is held at once, beside what the JVM needs for itself
/// @param threads at least 1
public record ImportRequest(
        List<NodeTable> nodes,
        List<EdgeTable> edges,
        Path out,
        Columns columns,
        Header header,
        long skipBad,
        long memoryBytes,
        int threads) {
    public ImportRequest {
        nodes = List.copyOf(nodes);
        edges = List.copyOf(edges);
    }

    /// A file with a row per node.
    public record NodeTable(String type, Path file) {}

    /// Files with a row per edge.
    ///
    /// @param source the node type that edges, and messages along them, come from
    /// @param undirected true to store each edge both ways
    /// @param deduplicate true to store edges with the same ends once
    public record EdgeTable(
            String name, String source, String target, List<Path> files, boolean undirected, boolean deduplicate) {
        public EdgeTable {
            files = List.copyOf(files);
        }
    }

    /// Which columns mean what, by name or, from 1, by number; where one is not given, it is guessed by its
    /// name, or its place.
    ///
    /// @param id of node tables
    /// @param source of edge tables
    /// @param target of edge tables
    /// @param weight of edge tables, stored as the float32 column `weight`
    /// @param time of node tables: from when on a node is visible
    /// @param types by column name; others are guessed from the first rows
    /// @param textIds true or false; empty to guess
    public record Columns(
            Optional<String> id,
            Optional<String> source,
            Optional<String> target,
            Optional<String> weight,
            Optional<String> time,
            Map<String, ColumnType> types,
            Optional<Boolean> textIds) {
        public Columns {
            types = Map.copyOf(types);
        }

        /// Everything is guessed.
        public static Columns guessed() {
            return new Columns(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Map.of(),
                    Optional.empty());
        }
    }
}
