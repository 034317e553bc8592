package dev.hypha.algorithms.hops;

import dev.hypha.graph.Neighbors;
import java.util.Arrays;

/// Breadth-first search that keeps its space: the nodes around a node by how many steps they are away. For
/// one thread.
public final class HopSearch {
    private final Neighbors graph;
    private final int[] seen;
    private final int[] order;
    private int[] ends = new int[2];
    private int search;

    /// @param graph whose sources are of the same type as its targets; a step leads from a target to a
    ///     source
    public HopSearch(Neighbors graph) {
        this.graph = graph;
        seen = new int[graph.targets()];
        order = new int[graph.targets()];
    }

    /// Finds all that is at most `hops` steps away; what was found before is forgotten.
    public void from(int node, int hops) {
        if (++search == 0) {
            Arrays.fill(seen, 0);
            search = 1;
        }
        if (ends.length < hops + 2) {
            ends = new int[hops + 2];
        }
        seen[node] = search;
        order[0] = node;
        ends[0] = 0;
        ends[1] = 1;
        for (int hop = 1; hop <= hops; hop++) {
            ends[hop + 1] = expand(ends[hop - 1], ends[hop]);
        }
    }

    private int expand(int begin, int end) {
        int count = end;
        for (int at = begin; at < end; at++) {
            for (long i = graph.begin(order[at]); i < graph.end(order[at]); i++) {
                int next = graph.source(i);
                if (seen[next] != search) {
                    seen[next] = search;
                    order[count++] = next;
                }
            }
        }
        return count;
    }

    /// How many nodes are exactly so many steps away.
    public int count(int hop) {
        return ends[hop + 1] - ends[hop];
    }

    /// The nodes exactly so many steps away, ascending.
    public int[] at(int hop) {
        int[] nodes = Arrays.copyOfRange(order, ends[hop], ends[hop + 1]);
        Arrays.sort(nodes);
        return nodes;
    }
}
