package dev.hypha.graph.sampling;

import dev.hypha.graph.EdgeType;
import java.util.stream.IntStream;

/// The part of a graph of one node type and one edge type that a batch of seeds looks at: plain data on the
/// heap, not to be changed.
///
/// Nodes have local numbers: first the seeds, then all others in the order in which sampling first met
/// them, hop by hop. Samplers of neighbors let the seeds share their nodes, so that a node has one number;
/// samplers of scopes give each seed nodes of its own, and [#seedOf] then says whose they are.
///
/// Edges are one CSR pattern: the rows are the nodes `0 .. ends[hops-1]`, the columns local sources. A
/// model of L = `hops` layers computes in layer l the rows `0 .. ends[L-l]` from the rows `0 ..
/// ends[L-l+1]`, so every layer reads a prefix of the same pattern, and a node looks at the same neighbors
/// in each layer.
public final class Blocks {
    private final int[] seedRows;
    private final int[] nodes;
    private final int[] seedOf;
    private final int[] ends;
    private final int[] offsets;
    private final int[] sources;
    private final float[] weights;
    private final long[] positions;

    Blocks(
            int[] seedRows,
            int[] nodes,
            int[] seedOf,
            int[] ends,
            int[] offsets,
            int[] sources,
            float[] weights,
            long[] positions) {
        this.seedRows = seedRows;
        this.nodes = nodes;
        this.seedOf = seedOf;
        this.ends = ends;
        this.offsets = offsets;
        this.sources = sources;
        this.weights = weights;
        this.positions = positions;
    }

    /// The blocks of one edge type of a sample of trees: the same arrays, each seed with nodes of its own,
    /// and no positions. So temporal samples serve models of one node type. The node of a seed that is not
    /// visible at its own cut-off is [Subgraph#UNSEEN] here too.
    ///
    /// @param edgeType joins nodes of the seeds' type, along which all of them were found
    /// @throws IllegalArgumentException for another edge type, or in a graph of several node types
    public static Blocks of(Subgraph sample, int edgeType) {
        EdgeType type = sample.edgeTypes().get(edgeType);
        int nodeType = sample.seedType();
        if (type.source() != nodeType
                || type.target() != nodeType
                || sample.edgeTypes().size() > 1) {
            throw new IllegalArgumentException(type + " does not hold all edges of the sample");
        }
        return new Blocks(
                IntStream.range(0, sample.seeds()).toArray(),
                sample.nodes(nodeType),
                sample.seedOf(nodeType),
                sample.ends(nodeType),
                sample.offsets(edgeType),
                sample.sources(edgeType),
                new float[0],
                new long[0]);
    }

    /// How many hops were sampled: the number of layers that this serves.
    public int hops() {
        return ends.length - 1;
    }

    /// The local number of each seed, in the order in which they were given: `0, 1, 2, ..` unless one was
    /// given twice.
    public int[] seedRows() {
        return seedRows;
    }

    /// The graph's number of each local node.
    public int[] nodes() {
        return nodes;
    }

    /// The index of the seed that each local node belongs to; empty where the seeds share their nodes.
    public int[] seedOf() {
        return seedOf;
    }

    /// How many local nodes are at most h hops from the seeds, for h = `0 .. hops`.
    public int[] ends() {
        return ends;
    }

    /// Where each row's sources begin, one entry more than there are rows: `ends[hops-1] + 1`.
    public int[] offsets() {
        return offsets;
    }

    /// The local numbers of the sources, row after row.
    public int[] sources() {
        return sources;
    }

    /// The weight of each edge, such that the weighted sum over a row is an unbiased estimate of the sum
    /// over all the edges of that node in the graph, weighed by their weights there. Empty where the
    /// weights within each row are equal: then the mean over a row estimates the mean over all. Where the
    /// edges are not the graph's, the score of each source for its row.
    public float[] weights() {
        return weights;
    }

    /// The position of each edge in the graph, for what is stored by edge; empty where the edges are not
    /// the graph's.
    public long[] positions() {
        return positions;
    }
}
