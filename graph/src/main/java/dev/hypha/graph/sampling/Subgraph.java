package dev.hypha.graph.sampling;

import dev.hypha.graph.EdgeType;
import dev.hypha.graph.NodeType;
import java.util.List;

/// The part of a graph that a batch of seeds looks at: plain data on the heap, not to be changed.
///
/// Each seed has a tree of its own: a node is at most once in it, and belongs to no other seed, even where
/// two seeds are the same node. Per node type the nodes are ordered by hop, then seed, and have local
/// numbers in that order; the seeds are the local nodes `0 .. seeds-1` of the seed type, in the order given.
///
/// Edges are a CSR pattern per edge type: the rows are the targets of hop `0 .. hops-1`, the columns local
/// sources. A model of L = `hops` layers computes in layer l the rows `0 .. ends[L-l]` of each type from the
/// rows `0 .. ends[L-l+1]`.
public final class Subgraph {
    /// Stands instead of the node of a seed that is not visible itself at its cut-off (a row that came
    /// later, in the frozen protocol): the seed is answered for, but neither its columns nor its neighbors
    /// may be looked at.
    public static final int UNSEEN = -1;

    private final List<NodeType> nodeTypes;
    private final List<EdgeType> edgeTypes;
    private final int seedType;
    private final int seeds;
    private final int hops;
    private final int[][] nodes;
    private final int[][] seedOf;
    private final int[][] ends;
    private final int[][] offsets;
    private final int[][] sources;

    Subgraph(
            List<NodeType> nodeTypes,
            List<EdgeType> edgeTypes,
            int seedType,
            int seeds,
            int hops,
            int[][] nodes,
            int[][] seedOf,
            int[][] ends,
            int[][] offsets,
            int[][] sources) {
        this.nodeTypes = nodeTypes;
        this.edgeTypes = edgeTypes;
        this.seedType = seedType;
        this.seeds = seeds;
        this.hops = hops;
        this.nodes = nodes;
        this.seedOf = seedOf;
        this.ends = ends;
        this.offsets = offsets;
        this.sources = sources;
    }

    /// The node types of the graph.
    public List<NodeType> nodeTypes() {
        return nodeTypes;
    }

    /// The edge types of the graph.
    public List<EdgeType> edgeTypes() {
        return edgeTypes;
    }

    /// The index of the seeds' node type.
    public int seedType() {
        return seedType;
    }

    /// How many seeds there are.
    public int seeds() {
        return seeds;
    }

    /// How many hops were sampled.
    public int hops() {
        return hops;
    }

    /// The graph's number of each local node of a type, or [#UNSEEN] for a seed that is not visible itself.
    public int[] nodes(int nodeType) {
        return nodes[nodeType];
    }

    /// The index of the seed that each local node of a type belongs to.
    public int[] seedOf(int nodeType) {
        return seedOf[nodeType];
    }

    /// How many local nodes of a type are at most h hops from their seed, for h = `0 .. hops`.
    public int[] ends(int nodeType) {
        return ends[nodeType];
    }

    /// Where each row's sources begin, one entry more than there are rows: `ends(target)[hops-1] + 1`.
    public int[] offsets(int edgeType) {
        return offsets[edgeType];
    }

    /// The local numbers of the sources, row after row.
    public int[] sources(int edgeType) {
        return sources[edgeType];
    }

    /// The local nodes of all types together.
    public long nodeCount() {
        return total(nodes);
    }

    /// The edges of all types together.
    public long edgeCount() {
        return total(sources);
    }

    private static long total(int[][] arrays) {
        long total = 0;
        for (int[] array : arrays) {
            total += array.length;
        }
        return total;
    }
}
