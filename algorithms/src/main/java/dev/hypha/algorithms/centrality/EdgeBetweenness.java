package dev.hypha.algorithms.centrality;

import dev.hypha.algorithms.SimpleGraph;
import java.util.Arrays;

/// How much of all shortest paths goes over each edge. Brandes, "A faster algorithm for betweenness
/// centrality", Journal of Mathematical Sociology 2001, in the form for edges of Girvan and Newman, PNAS
/// 2002. One search per node: nodes times edges steps.
public final class EdgeBetweenness {
    private final SimpleGraph graph;
    private final double[] flow;
    private final int[] order;
    private final int[] distance;
    private final double[] paths;
    private final double[] dependency;

    private EdgeBetweenness(SimpleGraph graph) {
        int nodes = graph.nodes();
        this.graph = graph;
        this.flow = new double[graph.neighbors().length];
        this.order = new int[nodes];
        this.distance = new int[nodes];
        this.paths = new double[nodes];
        this.dependency = new double[nodes];
    }

    /// For each entry of [SimpleGraph#neighbors], the sum over pairs of nodes of the share of their shortest
    /// paths that goes over its edge. Both entries of an edge have the same number.
    public static double[] of(SimpleGraph graph) {
        EdgeBetweenness all = new EdgeBetweenness(graph);
        for (int source = 0; source < graph.nodes(); source++) all.back(all.search(source));
        return all.bothWays();
    }

    /// @return how many nodes can be reached, which are then the first of `order`
    private int search(int source) {
        Arrays.fill(distance, -1);
        Arrays.fill(paths, 0);
        Arrays.fill(dependency, 0);
        distance[source] = 0;
        paths[source] = 1;
        order[0] = source;
        int count = 1;
        for (int at = 0; at < count; at++) {
            int node = order[at];
            for (int i = graph.offsets()[node]; i < graph.offsets()[node + 1]; i++) {
                int next = graph.neighbors()[i];
                if (distance[next] < 0) {
                    distance[next] = distance[node] + 1;
                    order[count++] = next;
                }
                if (distance[next] == distance[node] + 1) paths[next] += paths[node];
            }
        }
        return count;
    }

    private void back(int count) {
        for (int at = count - 1; at > 0; at--) {
            int node = order[at];
            for (int i = graph.offsets()[node]; i < graph.offsets()[node + 1]; i++) {
                int before = graph.neighbors()[i];
                if (distance[before] != distance[node] - 1) continue;
                double share = paths[before] / paths[node] * (1 + dependency[node]);
                flow[i] += share;
                dependency[before] += share;
            }
        }
    }

    /// Each pair of nodes was counted from both ends, once over each of the edge's entries.
    private double[] bothWays() {
        double[] sum = new double[flow.length];
        for (int u = 0; u < graph.nodes(); u++) {
            for (int i = graph.offsets()[u]; i < graph.offsets()[u + 1]; i++) {
                int v = graph.neighbors()[i];
                int back = Arrays.binarySearch(graph.neighbors(), graph.offsets()[v], graph.offsets()[v + 1], u);
                sum[i] = (flow[i] + flow[back]) / 2;
            }
        }
        return sum;
    }
}
