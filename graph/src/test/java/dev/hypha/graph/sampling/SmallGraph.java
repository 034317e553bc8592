package dev.hypha.graph.sampling;

import dev.hypha.graph.NeighborLists;
import dev.hypha.graph.Neighbors;
import java.util.Arrays;
import java.util.Comparator;
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

    /// The same edges and weights with other numbers for the nodes.
    static Neighbors renamed(Neighbors graph, int[] names) {
        int[][] lists = new int[names.length][];
        float[][] weights = new float[names.length][];
        for (int target = 0; target < names.length; target++) {
            int begin = (int) graph.begin(target);
            Integer[] order =
                    IntStream.range(begin, begin + graph.degree(target)).boxed().toArray(Integer[]::new);
            Arrays.sort(order, Comparator.comparingInt(i -> names[graph.source(i)]));
            lists[names[target]] =
                    Arrays.stream(order).mapToInt(i -> names[graph.source(i)]).toArray();
            weights[names[target]] = new float[order.length];
            for (int i = 0; i < order.length; i++) {
                weights[names[target]][i] = graph.weight(order[i]);
            }
        }
        float[] all = new float[(int) graph.edges()];
        int at = 0;
        for (float[] row : weights) {
            System.arraycopy(row, 0, all, at, row.length);
            at += row.length;
        }
        return of(lists).withWeights(all);
    }
}
