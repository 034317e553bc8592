package dev.hypha.graph.store;

import dev.hypha.graph.CorruptGraphException;
import dev.hypha.graph.EdgeType;
import dev.hypha.graph.Graph;
import dev.hypha.graph.NodeType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// A graph on disk, opened: its arrays, ids and columns are mapped and read when they are asked for.
///
/// Any number of threads may read it, and any number of processes may have it open. Closing it unmaps
/// everything.
public final class StoredGraph implements AutoCloseable {
    private final Path folder;
    private final Arena arena;
    private final Graph graph;
    private final List<NodeIds> ids;
    private final List<List<Column>> nodeColumns;
    private final List<List<Column>> edgeColumns;
    private final List<Optional<MemorySegment>> positions;

    StoredGraph(
            Path folder,
            Arena arena,
            Graph graph,
            List<NodeIds> ids,
            List<List<Column>> nodeColumns,
            List<List<Column>> edgeColumns,
            List<Optional<MemorySegment>> positions) {
        this.folder = folder;
        this.arena = arena;
        this.graph = graph;
        this.ids = List.copyOf(ids);
        this.nodeColumns = List.copyOf(nodeColumns);
        this.edgeColumns = List.copyOf(edgeColumns);
        this.positions = List.copyOf(positions);
    }

    /// The folder.
    public Path folder() {
        return folder;
    }

    /// Types, times and neighbors. Closing it closes this store.
    public Graph graph() {
        return graph;
    }

    /// The ids of a node type.
    public NodeIds ids(int nodeType) {
        return ids.get(nodeType);
    }

    /// The columns of a node type, by number of the node.
    public List<Column> nodeColumns(int nodeType) {
        return nodeColumns.get(nodeType);
    }

    /// The columns of an edge type, by position of the edge. A type that only reverses another has none of its
    /// own: see [#positions].
    public List<Column> edgeColumns(int edgeType) {
        return edgeColumns.get(edgeType);
    }

    /// The column of that name, where there is one.
    public Optional<Column> nodeColumn(int nodeType, String name) {
        return nodeColumns(nodeType).stream()
                .filter(column -> column.name().equals(name))
                .findFirst();
    }

    /// The column of that name, where there is one.
    public Optional<Column> edgeColumn(int edgeType, String name) {
        return edgeColumns(edgeType).stream()
                .filter(column -> column.name().equals(name))
                .findFirst();
    }

    /// Where the same edge stands in the type that an edge type reverses, if that one has columns: int64 per
    /// edge.
    public Optional<MemorySegment> positions(int edgeType) {
        return positions.get(edgeType);
    }

    /// Reads everything and fails where it contradicts itself: graph, ids, columns. Checksums are not read
    /// here: see [GraphStore#check].
    ///
    /// @throws CorruptGraphException naming the first part at fault
    public void check() {
        graph.check();
        for (int type = 0; type < ids.size(); type++) {
            NodeType nodes = graph.nodeTypes().get(type);
            require(nodes.name(), ids.get(type).problem());
            columns(nodes.name(), nodeColumns.get(type));
        }
        for (int type = 0; type < edgeColumns.size(); type++) {
            EdgeType edges = graph.edgeTypes().get(type);
            columns(edges.name(), edgeColumns.get(type));
            require(edges.name(), positionsProblem(type));
        }
    }

    @Override
    public void close() {
        arena.close();
    }

    private static void columns(String part, List<Column> columns) {
        for (Column column : columns) {
            require(part + "." + column.name(), column.problem());
        }
    }

    /// Each position must lie in the list of the same edge's other end, and no two may be the same.
    private String positionsProblem(int type) {
        if (positions.get(type).isEmpty()) {
            return "";
        }
        MemorySegment here = positions.get(type).get();
        var adjacency = graph.neighbors(type);
        var other = graph.neighbors(graph.reverse(type).orElseThrow());
        for (int target = 0; target < adjacency.targets(); target++) {
            long last = -1;
            for (long i = adjacency.begin(target); i < adjacency.end(target); i++) {
                long position = here.getAtIndex(ValueLayout.JAVA_LONG, i);
                int source = adjacency.source(i);
                boolean same = position >= other.begin(source)
                        && position < other.end(source)
                        && other.source(position) == target;
                boolean fresh = i == adjacency.begin(target) || adjacency.source(i - 1) != source || position > last;
                if (!same || !fresh) {
                    return "position " + position + " is not where edge " + i + " stands the other way round";
                }
                last = position;
            }
        }
        return "";
    }

    private static void require(String part, String problem) {
        if (!problem.isEmpty()) {
            throw new CorruptGraphException(part, problem);
        }
    }
}
