package dev.hypha.graph;

import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;

/// A typed, timed, immutable graph: per edge type, each target's source neighbors by (time, number).
///
/// Its arrays lie outside the heap until [#close]; any number of threads may read it. Nodes may have a time, edges have
/// none: an edge is visible exactly if both its ends are. Made by a [Builder], or mapped from files.
public final class Graph implements AutoCloseable {
    private final Arena arena;
    private final List<NodeType> nodeTypes;
    private final List<NodeTimes> times;
    private final List<EdgeType> edgeTypes;
    private final List<Adjacency> adjacencies;
    private final int[] reverses;

    Graph(
            Arena arena,
            List<NodeType> nodeTypes,
            List<NodeTimes> times,
            List<EdgeType> edgeTypes,
            List<Adjacency> adjacencies,
            int[] reverses) {
        this.arena = arena;
        this.nodeTypes = List.copyOf(nodeTypes);
        this.times = List.copyOf(times);
        this.edgeTypes = List.copyOf(edgeTypes);
        this.adjacencies = List.copyOf(adjacencies);
        this.reverses = reverses;
    }

    /// In order of their indices.
    public List<NodeType> nodeTypes() {
        return nodeTypes;
    }

    /// In order of their indices.
    public List<EdgeType> edgeTypes() {
        return edgeTypes;
    }

    /// The index of the node type of that name.
    ///
    /// @throws IllegalArgumentException if there is none
    public int nodeType(String name) {
        return indexOf(nodeTypes.stream().map(NodeType::name).toList(), name);
    }

    /// The index of the edge type of that name.
    ///
    /// @throws IllegalArgumentException if there is none
    public int edgeType(String name) {
        return indexOf(edgeTypes.stream().map(EdgeType::name).toList(), name);
    }

    /// The time of a node in microseconds since 1970-01-01 UTC, or [Visibility#ALWAYS] or [Visibility#NEVER].
    public long time(int nodeType, int node) {
        Objects.checkIndex(node, nodeTypes.get(nodeType).count());
        return times.get(nodeType).get(node);
    }

    /// True if the nodes of that type have times of their own.
    public boolean timed(int nodeType) {
        return times.get(nodeType).timed();
    }

    /// The edges of a type, as each target's list of neighbors.
    public Adjacency neighbors(int edgeType) {
        return adjacencies.get(edgeType);
    }

    /// The edge type that holds the same edges the other way round, if the graph was built with one.
    public OptionalInt reverse(int edgeType) {
        return reverses[edgeType] < 0 ? OptionalInt.empty() : OptionalInt.of(reverses[edgeType]);
    }

    /// The memory held outside the heap or mapped from files, in bytes.
    public long bytes() {
        return times.stream().mapToLong(NodeTimes::bytes).sum()
                + adjacencies.stream().mapToLong(Adjacency::bytes).sum();
    }

    /// Reads the whole graph and fails where it contradicts itself: offsets, ranges, order, transposes, checksums.
    ///
    /// @throws CorruptGraphException naming the first part at fault
    public void check() {
        for (int type = 0; type < nodeTypes.size(); type++) {
            times.get(type).check(nodeTypes.get(type));
        }
        for (int type = 0; type < edgeTypes.size(); type++) {
            new AdjacencyCheck(this, type).run();
        }
    }

    /// Gives the memory back. Reading the graph afterwards is an [IllegalStateException].
    @Override
    public void close() {
        arena.close();
    }

    NodeTimes times(int nodeType) {
        return times.get(nodeType);
    }

    private static int indexOf(List<String> names, String name) {
        int index = names.indexOf(name);
        if (index < 0) {
            throw new IllegalArgumentException("no type named " + name + " among " + names);
        }
        return index;
    }

