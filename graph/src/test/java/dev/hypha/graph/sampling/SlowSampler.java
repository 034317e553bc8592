package dev.hypha.graph.sampling;

import dev.hypha.graph.RandomGraph;
import dev.hypha.graph.Visibility;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The sampler as one would explain it, over plain lists: one seed, the latest neighbors, no sharing, no speed.
final class SlowSampler {
    /// A node of a node type, or, as the key of its neighbors, of an edge type.
    record Node(int type, int number) {}

    /// @param hops how far each node is from the seed
    /// @param edges by edge type and target, the sources in ascending order
    record Tree(Map<Node, Integer> hops, Map<Node, List<Integer>> edges) {}

    private SlowSampler() {}

    static Tree tree(RandomGraph graph, int[] fanouts, int seedType, int seed, long cutoff) {
        var tree = new Tree(new HashMap<>(), new HashMap<>());
        if (!seen(graph.nodes().get(seedType).time(seed), cutoff)) {
            tree.hops.put(new Node(seedType, Subgraph.UNSEEN), 0);
            return tree;
        }
        tree.hops.put(new Node(seedType, seed), 0);
        for (int hop = 0; hop < fanouts.length; hop++) {
            for (Node target : List.copyOf(tree.hops.keySet())) {
                if (tree.hops.get(target) == hop) {
                    expand(graph, tree, target, hop, fanouts[hop], cutoff);
                }
            }
        }
        return tree;
    }

    private static void expand(RandomGraph graph, Tree tree, Node target, int hop, int fanout, long cutoff) {
        List<RandomGraph.Edges> edgeTypes = graph.directed();
        for (int type = 0; type < edgeTypes.size(); type++) {
            RandomGraph.Edges edges = edgeTypes.get(type);
            if (edges.target() == target.type) {
                List<Integer> latest = latest(graph, edges, target.number, fanout, cutoff);
                latest.forEach(source -> tree.hops.putIfAbsent(new Node(edges.source(), source), hop + 1));
                tree.edges.put(
                        new Node(type, target.number), latest.stream().sorted().toList());
            }
        }
    }

    private static List<Integer> latest(
            RandomGraph graph, RandomGraph.Edges edges, int target, int fanout, long cutoff) {
        RandomGraph.Nodes sources = graph.nodes().get(edges.source());
        List<Integer> visible = new ArrayList<>();
        for (int[] pair : edges.pairs()) {
            if (pair[1] == target && seen(sources.time(pair[0]), cutoff)) {
                visible.add(pair[0]);
            }
        }
        visible.sort(Comparator.<Integer>comparingLong(sources::time).thenComparing(source -> source));
        return fanout < 0 || visible.size() <= fanout
                ? visible
                : visible.subList(visible.size() - fanout, visible.size());
    }

    private static boolean seen(long time, long cutoff) {
        return time != Visibility.NEVER && time <= cutoff;
    }

    /// The same view of one seed of a fast sample.
    static Tree of(Subgraph sample, int seed) {
        var tree = new Tree(new HashMap<>(), new HashMap<>());
        for (int type = 0; type < sample.nodeTypes().size(); type++) {
            for (int local = 0; local < sample.nodes(type).length; local++) {
                if (sample.seedOf(type)[local] == seed) {
                    Integer before = tree.hops.put(new Node(type, sample.nodes(type)[local]), hop(sample, type, local));
                    if (before != null) {
                        throw new AssertionError("twice in the tree of seed " + seed);
                    }
                }
            }
        }
        for (int type = 0; type < sample.edgeTypes().size(); type++) {
            edges(sample, type, seed, tree);
        }
        return tree;
    }

    private static int hop(Subgraph sample, int type, int local) {
        int hop = 0;
        while (local >= sample.ends(type)[hop]) {
            hop++;
        }
        return hop;
    }

    private static void edges(Subgraph sample, int edgeType, int seed, Tree tree) {
        int target = sample.edgeTypes().get(edgeType).target();
        int source = sample.edgeTypes().get(edgeType).source();
        int[] offsets = sample.offsets(edgeType);
        for (int row = 0; row + 1 < offsets.length; row++) {
            if (sample.seedOf(target)[row] == seed && sample.nodes(target)[row] != Subgraph.UNSEEN) {
                List<Integer> sources = new ArrayList<>();
                for (int i = offsets[row]; i < offsets[row + 1]; i++) {
                    int local = sample.sources(edgeType)[i];
                    if (sample.seedOf(source)[local] != seed) {
                        throw new AssertionError("an edge from another seed's tree into that of seed " + seed);
                    }
                    sources.add(sample.nodes(source)[local]);
                }
                tree.edges.put(
                        new Node(edgeType, sample.nodes(target)[row]),
                        sources.stream().sorted().toList());
            }
        }
    }
}
