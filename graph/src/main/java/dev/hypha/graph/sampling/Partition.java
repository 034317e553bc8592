package dev.hypha.graph.sampling;

import java.util.Arrays;

/// The nodes of a graph in clusters, each node in one: for batches of a few clusters (see [InducedSampler]).
public final class Partition {
    private final int[] clusterOf;
    private final int[] starts;
    private final int[] nodes;

    private Partition(int[] clusterOf, int[] starts, int[] nodes) {
        this.clusterOf = clusterOf;
        this.starts = starts;
        this.nodes = nodes;
    }

    /// A partition that is known.
    ///
    /// @param clusterOf the cluster of each node, from 0; the array itself, not to be changed
    /// @param clusters how many clusters there are; some may be empty
    /// @throws IndexOutOfBoundsException for another cluster
    public static Partition of(int[] clusterOf, int clusters) {
        int[] starts = new int[clusters + 1];
        for (int cluster : clusterOf) {
            starts[cluster + 1]++;
        }
        for (int cluster = 0; cluster < clusters; cluster++) {
            starts[cluster + 1] += starts[cluster];
        }
        int[] next = starts.clone();
        int[] nodes = new int[clusterOf.length];
        for (int node = 0; node < nodes.length; node++) {
            nodes[next[clusterOf[node]]++] = node;
        }
        return new Partition(clusterOf, starts, nodes);
    }

    /// How many clusters there are.
    public int clusters() {
        return starts.length - 1;
    }

    /// The cluster of a node.
    public int cluster(int node) {
        return clusterOf[node];
    }

    /// How many nodes a cluster has.
    public int size(int cluster) {
        return starts[cluster + 1] - starts[cluster];
    }

    /// The nodes of some clusters: those of the first in ascending order, then those of the next.
    public int[] nodes(int... clusters) {
        int[] chosen = new int[Arrays.stream(clusters).map(this::size).sum()];
        int at = 0;
        for (int cluster : clusters) {
            System.arraycopy(nodes, starts[cluster], chosen, at, size(cluster));
            at += size(cluster);
        }
        return chosen;
    }
}
