package dev.hypha.graph.sampling;

import dev.hypha.graph.Neighbors;
import java.util.Arrays;

/// Puts together the scopes of a batch's seeds, each the subgraph induced by its nodes. The seeds have the
/// first local numbers, the other nodes follow scope by scope.
final class Scopes {
    private final Neighbors graph;
    private final int[] seeds;
    private final int hops;
    private final NodeNumbers scope = new NodeNumbers();
    private final IntList members = new IntList();
    private final IntList memberEnds = new IntList();
    private final IntList offsets = new IntList();
    private final IntList sources = new IntList();
    private long[] positions = new long[64];

    Scopes(Neighbors graph, int[] seeds, int hops) {
        this.graph = graph;
        this.seeds = seeds;
        this.hops = hops;
    }

    /// Gives the next seed the other nodes of its scope.
    void add(int[] others) {
        for (int node : others) {
            members.add(node);
        }
        memberEnds.add(members.size());
    }

    Blocks blocks() {
        offsets.add(0);
        for (int i = 0; i < seeds.length && hops > 0; i++) {
            enter(i);
            row(i, seeds[i]);
        }
        for (int i = 0; i < seeds.length && hops > 1; i++) {
            enter(i);
            for (int place = begin(i); place < memberEnds.get(i); place++) {
                row(i, members.get(place));
            }
        }
        int[] ends = new int[hops + 1];
        Arrays.fill(ends, seeds.length + members.size());
        ends[0] = seeds.length;
        int[] seedRows = new int[seeds.length];
        Arrays.setAll(seedRows, i -> i);
        return new Blocks(
                seedRows,
                nodes(),
                seedOf(seedRows),
                ends,
                offsets.toArray(),
                sources.toArray(),
                weights(),
                Arrays.copyOf(positions, sources.size()));
    }

    /// The first member of a scope beside its seed.
    private int begin(int index) {
        return index == 0 ? 0 : memberEnds.get(index - 1);
    }

    /// Makes a scope the current one.
    private void enter(int index) {
        scope.clear();
        scope.number(seeds[index]);
        for (int place = begin(index); place < memberEnds.get(index); place++) {
            scope.number(members.get(place));
        }
    }

    /// Adds a row of the current scope.
    private void row(int index, int node) {
        long end = graph.end(node);
        for (long i = graph.begin(node); i < end; i++) {
            int found = scope.find(graph.source(i));
            if (found >= 0) {
                if (sources.size() == positions.length) {
                    positions = Arrays.copyOf(positions, positions.length * 2);
                }
                positions[sources.size()] = i;
                sources.add(found == 0 ? index : seeds.length + begin(index) + found - 1);
            }
        }
        offsets.add(sources.size());
    }

    private int[] nodes() {
        int[] nodes = Arrays.copyOf(seeds, seeds.length + members.size());
        members.copyTo(nodes, seeds.length);
        return nodes;
    }

    private int[] seedOf(int[] own) {
        int[] seedOf = Arrays.copyOf(own, seeds.length + members.size());
        for (int i = 0; i < seeds.length; i++) {
            Arrays.fill(seedOf, seeds.length + begin(i), seeds.length + memberEnds.get(i), i);
        }
        return seedOf;
    }

    private float[] weights() {
        float[] weights = new float[graph.weighted() ? sources.size() : 0];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = graph.weight(positions[i]);
        }
        return weights;
    }
}
