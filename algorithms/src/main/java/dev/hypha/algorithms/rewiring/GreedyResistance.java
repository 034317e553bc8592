package dev.hypha.algorithms.rewiring;

import dev.hypha.algorithms.Components;
import dev.hypha.algorithms.Edge;
import dev.hypha.algorithms.SimpleGraph;
import dev.hypha.algorithms.Threads;
import dev.hypha.algorithms.resistance.LaplacianInverse;
import java.util.ArrayList;
import java.util.List;

/// Greedy total resistance (GTR): adds, one after the other, the edges with which the sum of all effective
/// resistances sinks most. Black, Wan, Nayyeri and Wang, "Understanding oversquashing in GNNs through the
/// lens of effective resistance", ICML 2023, section 5.
///
/// No edge is added between components. Departure: where there are several, the paper's code compares B^2 /
/// (1 + R) across them, which leaves out that a total of n nodes sinks by n times that; here the totals'
/// own decrease is compared.
public final class GreedyResistance {
    private GreedyResistance() {}

    /// @param add how many edges; fewer are added if all pairs are joined before
    /// @throws dev.hypha.graph.InputException if a component has more than [LaplacianInverse#LARGEST] nodes
    public static SimpleGraph rewire(SimpleGraph graph, int add, Threads threads) {
        List<Part> parts = new ArrayList<>();
        for (int[] nodes : add == 0 ? List.<int[]>of() : Components.of(graph).nodes()) {
            if (nodes.length > 2) {
                parts.add(new Part(graph, nodes, threads));
            }
        }
        List<Edge> added = new ArrayList<>();
        for (int i = 0; i < add; i++) {
            Part best = null;
            for (Part part : parts) {
                best = part.gain > 0 && (best == null || part.gain > best.gain) ? part : best;
            }
            if (best == null) {
                break;
            }
            added.add(best.take());
        }
        return graph.changed(added, List.of());
    }

    /// A component and its next edge.
    private static final class Part {
        private final SimpleGraph graph;
        private final int[] nodes;
        private final LaplacianInverse inverse;
        private final List<Edge> added = new ArrayList<>();
        private final Threads threads;
        private Edge next;
        private double gain;

        Part(SimpleGraph graph, int[] nodes, Threads threads) {
            this.graph = graph;
            this.nodes = nodes;
            this.threads = threads;
            inverse = LaplacianInverse.of(graph, nodes, threads);
            look();
        }

        private void look() {
            next = inverse.best(this::joined, threads);
            gain = next == null ? 0 : inverse.gain(next.u(), next.v(), threads);
        }

        private boolean joined(int u, int v) {
            return graph.joined(nodes[u], nodes[v]) || added.contains(new Edge(u, v));
        }

        /// Adds the next edge and looks for the one after it.
        Edge take() {
            Edge taken = next;
            added.add(taken);
            inverse.add(taken, threads);
            look();
            return new Edge(nodes[taken.u()], nodes[taken.v()]);
        }
    }
}
