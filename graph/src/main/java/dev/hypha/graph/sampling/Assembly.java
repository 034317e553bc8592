package dev.hypha.graph.sampling;

import dev.hypha.graph.EdgeType;
import dev.hypha.graph.Graph;

/// Puts the trees of a batch together: numbers the nodes of each type by hop, then seed, and rewrites the edges.
final class Assembly {
    private final Graph graph;
    private final Trees trees;
    private final int hops;

    /// By node type and hop: the local number after the last node.
    private final int[][] ends;

    Assembly(Graph graph, Trees trees, int hops) {
        this.graph = graph;
        this.trees = trees;
        this.hops = hops;
        this.ends = new int[graph.nodeTypes().size()][hops + 1];
        for (int type = 0; type < ends.length; type++) {
            for (int hop = 0; hop <= hops; hop++) {
                ends[type][hop] =
                        Math.addExact(first(type, hop), trees.nodes(hop, type).size());
            }
        }
    }

    Subgraph subgraph(int seedType, int seeds) {
        int types = graph.nodeTypes().size();
        int edgeTypes = graph.edgeTypes().size();
        int[][] nodes = new int[types][];
        int[][] seedOf = new int[types][];
        for (int type = 0; type < types; type++) {
            nodes[type] = gather(type, trees::nodes);
            seedOf[type] = gather(type, trees::seedOf);
        }
        int[][] offsets = new int[edgeTypes][];
        int[][] sources = new int[edgeTypes][];
        for (int type = 0; type < edgeTypes; type++) {
            offsets[type] = offsets(type);
            sources[type] = sources(type, offsets[type][offsets[type].length - 1]);
        }
        return new Subgraph(
                graph.nodeTypes(), graph.edgeTypes(), seedType, seeds, hops, nodes, seedOf, ends, offsets, sources);
    }

    private int first(int nodeType, int hop) {
        return hop == 0 ? 0 : ends[nodeType][hop - 1];
    }

    private int[] gather(int type, ListOf list) {
        int[] all = new int[ends[type][hops]];
        for (int hop = 0; hop <= hops; hop++) {
            list.of(hop, type).copyTo(all, first(type, hop));
        }
        return all;
    }

    private int[] offsets(int edgeType) {
        EdgeType type = graph.edgeTypes().get(edgeType);
        int[] offsets = new int[first(type.target(), hops) + 1];
        int row = 0;
        for (int hop = 0; hop < hops; hop++) {
            IntList degrees = trees.degrees(hop, edgeType);
            for (int i = 0; i < degrees.size(); i++, row++) {
                offsets[row + 1] = Math.addExact(offsets[row], degrees.get(i));
            }
        }
        return offsets;
    }

    private int[] sources(int edgeType, int edges) {
        int nodeType = graph.edgeTypes().get(edgeType).source();
        int[] sources = new int[edges];
        int at = 0;
        for (int hop = 0; hop < hops; hop++) {
            IntList places = trees.sources(hop, edgeType);
            for (int i = 0; i < places.size(); i++) {
                int place = places.get(i);
                sources[at++] = first(nodeType, Trees.hop(place)) + Trees.position(place);
            }
        }
        return sources;
    }

    /// One of the lists that trees keep by hop and type.
    @FunctionalInterface
    private interface ListOf {
        IntList of(int hop, int type);
    }
}
