package dev.hypha.learn.zoo;

import dev.hypha.algorithms.SimpleGraph;
import dev.hypha.algorithms.centrality.EdgeBetweenness;
import dev.hypha.graph.NeighborLists;
import dev.hypha.learn.Context;
import dev.hypha.learn.Keys;
import dev.hypha.tensor.Csr;
import dev.hypha.tensor.Tensor;
import java.util.Arrays;

/// The transition matrix of a walk that also jumps, as [Lfgcn] defines it, and how its edges are dropped.
///
/// @param pattern whom each target may be reached from, itself first, then the others by their distance
/// @param weights of the entries before rows are divided by their sums: a power of the distance
/// @param shares the weights divided by the sums of their rows
/// @param bridges how much more shortest paths go over an entry's edge than over others on average; 0 for a
///     jump, or where no edge is to be dropped
/// @param codes of each entry a number that its edge has in both directions; none where no edge is to be dropped
@SuppressWarnings("ArrayRecordComponent") // never compared
record LevyFlight(Csr pattern, float[] weights, float[] shares, float[] bridges, long[] codes) {
    /// @param edges targets x sources; jumps are made where these are the same nodes
    /// @param alpha power of the distance
    /// @param reach longest jump
    /// @param jumps how many nodes that are no neighbors each node is reached from at most, the nearest first
    /// @param drops whether edges are to be dropped, which needs their betweenness
    static LevyFlight of(Csr edges, double alpha, int reach, int jumps, boolean drops) {
        boolean whole = edges.rows() == edges.cols();
        return whole ? jumping(edges, alpha, reach, jumps, drops) : walking(edges);
    }

    private static LevyFlight walking(Csr looped) {
        float[] ones = new float[looped.edges()];
        Arrays.fill(ones, 1);
        return new LevyFlight(looped, ones, shares(looped, ones), new float[ones.length], codes(looped));
    }

    private static LevyFlight jumping(Csr edges, double alpha, int reach, int jumps, boolean drops) {
        SimpleGraph graph = SimpleGraph.of(NeighborLists.of(
                Arrays.copyOf(edges.offsets(), edges.rows() + 1), Arrays.copyOf(edges.indices(), edges.edges())));
        double[] betweenness = drops ? EdgeBetweenness.of(graph) : null;
        double mean = drops ? Arrays.stream(betweenness).average().orElse(1) : 1;
        Search search = new Search(graph, reach, jumps);
        for (int i = 0; i < graph.nodes(); i++) search.from(i);
        int[] sources = Arrays.copyOf(search.sources, search.count);
        float[] weights = new float[search.count];
        float[] bridges = new float[search.count];
        for (int i = 0; i < graph.nodes(); i++) {
            int first = search.offsets[i];
            for (int e = first; e < search.offsets[i + 1]; e++) {
                int distance = search.distances[e];
                weights[e] = distance == 0 ? 1 : (float) Math.pow(distance, -alpha);
                if (drops && distance == 1)
                    bridges[e] = (float) (betweenness[graph.offsets()[i] + e - first - 1] / mean);
            }
        }
        Csr pattern = new Csr(graph.nodes(), graph.nodes(), search.offsets, sources);
        return new LevyFlight(
                pattern, weights, shares(pattern, weights), bridges, drops ? codes(pattern) : new long[0]);
    }

    private static float[] shares(Csr pattern, float[] weights) {
        float[] shares = new float[weights.length];
        for (int i = 0; i < pattern.rows(); i++) {
            double sum = 0;
            for (int e = pattern.offsets()[i]; e < pattern.offsets()[i + 1]; e++) sum += weights[e];
            for (int e = pattern.offsets()[i]; e < pattern.offsets()[i + 1]; e++)
                shares[e] = (float) (weights[e] / sum);
        }
        return shares;
    }

    /// One step of the walk, one row per target.
    Tensor step(Context c, Tensor x) {
        return x.spmm(pattern, c.constant(shares.length, e -> shares[e]));
    }

    /// The same after edges were dropped, each with a probability of `share` times how much more of a bridge
    /// it is than others; both directions of an edge share a fate, and rows are divided by what is left of
    /// them.
    Tensor step(Context c, Tensor x, double share) {
        long key = c.draw();
        Tensor kept = c.constant(weights.length, e -> uniform(key, codes[e]) < share * bridges[e] ? 0 : weights[e]);
        Tensor sums = c.constant(x.rows(), _ -> 1).spmm(pattern, kept);
        return x.spmm(pattern, kept).scaleRows(sums.log().scale(-1).exp());
    }

    private static long[] codes(Csr pattern) {
        long[] codes = new long[pattern.edges()];
        for (int i = 0; i < pattern.rows(); i++) {
            for (int e = pattern.offsets()[i]; e < pattern.offsets()[i + 1]; e++) {
                int j = pattern.indices()[e];
                codes[e] = (long) Math.min(i, j) << 32 | Math.max(i, j);
            }
        }
        return codes;
    }

    private static double uniform(long key, long code) {
        return (Keys.split(key, code) >>> 11) * 0x1p-53;
    }

    /// Breadth-first search from one node after the other, each until enough nodes beyond its neighbors are
    /// found.
    private static final class Search {
        private final SimpleGraph graph;
        private final int reach;
        private final int jumps;
        private final int[] seenFrom;
        private final int[] offsets;
        private int[] sources;
        private int[] distances;
        private int count;

        Search(SimpleGraph graph, int reach, int jumps) {
            this.graph = graph;
            this.reach = reach;
            this.jumps = jumps;
            this.seenFrom = new int[graph.nodes()];
            Arrays.fill(seenFrom, -1);
            this.offsets = new int[graph.nodes() + 1];
            this.sources = new int[4 * graph.nodes() + 16];
            this.distances = new int[sources.length];
        }

        void from(int node) {
            int first = count;
            add(node, node, 0);
            int most = 1 + graph.degree(node) + jumps;
            for (int at = first; at < count && distances[at] < reach; at++) {
                int near = sources[at];
                for (int i = graph.offsets()[near]; i < graph.offsets()[near + 1] && count - first < most; i++) {
                    int next = graph.neighbors()[i];
                    if (seenFrom[next] != node) add(node, next, distances[at] + 1);
                }
            }
            offsets[node + 1] = count;
        }

        private void add(int from, int node, int distance) {
            if (count == sources.length) {
                sources = Arrays.copyOf(sources, 2 * count);
                distances = Arrays.copyOf(distances, 2 * count);
            }
            seenFrom[node] = from;
            sources[count] = node;
            distances[count++] = distance;
        }
    }
}
