package dev.hypha.algorithms.rewiring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypha.algorithms.Edge;
import dev.hypha.algorithms.Graphs;
import dev.hypha.algorithms.SimpleGraph;
import dev.hypha.algorithms.Threads;
import dev.hypha.algorithms.curvature.CurvatureSummary;
import dev.hypha.algorithms.curvature.OllivierRicci;
import dev.hypha.algorithms.resistance.EffectiveResistance;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Nguyen et al., ICML 2023 (BORF): edges are added around the lowest curvatures and removed at the
/// highest.
class BatchRicciFlowTest {
    @Test
    void aBottleneckIsWidened() {
        SimpleGraph barbell = Graphs.barbell(8, 8);
        SimpleGraph rewired = BatchRicciFlow.rewire(barbell, 3, 1, 0, Threads.ONE);
        assertThat(rewired.pairs()).isEqualTo(barbell.pairs() + 3);
        // What was added leads across.
        assertThat(Arrays.stream(rewired.edgeList()).filter(edge -> edge.u() < 8 && edge.v() >= 8))
                .hasSize(4);
        assertThat(CurvatureSummary.of(rewired, Threads.ONE).min())
                .isGreaterThan(CurvatureSummary.of(barbell, Threads.ONE).min());
        assertThat(EffectiveResistance.exact(rewired, Threads.ONE).total())
                .isLessThan(
                        0.6 * EffectiveResistance.exact(barbell, Threads.ONE).total());
    }

    @Test
    void theHighestCurvaturesAreRemoved() {
        for (long seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            SimpleGraph graph = Graphs.connected(20, 30, random);
            double[] curvatures = OllivierRicci.ofAll(graph, Threads.ONE);
            SimpleGraph rewired = BatchRicciFlow.rewire(graph, 1, 0, 4, Threads.ONE);
            Set<Edge> left = new HashSet<>(Arrays.asList(rewired.edgeList()));
            double lowestGone = Double.MAX_VALUE;
            double highestLeft = -Double.MAX_VALUE;
            Edge[] edges = graph.edgeList();
            for (int i = 0; i < edges.length; i++) {
                if (left.contains(edges[i])) {
                    highestLeft = Math.max(highestLeft, curvatures[i]);
                } else {
                    lowestGone = Math.min(lowestGone, curvatures[i]);
                }
            }
            assertThat(left).as("seed %d", seed).hasSize(graph.pairs() - 4);
            assertThat(lowestGone).as("seed %d", seed).isGreaterThanOrEqualTo(highestLeft);
        }
    }

    /// The added edge joins a neighbor of one end to a neighbor of the other, two or three steps apart.
    @Test
    void whatIsAddedShortensTheWayBetweenNeighborhoods() {
        for (long seed = 0; seed < 30; seed++) {
            SimpleGraph graph = Graphs.connected(25, 15, new Random(seed));
            int[][] distances = Graphs.distances(graph);
            OllivierRicci transport = new OllivierRicci(graph);
            for (Edge edge : graph.edgeList()) {
                Edge shortcut = transport.costliest(edge);
                if (transport.of(edge) == 1) {
                    assertThat(shortcut).isNull();
                    continue;
                }
                boolean straight = graph.joined(edge.u(), shortcut.u()) && graph.joined(edge.v(), shortcut.v());
                boolean turned = graph.joined(edge.u(), shortcut.v()) && graph.joined(edge.v(), shortcut.u());
                assertThat(straight || turned).as("seed %d, %s", seed, edge).isTrue();
                assertThat(distances[shortcut.u()][shortcut.v()]).isBetween(1, 3);
            }
        }
    }

    @Test
    void isTheSameOnAnyNumberOfThreads() {
        SimpleGraph graph = Graphs.connected(80, 160, new Random(3));
        SimpleGraph one = BatchRicciFlow.rewire(graph, 4, 5, 3, Threads.ONE);
        assertThat(BatchRicciFlow.rewire(graph, 4, 5, 3, new Threads(4)).edgeList())
                .containsExactly(one.edgeList());
        assertThat(BatchRicciFlow.rewire(graph, 0, 5, 3, Threads.ONE)).isSameAs(graph);
        assertThat(BatchRicciFlow.rewire(Graphs.path(3), 10, 0, 5, Threads.ONE).pairs())
                .isZero();
    }
}
