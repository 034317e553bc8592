package dev.hypha.graph.sampling;

import dev.hypha.graph.EdgeType;
import dev.hypha.graph.Graph;
import java.util.List;
import java.util.stream.IntStream;

/// Puts the trees of a batch together: numbers the nodes of each type by hop, then seed, and rewrites the edges.
final class Assembly {
    private final Graph graph;
    private final List<Trees> parts;
    private final int hops;

    /// By node type, hop and part: the local number of the first node.
    private final int[][][] firsts;

    private final int[][] ends;

    Assembly(Graph graph, List<Trees> parts, int hops) {
        this.graph = graph;
        this.parts = parts;
        this.hops = hops;
        int types = graph.nodeTypes().size();
        this.firsts = new int[types][hops + 1][parts.size()];
        this.ends = new int[types][hops + 1];
        for (int type = 0; type < types; type++) {
            number(type);
        }
    }

    Subgraph subgraph(int seedType, int seeds) {
        int types = graph.nodeTypes().size();
        int edgeTypes = graph.edgeTypes().size();
        int[][] nodes = new int[types][];
        int[][] seedOf = new int[types][];
        int[][] offsets = new int[edgeTypes][];
        int[][] sources = new int[edgeTypes][];
        IntStream.range(0, types + edgeTypes).parallel().forEach(i -> {
            if (i < types) {
                nodes[i] = gather(i, Trees::nodes);
                seedOf[i] = gather(i, Trees::seedOf);
            } else {
                offsets[i - types] = offsets(i - types);
                sources[i - types] = sources(i - types);
            }
        });
        return new Subgraph(
                graph.nodeTypes(), graph.edgeTypes(), seedType, seeds, hops, nodes, seedOf, ends, offsets, sources);
    }

    private void number(int type) {
        int next = 0;
        for (int hop = 0; hop <= hops; hop++) {
            for (int part = 0; part < parts.size(); part++) {
                firsts[type][hop][part] = next;
                next = Math.addExact(next, parts.get(part).nodes(hop, type).size());
            }
            ends[type][hop] = next;
        }
    }

    private int[] gather(int type, ListOf list) {
        int[] all = new int[ends[type][hops]];
        for (int hop = 0; hop <= hops; hop++) {
            for (int part = 0; part < parts.size(); part++) {
                list.of(parts.get(part), hop, type).copyTo(all, firsts[type][hop][part]);
            }
        }
        return all;
    }

    private int[] offsets(int edgeType) {
        EdgeType type = graph.edgeTypes().get(edgeType);
        int[] offsets = new int[hops == 0 ? 1 : ends[type.target()][hops - 1] + 1];
        int row = 0;
        for (int hop = 0; hop < hops; hop++) {
            for (Trees part : parts) {
                IntList degrees = part.degrees(hop, edgeType);
                for (int i = 0; i < degrees.size(); i++, row++) {
                    offsets[row + 1] = Math.addExact(offsets[row], degrees.get(i));
                }
            }
        }
        return offsets;
    }

    private int[] sources(int edgeType) {
        int[][] first = firsts[graph.edgeTypes().get(edgeType).source()];
        int[] sources = new int[edges(edgeType)];
        int at = 0;
        for (int hop = 0; hop < hops; hop++) {
            for (int part = 0; part < parts.size(); part++) {
                IntList places = parts.get(part).sources(hop, edgeType);
                for (int i = 0; i < places.size(); i++) {
                    int place = places.get(i);
                    sources[at++] = first[Trees.hop(place)][part] + Trees.position(place);
                }
            }
        }
        return sources;
    }

    private int edges(int edgeType) {
        int edges = 0;
        for (int hop = 0; hop < hops; hop++) {
            for (Trees part : parts) {
                edges = Math.addExact(edges, part.sources(hop, edgeType).size());
            }
        }
        return edges;
    }

    /// One of the lists that a part keeps by hop and type.
    @FunctionalInterface
    private interface ListOf {
        IntList of(Trees part, int hop, int type);
    }
}
