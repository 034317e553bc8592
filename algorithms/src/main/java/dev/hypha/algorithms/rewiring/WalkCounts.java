package dev.hypha.algorithms.rewiring;

import dev.hypha.algorithms.SimpleGraph;

/// How many walks of a fixed length lead from one node to the others, every node having a self-loop: a row
/// of (A + I)^k, by k products with one vector. For one thread.
final class WalkCounts {
    private final SimpleGraph graph;
    private final int[] reached;
    private final double[] counts;
    private final double[] next;
    private int size;

    WalkCounts(SimpleGraph graph) {
        this.graph = graph;
        reached = new int[graph.nodes()];
        counts = new double[graph.nodes()];
        next = new double[graph.nodes()];
    }

    /// Counts the walks of `length` steps that begin at a node.
    void from(int node, int length) {
        for (int i = 0; i < size; i++) {
            counts[reached[i]] = 0;
        }
        size = 1;
        reached[0] = node;
        counts[node] = 1;
        for (int step = 0; step < length; step++) {
            step();
        }
    }

    private void step() {
        int before = size;
        for (int i = 0; i < before; i++) {
            int node = reached[i];
            for (int k = graph.offsets()[node]; k < graph.offsets()[node + 1]; k++) {
                int neighbor = graph.neighbors()[k];
                if (next[neighbor] == 0 && counts[neighbor] == 0) {
                    reached[size++] = neighbor;
                }
                next[neighbor] += counts[node];
            }
        }
        for (int i = 0; i < size; i++) {
            int node = reached[i];
            double walks = counts[node] + next[node];
            counts[node] = walks;
            next[node] = 0;
        }
    }

    /// The number of walks to a node.
    double to(int node) {
        return counts[node];
    }
}
