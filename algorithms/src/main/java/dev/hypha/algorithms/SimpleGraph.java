package dev.hypha.algorithms;

import dev.hypha.graph.Neighbors;
import java.util.Arrays;

/// An undirected graph without self-loops and without parallel edges: every node's neighbors, ascending, in
/// plain arrays on the heap. An edge stands in the lists of both its ends.
///
/// Immutable; the arrays that it hands out are its own and are not to be changed.
public final class SimpleGraph implements Neighbors {
    private final int[] offsets;
    private final int[] neighbors;

    private SimpleGraph(int[] offsets, int[] neighbors) {
        this.offsets = offsets;
        this.neighbors = neighbors;
    }

    /// What is left of any graph without the directions, weights, self-loops and repetitions of its edges.
    ///
    /// @throws IllegalArgumentException if the edges, both ways, do not fit in an array
    public static SimpleGraph of(Neighbors graph) {
        int nodes = graph.targets();
        long[] pairs = new long[fits(graph.edges())];
        int count = 0;
        for (int target = 0; target < nodes; target++) {
            for (long i = graph.begin(target); i < graph.end(target); i++) {
                pairs[count++] = pair(target, graph.source(i));
            }
        }
        return ofPairs(nodes, pairs);
    }

    /// The graph with these edges, in any order and direction; self-loops and repetitions are dropped.
    ///
    /// @param edges two node numbers each
    /// @throws IllegalArgumentException naming an edge to a node that there is not
    public static SimpleGraph of(int nodes, int[][] edges) {
        long[] pairs = new long[fits(edges.length)];
        for (int i = 0; i < edges.length; i++) {
            int u = edges[i][0];
            int v = edges[i][1];
            if (u < 0 || v < 0 || u >= nodes || v >= nodes) {
                throw new IllegalArgumentException("an edge from " + u + " to " + v + " among " + nodes + " nodes");
            }
            pairs[i] = pair(u, v);
        }
        return ofPairs(nodes, pairs);
    }

    private static int fits(long edges) {
        if (edges > Integer.MAX_VALUE / 2 - 8) {
            throw new IllegalArgumentException(edges + " edges, both ways, do not fit in an array");
        }
        return (int) edges;
    }

    /// An edge as one number: the smaller end above, the larger below, so that edges sort as pairs do.
    private static long pair(int u, int v) {
        return (long) Math.min(u, v) << 32 | Math.max(u, v);
    }

    private static SimpleGraph ofPairs(int nodes, long[] pairs) {
        Arrays.parallelSort(pairs);
        int[] offsets = new int[nodes + 1];
        int count = 0;
        for (int i = 0; i < pairs.length; i++) {
            int u = (int) (pairs[i] >> 32);
            int v = (int) pairs[i];
            if (u != v && (i == 0 || pairs[i] != pairs[i - 1])) {
                pairs[count++] = pairs[i];
                offsets[u + 1]++;
                offsets[v + 1]++;
            }
        }
        Arrays.parallelPrefix(offsets, Integer::sum);
        int[] neighbors = new int[2 * count];
        int[] next = Arrays.copyOf(offsets, nodes);
        // Every list comes out ascending: a node stands second in pairs with smaller nodes, and all of
        // those come before the pairs in which it stands first.
        for (int i = 0; i < count; i++) {
            int u = (int) (pairs[i] >> 32);
            int v = (int) pairs[i];
            neighbors[next[u]++] = v;
            neighbors[next[v]++] = u;
        }
        return new SimpleGraph(offsets, neighbors);
    }

    /// The same nodes with some edges more and some fewer; adding what is there and removing what is not
    /// changes nothing, and what is added and removed is removed.
    public SimpleGraph changed(Iterable<Edge> added, Iterable<Edge> removed) {
        long[] gone = numbers(removed);
        Arrays.sort(gone);
        long[] more = numbers(added);
        long[] pairs = new long[fits(pairs() + (long) more.length)];
        int count = 0;
        for (int u = 0; u < nodes(); u++) {
            for (int i = offsets[u]; i < offsets[u + 1]; i++) {
                if (u < neighbors[i] && Arrays.binarySearch(gone, pair(u, neighbors[i])) < 0) {
                    pairs[count++] = pair(u, neighbors[i]);
                }
            }
        }
        for (long each : more) {
            if (Arrays.binarySearch(gone, each) < 0) {
                pairs[count++] = each;
            }
        }
        return ofPairs(nodes(), Arrays.copyOf(pairs, count));
    }

    private static long[] numbers(Iterable<Edge> edges) {
        long[] numbers = new long[16];
        int count = 0;
        for (Edge edge : edges) {
            if (count == numbers.length) {
                numbers = Arrays.copyOf(numbers, 2 * count);
            }
            numbers[count++] = pair(edge.u(), edge.v());
        }
        return Arrays.copyOf(numbers, count);
    }

    /// How many nodes there are.
    public int nodes() {
        return offsets.length - 1;
    }

    /// How many undirected edges there are.
    public int pairs() {
        return neighbors.length / 2;
    }

    /// The undirected edges by their first, smaller, and second ends.
    public Edge[] edgeList() {
        Edge[] edges = new Edge[pairs()];
        int count = 0;
        for (int u = 0; u < nodes(); u++) {
            for (int i = offsets[u]; i < offsets[u + 1]; i++) {
                if (u < neighbors[i]) {
                    edges[count++] = new Edge(u, neighbors[i]);
                }
            }
        }
        return edges;
    }

    /// Where each node's list begins, and the length of all lists at the end.
    public int[] offsets() {
        return offsets;
    }

    /// The lists, one after the other.
    public int[] neighbors() {
        return neighbors;
    }

    public boolean joined(int u, int v) {
        return Arrays.binarySearch(neighbors, offsets[u], offsets[u + 1], v) >= 0;
    }

    @Override
    public int degree(int node) {
        return offsets[node + 1] - offsets[node];
    }

    @Override
    public int targets() {
        return nodes();
    }

    @Override
    public long edges() {
        return neighbors.length;
    }

    @Override
    public long begin(int target) {
        return offsets[target];
    }

    @Override
    public long end(int target) {
        return offsets[target + 1];
    }

    @Override
    public int source(long position) {
        return neighbors[(int) position];
    }

    @Override
    public boolean sorted() {
        return true;
    }
}
