package dev.hypha.graph;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/// A [Graph] put together from arrays that lie somewhere already, such as in mapped files. Nothing is copied,
/// and nothing of the arrays is read: who hands them over answers for their contents, which [Graph#check] reads
/// in full.
///
/// Node and edge types are numbered in the order of adding them. For one thread.
public final class GraphArrays {
    private final List<NodeType> nodeTypes = new ArrayList<>();
    private final List<NodeTimes> times = new ArrayList<>();
    private final List<EdgeType> edgeTypes = new ArrayList<>();
    private final List<Adjacency> adjacencies = new ArrayList<>();
    private final List<Integer> reverses = new ArrayList<>();

    /// No types yet.
    public GraphArrays() {}

    /// Adds a type whose nodes have no time.
    public void nodes(String name, int count) {
        nodeTypes.add(new NodeType(name, count));
        times.add(NodeTimes.none());
    }

    /// Adds a type whose nodes have times, in microseconds since 1970-01-01 UTC; see [Visibility].
    ///
    /// @param micros int64 per node
    public void nodes(String name, int count, MemorySegment micros) {
        requireBytes("times of " + name, micros, 8L * count);
        nodeTypes.add(new NodeType(name, count));
        times.add(NodeTimes.over(micros));
    }

    /// Adds an edge type between node types added before.
    ///
    /// @param offsets int64 per target and one more: where each target's sources begin
    /// @param sources int32 per edge, those of a target by (time, number)
    /// @param reverse the index of the edge type with the same edges the other way round, its own index where
    ///     each edge stands both ways, or -1
    public void edges(String name, int source, int target, MemorySegment offsets, MemorySegment sources, int reverse) {
        requireBytes("offsets of " + name, offsets, 8L * (nodeTypes.get(target).count() + 1L));
        edgeTypes.add(new EdgeType(name, source, target));
        adjacencies.add(Adjacency.over(offsets, sources, times.get(source)));
        reverses.add(reverse);
    }

    /// The graph; closing it closes the arena.
    public Graph build(Arena arena) {
        int[] reverse = reverses.stream().mapToInt(Integer::intValue).toArray();
        return new Graph(arena, nodeTypes, times, edgeTypes, adjacencies, reverse);
    }

    private static void requireBytes(String what, MemorySegment array, long bytes) {
        if (array.byteSize() != bytes) {
            throw new IllegalArgumentException(what + ": " + array.byteSize() + " bytes instead of " + bytes);
        }
    }
}
