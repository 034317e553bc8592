package dev.hypha.graph.sampling;

import dev.hypha.graph.NeighborLists;
import dev.hypha.graph.Neighbors;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;

/// Small graphs of one node type, with isolated nodes, loops and parallel edges.
final class SmallGraph {
    private SmallGraph() {}

    /// Each node's list, as given.
    static Neighbors of(int[]... lists) {
        int[] offsets = new int[lists.length + 1];
        for (int i = 0; i < lists.length; i++) {
            offsets[i + 1] = offsets[i] + lists[i].length;
        }
        return NeighborLists.of(
                offsets, Arrays.stream(lists).flatMapToInt(Arrays::stream).toArray());
    }

    /// Sorted lists of random lengths, some of them empty; directed.
    static Neighbors random(Random random) {
        int nodes = random.nextInt(40);
        int longest = 1 + random.nextInt(20);
        int[][] lists = new int[nodes][];
        for (int i = 0; i < nodes; i++) {
            int length = random.nextInt(4) == 0 ? 0 : random.nextInt(longest);
            lists[i] = random.ints(length, 0, nodes).sorted().toArray();
        }
        return of(lists);
    }

    /// The same with both directions of each edge, once.
    static Neighbors symmetric(Random random) {
        int nodes = 1 + random.nextInt(40);
        boolean[][] joined = new boolean[nodes][nodes];
        int edges = random.nextInt(4 * nodes);
        for (int i = 0; i < edges; i++) {
            int a = random.nextInt(nodes);
            int b = random.nextInt(nodes);
            joined[a][b] = true;
            joined[b][a] = true;
        }
        return dense(joined);
    }

    static Neighbors dense(boolean[][] joined) {
        int[][] lists = new int[joined.length][];
        for (int i = 0; i < lists.length; i++) {
            boolean[] row = joined[i];
            lists[i] = IntStream.range(0, row.length).filter(j -> row[j]).toArray();
        }
        return of(lists);
    }

    /// The same edges with weights, a few of them 0.
    static Neighbors weighted(Neighbors graph, Random random) {
        float[] weights = new float[(int) graph.edges()];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = random.nextInt(8) == 0 ? 0 : 0.1f + random.nextFloat() * 3;
        }
        return graph.withWeights(weights);
    }
}
