package dev.hypha.graph.sampling;

/// The part of a graph of one node type and one edge type that a batch of seeds looks at: plain data on the heap, not
/// to be changed.
///
/// Nodes have local numbers: first the seeds, then all others in the order in which sampling first met them, hop by
/// hop.
/// Samplers of neighbors let the seeds share their nodes, so that a node has one number; samplers of scopes give each
/// seed nodes of its own, and [#seedOf] then says whose they are.
///
/// Edges are one CSR pattern: the rows are the nodes `0 .. ends[hops-1]`, the columns local sources. A model of L =
/// `hops` layers computes in layer l the rows `0 .. ends[L-l]` from the rows `0 .. ends[L-l+1]`, so every layer reads a
/// prefix of the same pattern, and a node looks at the same neighbors in each layer.
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

    /// How many hops were sampled: the number of layers that this serves.
    public int hops() {
        return ends.length - 1;
    }

    /// The local number of each seed, in the order in which they were given: `0, 1, 2, ..` unless one was given twice.
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

    /// The weight of each edge, such that the weighted sum over a row is an unbiased estimate of the sum over all the
    /// edges of that node in the graph, weighed by their weights there. Empty where the weights within each row are
    /// equal: then the mean over a row estimates the mean over all.
    public float[] weights() {
        return weights;
    }

    /// The position of each edge in the graph, for what is stored by edge; empty where the edges are not the graph's.
    public long[] positions() {
        return positions;
    }
}
