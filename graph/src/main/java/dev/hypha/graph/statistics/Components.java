package dev.hypha.graph.statistics;

import dev.hypha.graph.EdgeType;
import dev.hypha.graph.Graph;
import dev.hypha.graph.Neighbors;
import java.util.Arrays;

/// Connected components over all node and edge types, directions ignored.
///
/// @param count components, each isolated node being one
/// @param largest nodes in the largest
/// @param isolated nodes without an edge to another node
public record Components(long count, long largest, long isolated) {
    /// @throws IllegalArgumentException if there are more than 2^31 - 1 nodes of all types together
    static Components of(Graph graph) {
        int[] first = new int[graph.nodeTypes().size() + 1];
        for (int type = 0; type < graph.nodeTypes().size(); type++) {
            long next = first[type] + (long) graph.nodeTypes().get(type).count();
            if (next > Integer.MAX_VALUE) {
                throw new IllegalArgumentException("components of " + next + " nodes do not fit in an array");
            }
            first[type + 1] = (int) next;
        }
        int[] parent = new int[first[first.length - 1]];
        Arrays.setAll(parent, node -> node);
        for (int type = 0; type < graph.edgeTypes().size(); type++) {
            // What a reverse holds, its other half holds too.
            if (graph.reverse(type).orElse(type) >= type) {
                EdgeType edges = graph.edgeTypes().get(type);
                join(parent, graph.neighbors(type), first[edges.source()], first[edges.target()]);
            }
        }
        return count(parent);
    }

    /// Of any graph whose targets and sources are the same nodes.
    public static Components of(Neighbors graph) {
        int[] parent = new int[graph.targets()];
        Arrays.setAll(parent, node -> node);
        join(parent, graph, 0, 0);
        return count(parent);
    }

    private static void join(int[] parent, Neighbors adjacency, int firstSource, int firstTarget) {
        for (int target = 0; target < adjacency.targets(); target++) {
            for (long i = adjacency.begin(target); i < adjacency.end(target); i++) {
                int one = root(parent, firstTarget + target);
                int other = root(parent, firstSource + adjacency.source(i));
                parent[Math.max(one, other)] = Math.min(one, other);
            }
        }
    }

    /// Halves paths on the way: Tarjan and van Leeuwen, "Worst-case analysis of set union algorithms", JACM 31,
    /// 1984.
    private static int root(int[] parent, int node) {
        int at = node;
        while (parent[at] != at) {
            parent[at] = parent[parent[at]];
            at = parent[at];
        }
        return at;
    }

    private static Components count(int[] parent) {
        int[] sizes = new int[parent.length];
        for (int node = 0; node < parent.length; node++) {
            sizes[root(parent, node)]++;
        }
        long count = 0;
        long largest = 0;
        long isolated = 0;
        for (int size : sizes) {
            count += size > 0 ? 1 : 0;
            isolated += size == 1 ? 1 : 0;
            largest = Math.max(largest, size);
        }
        return new Components(count, largest, isolated);
    }
}
