package dev.hypha.algorithms.resistance;

import dev.hypha.algorithms.Components;
import dev.hypha.algorithms.SimpleGraph;
import dev.hypha.algorithms.Threads;
import java.util.ArrayList;
import java.util.List;

/// The effective resistance between any two nodes, every edge being a resistor of 1 ohm.
///
/// Times twice the number of edges it is the commute time, the mean number of steps of a random walk to the
/// other node and back (Chandra et al., "The electrical resistance of a graph captures its commute and
/// cover times", STOC 1989).
public sealed interface EffectiveResistance permits EffectiveResistance.Exact, ResistanceSketch {
    /// Between two nodes: 0 for a node and itself, infinite without a way.
    double between(int u, int v);

    /// The sum over all unordered pairs of nodes with a way between them.
    double total();

    /// The standard deviation of a single resistance as a part of it; 0 where they are exact.
    double relativeError();

    /// From a matrix of all pairs of a component's nodes: n^2 numbers and n^3 multiplications.
    ///
    /// @throws dev.hypha.graph.InputException if a component has more than [LaplacianInverse#LARGEST] nodes
    static EffectiveResistance exact(SimpleGraph graph, Threads threads) {
        Components components = Components.of(graph);
        List<LaplacianInverse> inverses = new ArrayList<>();
        int[] number = new int[graph.nodes()];
        for (int[] nodes : components.nodes()) {
            inverses.add(LaplacianInverse.of(graph, nodes, threads));
            for (int i = 0; i < nodes.length; i++) {
                number[nodes[i]] = i;
            }
        }
        return new Exact(components, number, List.copyOf(inverses));
    }

    /// Estimated from random projections, one solution of a linear system each: see [ResistanceSketch].
    static EffectiveResistance estimated(SimpleGraph graph, int projections, long key, Threads threads) {
        return ResistanceSketch.of(graph, projections, key, threads);
    }

    /// @param number each node's number within its component
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Exact(Components components, int[] number, List<LaplacianInverse> inverses) implements EffectiveResistance {
        @Override
        public double between(int u, int v) {
            int component = components.of()[u];
            return component == components.of()[v]
                    ? inverses.get(component).resistance(number[u], number[v])
                    : Double.POSITIVE_INFINITY;
        }

        @Override
        public double total() {
            return inverses.stream().mapToDouble(LaplacianInverse::total).sum();
        }

        @Override
        public double relativeError() {
            return 0;
        }
    }
}
