package dev.hypha.algorithms.curvature;

import dev.hypha.algorithms.SimpleGraph;
import dev.hypha.algorithms.Threads;
import java.util.Arrays;

/// Which nodes have a common neighbor. On graphs of up to 32,768 nodes it is looked up in a bit for each pair, at most
/// 128 MB; on larger ones the lists of both are walked together.
final class TwoSteps {
    private static final int MOST_NODES = 1 << 15;

    private final SimpleGraph graph;
    private final long[][] bits;

    private TwoSteps(SimpleGraph graph, long[][] bits) {
        this.graph = graph;
        this.bits = bits;
    }

    static TwoSteps of(SimpleGraph graph, Threads threads) {
        return graph.nodes() <= MOST_NODES ? looked(graph, threads) : walked(graph);
    }

    static TwoSteps walked(SimpleGraph graph) {
        return new TwoSteps(graph, null);
    }

    static TwoSteps looked(SimpleGraph graph, Threads threads) {
        long[][] bits = new long[graph.nodes()][];
        threads.forEach(graph.nodes(), () -> node -> bits[node] = row(graph, node));
        return new TwoSteps(graph, bits);
    }

    private static long[] row(SimpleGraph graph, int node) {
        long[] row = new long[(graph.nodes() + 63) / 64];
        int[] offsets = graph.offsets();
        int[] neighbors = graph.neighbors();
        for (int i = offsets[node]; i < offsets[node + 1]; i++) {
            for (int j = offsets[neighbors[i]]; j < offsets[neighbors[i] + 1]; j++) {
                row[neighbors[j] >> 6] |= 1L << neighbors[j];
            }
        }
        return row;
    }

    /// Whether two nodes have a common neighbor.
    boolean apart(int u, int v) {
        return bits == null ? common(u, v) : (bits[u][v >> 6] >>> v & 1) != 0;
    }

    private boolean common(int u, int v) {
        int[] offsets = graph.offsets();
        int[] neighbors = graph.neighbors();
        boolean uShorter = graph.degree(u) < graph.degree(v);
        int shorter = uShorter ? u : v;
        int longer = uShorter ? v : u;
        for (int i = offsets[shorter]; i < offsets[shorter + 1]; i++) {
            if (Arrays.binarySearch(neighbors, offsets[longer], offsets[longer + 1], neighbors[i]) >= 0) {
                return true;
            }
        }
        return false;
    }
}
