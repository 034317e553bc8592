package dev.hypha.learn;

import dev.hypha.algorithms.Threads;
import dev.hypha.algorithms.hops.HopLists;
import dev.hypha.graph.NeighborLists;
import dev.hypha.graph.Neighbors;
import dev.hypha.tensor.Csr;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The nodes at each distance as edges of their own: see [LayerEdges#apart].
final class HopEdges {
    /// Entries of all distances together: 4 bytes each, and as much again for the transpose that gradients
    /// take.
    private static final long MOST = 100_000_000;

    private HopEdges() {}

    static List<LayerEdges> of(Csr pattern, int hops) {
        // Sources that are no targets have no edges into them here.
        int[] offsets = Arrays.copyOf(pattern.offsets(), pattern.cols() + 1);
        Arrays.fill(offsets, pattern.rows(), offsets.length, pattern.edges());
        Neighbors graph = NeighborLists.of(offsets, Arrays.copyOf(pattern.indices(), pattern.edges()));
        List<LayerEdges> edges = new ArrayList<>();
        for (Neighbors list : HopLists.of(graph, hops, MOST, Threads.ONE)) {
            edges.add(edges(list, pattern.rows()));
        }
        return List.copyOf(edges);
    }

    /// Degrees of distance k: how many nodes a node hears from there or, where its own list was not
    /// sampled, how many hear it.
    private static LayerEdges edges(Neighbors list, int targets) {
        int[] offsets = new int[targets + 1];
        int[] sources = new int[Math.toIntExact(list.edges())];
        int[] degrees = new int[list.targets()];
        for (int i = 0; i < sources.length; i++) {
            sources[i] = list.source(i);
            degrees[sources[i]]++;
        }
        for (int target = 0; target < targets; target++) {
            offsets[target + 1] = Math.toIntExact(list.end(target));
            degrees[target] = list.degree(target);
        }
        return new LayerEdges(new Csr(targets, list.targets(), offsets, sources), degrees);
    }
}
