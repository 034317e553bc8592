package dev.hypha.graph.sampling;

import dev.hypha.graph.Neighbors;
import java.util.Arrays;

/// Cuts a graph into clusters of bounded size between which there are few edges.
///
/// First each node, in breadth-first order, goes to the cluster where most of its neighbors are, each
/// neighbor counting less the fuller the cluster is: linear deterministic greedy, Stanton and Kliot,
/// "Streaming graph partitioning for large distributed graphs", KDD 2012. Then rounds of moving each node to
/// where more of its neighbors are, if there is room: size-constrained label propagation, Meyerhenke,
/// Sanders and Schulz, "Partitioning complex networks via size-constrained clustering", SEA 2014. Each round
/// reads every edge once. Made for graphs that hold both directions of each edge; parallel edges count as
/// many.
///
/// @param clusters how many
/// @param slack by how much a cluster may be larger than the average, as a part of it; 0.1 is usual
/// @param rounds how many rounds of moving
public record BalancedPartitioner(int clusters, double slack, int rounds) {
    public BalancedPartitioner {
        if (clusters < 1 || !(slack >= 0) || rounds < 0) {
            throw new IllegalArgumentException(
                    "no partition: %d clusters, slack %s, %d rounds".formatted(clusters, slack, rounds));
        }
    }

    /// The most nodes that a cluster may have.
    public int capacity(int nodes) {
        double average = (double) nodes / clusters;
        return (int) Math.min(nodes, Math.max(Math.ceil(average), Math.floor(average * (1 + slack))));
    }

    /// Cuts a graph.
    ///
    /// @param key source of the order in which parts of the graph that are not connected begin
    public Partition partition(Neighbors graph, long key) {
        var state = new State(graph, clusters, capacity(graph.targets()));
        int[] order = breadthFirst(graph, key);
        for (int node : order) {
            state.place(node);
        }
        for (int round = 0; round < rounds && state.moved(order); round++) {
            // the moves are made by the condition
        }
        return Partition.of(state.clusterOf, clusters);
    }

    private static int[] breadthFirst(Neighbors graph, long key) {
        int[] order = new int[graph.targets()];
        boolean[] met = new boolean[order.length];
        int length = 0;
        int head = 0;
        for (int start : shuffled(order.length, key)) {
            if (!met[start]) {
                met[start] = true;
                order[length++] = start;
            }
            for (; head < length; head++) {
                long end = graph.end(order[head]);
                for (long i = graph.begin(order[head]); i < end; i++) {
                    int source = graph.source(i);
                    if (!met[source]) {
                        met[source] = true;
                        order[length++] = source;
                    }
                }
            }
        }
        return order;
    }

    private static int[] shuffled(int count, long key) {
        int[] shuffled = new int[count];
        for (int i = 0; i < count; i++) {
            int j = Mixing.below(i + 1, key, i);
            shuffled[i] = shuffled[j];
            shuffled[j] = i;
        }
        return shuffled;
    }

    /// Where the nodes are while it works.
    private static final class State {
        private static final int NOWHERE = -1;

        private final Neighbors graph;
        private final int capacity;
        private final int[] clusterOf;
        private final int[] sizes;

        /// How many neighbors of the node at hand are in each cluster, and which of them are not 0.
        private final int[] links;

        private final int[] linked;
        private int linkedCount;
        private int smallest;

        State(Neighbors graph, int clusters, int capacity) {
            this.graph = graph;
            this.capacity = capacity;
            this.clusterOf = new int[graph.targets()];
            this.sizes = new int[clusters];
            this.links = new int[clusters];
            this.linked = new int[clusters];
            Arrays.fill(clusterOf, NOWHERE);
        }

        void place(int node) {
            count(node);
            int best = NOWHERE;
            double most = 0;
            for (int i = 0; i < linkedCount; i++) {
                int cluster = linked[i];
                double score = links[cluster] * (1 - (double) sizes[cluster] / capacity);
                if (score > most || (score == most && score > 0 && cluster < best)) {
                    most = score;
                    best = cluster;
                }
            }
            move(node, best == NOWHERE ? emptiest() : best);
        }

        /// Moves every node that has more neighbors elsewhere.
        ///
        /// @return whether there was one
        boolean moved(int[] order) {
            boolean any = false;
            for (int node : order) {
                count(node);
                int best = clusterOf[node];
                for (int i = 0; i < linkedCount; i++) {
                    int cluster = linked[i];
                    if (links[cluster] > links[best] && sizes[cluster] < capacity) {
                        best = cluster;
                    }
                }
                if (best != clusterOf[node]) {
                    sizes[clusterOf[node]]--;
                    move(node, best);
                    any = true;
                }
            }
            return any;
        }

        private void move(int node, int cluster) {
            clusterOf[node] = cluster;
            sizes[cluster]++;
        }

        private void count(int node) {
            while (linkedCount > 0) {
                links[linked[--linkedCount]] = 0;
            }
            long end = graph.end(node);
            for (long i = graph.begin(node); i < end; i++) {
                int source = graph.source(i);
                int cluster = clusterOf[source];
                if (cluster != NOWHERE && source != node) {
                    if (links[cluster]++ == 0) {
                        linked[linkedCount++] = cluster;
                    }
                }
            }
        }

        /// A cluster without neighbors to follow: the smallest of a few.
        private int emptiest() {
            for (int i = 0; i < sizes.length; i++) {
                if (sizes[i] < sizes[smallest]) {
                    smallest = i;
                }
            }
            return smallest;
        }
    }
}