    /// Makes a [Graph]: first the node types, then the edge types and their edges, in any order.
    ///
    ///     try (var builder = new Graph.Builder()) {
    ///         int customers = builder.nodes("customers", 3);
    ///         int orders = builder.nodes("orders", new long[] {10, 20});
    ///         EdgeList placed = builder.edges("orders.customer", orders, customers);
    ///         placed.add(0, 2);
    ///         builder.reversed("customers of orders", placed);
    ///         Graph graph = builder.build();
    ///     }
    ///
    /// For one thread. Closing it frees what building needed, and the graph too if it was never handed out.
    public static final class Builder implements AutoCloseable {
        private final Arena arena = Arena.ofShared();
        private final Arena scratch = Arena.ofConfined();
        private final List<NodeType> nodeTypes = new ArrayList<>();
        private final List<NodeTimes> times = new ArrayList<>();
        private final List<EdgeType> edgeTypes = new ArrayList<>();
        private final List<EdgeList> edges = new ArrayList<>();
        private final List<Integer> reverses = new ArrayList<>();
        private boolean built;

        /// A builder without any types yet.
        public Builder() {}

        /// Adds a type whose nodes have no time and are always visible.
        ///
        /// @return the index of the type
        public int nodes(String name, int count) {
            return nodes(new NodeType(name, count), NodeTimes.none());
        }

        /// Adds a type whose nodes have these times, in microseconds since 1970-01-01 UTC; see [Visibility].
        ///
        /// @return the index of the type
        public int nodes(String name, long[] micros) {
            return nodes(new NodeType(name, micros.length), NodeTimes.of(micros, arena));
        }

        /// Adds an edge type without edges.
        ///
        /// @param source index of the node type that messages come from
        /// @param target index of the node type that messages go to
        /// @return where its edges are added
        public EdgeList edges(String name, int source, int target) {
            var list = new EdgeList(
                    scratch,
                    nodeTypes.get(source).count(),
                    nodeTypes.get(target).count());
            edges(new EdgeType(name, source, target), list, -1);
            return list;
        }

        /// Adds an edge type that holds the edges of another one the other way round, those added later included.
        ///
        /// @param list what [#edges] gave for the other type
        public void reversed(String name, EdgeList list) {
            int other = edges.indexOf(list);
            if (other < 0 || reverses.get(other) >= 0) {
                throw new IllegalArgumentException("no edges of this builder, or already reversed: " + name);
            }
            reverses.set(other, edgeTypes.size());
            EdgeType type = edgeTypes.get(other);
            edges(new EdgeType(name, type.target(), type.source()), list, other);
        }

        /// Sorts the edges into a graph. Its bits depend on the edges only, not on the order of adding them.
        public Graph build() {
            if (built) {
                throw new IllegalStateException("this builder has built its graph");
            }
            List<int[]> orders = new ArrayList<>();
            for (int type = 0; type < nodeTypes.size(); type++) {
                orders.add(times.get(type).order(nodeTypes.get(type).count()));
            }
            List<Adjacency> adjacencies = new ArrayList<>();
            for (int type = 0; type < edgeTypes.size(); type++) {
                adjacencies.add(adjacency(type, orders.get(edgeTypes.get(type).source())));
            }
            built = true;
            int[] reverse = reverses.stream().mapToInt(Integer::intValue).toArray();
            return new Graph(arena, nodeTypes, times, edgeTypes, adjacencies, reverse);
        }

        @Override
        public void close() {
            scratch.close();
            if (!built) {
                arena.close();
            }
        }

        private int nodes(NodeType type, NodeTimes micros) {
            requireNew(nodeTypes.stream().map(NodeType::name).toList(), type.name());
            nodeTypes.add(type);
            times.add(micros);
            return nodeTypes.size() - 1;
        }

        private void edges(EdgeType type, EdgeList list, int reverse) {
            requireNew(edgeTypes.stream().map(EdgeType::name).toList(), type.name());
            edgeTypes.add(type);
            edges.add(list);
            reverses.add(reverse);
        }

        private Adjacency adjacency(int index, int[] order) {
            EdgeType type = edgeTypes.get(index);
            boolean turned = reverses.get(index) >= 0 && reverses.get(index) < index;
            int targets = nodeTypes.get(type.target()).count();
            return Adjacency.of(edges.get(index), turned, times.get(type.source()), order, targets, arena);
        }

        private static void requireNew(List<String> names, String name) {
            if (names.contains(name)) {
                throw new IllegalArgumentException("a second type named " + name);
            }
        }
    }
}
