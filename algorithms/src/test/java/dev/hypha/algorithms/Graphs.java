package dev.hypha.algorithms;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Small graphs whose numbers are known, and random ones.
public final class Graphs {
    private Graphs() {}

    public static SimpleGraph path(int nodes) {
        int[][] edges = new int[nodes - 1][];
        for (int i = 0; i + 1 < nodes; i++) {
            edges[i] = new int[] {i, i + 1};
        }
        return SimpleGraph.of(nodes, edges);
    }

    public static SimpleGraph cycle(int nodes) {
        int[][] edges = new int[nodes][];
        for (int i = 0; i < nodes; i++) {
            edges[i] = new int[] {i, (i + 1) % nodes};
        }
        return SimpleGraph.of(nodes, edges);
    }

    public static SimpleGraph clique(int nodes) {
        return barbell(nodes, 0);
    }

    /// One or two cliques, the second joined to the first by an edge between node 0 and its own first node.
    public static SimpleGraph barbell(int first, int second) {
        List<int[]> edges = new ArrayList<>();
        for (int i = 0; i < first + second; i++) {
            for (int j = 0; j < i; j++) {
                if ((i < first) == (j < first) || (i == first && j == 0)) {
                    edges.add(new int[] {i, j});
                }
            }
        }
        return SimpleGraph.of(first + second, edges.toArray(int[][]::new));
    }

    /// Each pair joined with a probability; parts without connection are likely when it is small.
    public static SimpleGraph random(int nodes, double probability, Random random) {
        List<int[]> edges = new ArrayList<>();
        for (int i = 0; i < nodes; i++) {
            for (int j = 0; j < i; j++) {
                if (random.nextDouble() < probability) {
                    edges.add(new int[] {i, j});
                }
            }
        }
        return SimpleGraph.of(nodes, edges.toArray(int[][]::new));
    }

    /// A random tree with some random edges more, so that there is one component.
    public static SimpleGraph connected(int nodes, int more, Random random) {
        List<int[]> edges = new ArrayList<>();
        for (int i = 1; i < nodes; i++) {
            edges.add(new int[] {i, random.nextInt(i)});
        }
        for (int i = 0; i < more; i++) {
            edges.add(new int[] {random.nextInt(nodes), random.nextInt(nodes)});
        }
        return SimpleGraph.of(nodes, edges.toArray(int[][]::new));
    }

    /// Steps between all pairs by Floyd and Warshall; a large number without a way.
    public static int[][] distances(SimpleGraph graph) {
        int n = graph.nodes();
        int[][] d = new int[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                d[i][j] = i == j ? 0 : graph.joined(i, j) ? 1 : 1_000_000;
            }
        }
        for (int k = 0; k < n; k++) {
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    d[i][j] = Math.min(d[i][j], d[i][k] + d[k][j]);
                }
            }
        }
        return d;
    }
}
