package dev.hypha.algorithms.rewiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hypha.algorithms.Edge;
import dev.hypha.algorithms.Graphs;
import dev.hypha.algorithms.SimpleGraph;
import dev.hypha.algorithms.Threads;
import dev.hypha.algorithms.resistance.EffectiveResistance;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Black et al., ICML 2023 (GTR): every edge is the best by brute force.
class GreedyResistanceTest {
    @Test
    void eachEdgeIsTheBestThatThereIs() {
        for (long seed = 0; seed < 12; seed++) {
            Random random = new Random(seed);
            // Sometimes several components.
            SimpleGraph graph = Graphs.random(6 + random.nextInt(8), 0.25, random);
            SimpleGraph before = graph;
            for (int add = 1; add <= 4; add++) {
                SimpleGraph after = GreedyResistance.rewire(graph, add, new Threads(1 + (int) (seed % 2)));
                double best = bruteForce(before);
                assertThat(total(after)).as("seed %d, edge %d", seed, add).isCloseTo(best, within(1e-8));
                before = after;
            }
        }
    }

    /// The least total that one more edge within a component can give; the present one if there is none.
    private static double bruteForce(SimpleGraph graph) {
        double best = total(graph);
        EffectiveResistance resistance = EffectiveResistance.exact(graph, Threads.ONE);
        for (int u = 0; u < graph.nodes(); u++) {
            for (int v = u + 1; v < graph.nodes(); v++) {
                if (!graph.joined(u, v) && Double.isFinite(resistance.between(u, v))) {
                    best = Math.min(best, total(graph.changed(List.of(new Edge(u, v)), List.of())));
                }
            }
        }
        return best;
    }

    private static double total(SimpleGraph graph) {
        return EffectiveResistance.exact(graph, Threads.ONE).total();
    }

    @Test
    void theEndsOfAPathAreJoinedAlmost() {
        SimpleGraph rewired = GreedyResistance.rewire(Graphs.path(30), 1, Threads.ONE);
        assertThat(rewired.pairs()).isEqualTo(30);
        assertThat(total(rewired)).isLessThan(0.5 * total(Graphs.path(30)));
    }

    @Test
    void aCliqueStaysAsItIs() {
        assertThat(GreedyResistance.rewire(Graphs.clique(6), 5, Threads.ONE).pairs())
                .isEqualTo(15);
        assertThat(GreedyResistance.rewire(SimpleGraph.of(4, new int[0][]), 5, Threads.ONE)
                        .pairs())
                .isZero();
        SimpleGraph path = Graphs.path(5);
        assertThat(GreedyResistance.rewire(path, 0, Threads.ONE).edgeList()).containsExactly(path.edgeList());
        assertThat(GreedyResistance.rewire(path, 100, Threads.ONE).pairs()).isEqualTo(10);
    }
}
