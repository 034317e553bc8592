package dev.hypha.algorithms.rewiring;

import dev.hypha.algorithms.Edge;
import dev.hypha.algorithms.SimpleGraph;
import dev.hypha.algorithms.Threads;
import dev.hypha.algorithms.curvature.OllivierRicci;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/// Batch Ollivier-Ricci flow (BORF). Nguyen et al., "Revisiting over-smoothing and over-squashing using
/// Ollivier-Ricci curvature", ICML 2023, algorithm 1.
///
/// In each batch all curvatures are computed once. Around each of the edges of lowest curvature an edge is
/// added, between the two neighbors whose part of the optimal transport costs most, which shortens the way;
/// each of the edges of highest curvature is removed, where nodes become alike too quickly.
///
/// Departures: the paper's own code sees every undirected edge as two directed ones, adds and removes them
/// one way and counts them so; here, as in the paper, edges are undirected. Of equal curvatures the edge
/// with the smaller ends is taken first. The optimal transport need not be unique; ours is fixed by
/// [OllivierRicci].
public final class BatchRicciFlow {
    private BatchRicciFlow() {}

    /// @param batches how often, at least 0
    /// @param add edges of lowest curvature per batch around which one is added
    /// @param remove edges of highest curvature per batch that are removed
    /// @throws dev.hypha.graph.InputException as [OllivierRicci#ofAll]
    public static SimpleGraph rewire(SimpleGraph graph, int batches, int add, int remove, Threads threads) {
        SimpleGraph current = graph;
        for (int batch = 0; batch < batches && current.pairs() > 0; batch++) {
            current = step(current, add, remove, threads);
        }
        return current;
    }

    private static SimpleGraph step(SimpleGraph graph, int add, int remove, Threads threads) {
        double[] curvatures = OllivierRicci.ofAll(graph, threads);
        Edge[] edges = graph.edgeList();
        Integer[] order = new Integer[edges.length];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, Comparator.comparingDouble(i -> curvatures[i]));
        OllivierRicci transport = new OllivierRicci(graph);
        List<Edge> added = new ArrayList<>();
        for (int i = 0; i < Math.min(add, order.length); i++) {
            Edge shortcut = transport.costliest(edges[order[i]]);
            if (shortcut != null) {
                added.add(shortcut);
            }
        }
        // From the highest down; a stable sort the other way round keeps the smaller ends first among
        // equals.
        Arrays.sort(order, Comparator.comparingDouble(i -> -curvatures[i]));
        List<Edge> removed = new ArrayList<>();
        for (int i = 0; i < Math.min(remove, order.length); i++) {
            removed.add(edges[order[i]]);
        }
        return graph.changed(added, removed);
    }
}
