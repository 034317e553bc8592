package dev.hypha.algorithms;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The connected components of a graph, numbered by their smallest nodes.
///
/// @param of each node's component
/// @param nodes each component's nodes, ascending
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Components(int[] of, List<int[]> nodes) {
    public static Components of(SimpleGraph graph) {
        int[] of = new int[graph.nodes()];
        Arrays.fill(of, -1);
        List<int[]> components = new ArrayList<>();
        int[] queue = new int[graph.nodes()];
        for (int first = 0; first < graph.nodes(); first++) {
            if (of[first] < 0) {
                int[] nodes = Arrays.copyOf(queue, spread(graph, first, components.size(), of, queue));
                Arrays.sort(nodes);
                components.add(nodes);
            }
        }
        return new Components(of, List.copyOf(components));
    }

    private static int spread(SimpleGraph graph, int first, int number, int[] of, int[] queue) {
        int count = 0;
        queue[count++] = first;
        of[first] = number;
        for (int at = 0; at < count; at++) {
            for (int i = graph.offsets()[queue[at]]; i < graph.offsets()[queue[at] + 1]; i++) {
                int next = graph.neighbors()[i];
                if (of[next] < 0) {
                    of[next] = number;
                    queue[count++] = next;
                }
            }
        }
        return count;
    }

    /// The nodes of the largest component, the first of equal ones; empty in an empty graph.
    public int[] largest() {
        int[] largest = new int[0];
        for (int[] each : nodes) {
            largest = each.length > largest.length ? each : largest;
        }
        return largest;
    }
}
