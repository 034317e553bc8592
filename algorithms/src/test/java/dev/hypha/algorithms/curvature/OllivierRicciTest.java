package dev.hypha.algorithms.curvature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.hypha.algorithms.Edge;
import dev.hypha.algorithms.Graphs;
import dev.hypha.algorithms.SimpleGraph;
import dev.hypha.algorithms.Threads;
import dev.hypha.graph.InputException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Nguyen et al., ICML 2023 (BORF): curvature matches exact transport by linear programming, and closed
/// forms.
class OllivierRicciTest {
    @Test
    void transportCostsWhatTheLinearProgrammeSays() {
        Transport transport = new Transport();
        for (long seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            int rows = 1 + random.nextInt(6);
            int columns = 1 + random.nextInt(6);
            long[] supply = new long[rows];
            long[] demand = new long[columns];
            for (int unit = 0; unit < 20; unit++) {
                supply[random.nextInt(rows)]++;
                demand[random.nextInt(columns)]++;
            }
            int[][] cost = new int[rows][columns];
            transport.begin(rows, columns);
            for (int[] row : cost) {
                Arrays.setAll(row, _ -> random.nextInt(6));
            }
            for (int row = 0; row < rows; row++) {
                System.arraycopy(cost[row], 0, transport.cost()[row], 0, columns);
            }
            long found = transport.solve(supply, demand);
            String message = "seed " + seed;
            assertThat((double) found)
                    .as(message)
                    .isCloseTo(SlowTransport.cost(doubles(supply), doubles(demand), cost), within(1e-8));
            for (int row = 0; row < rows; row++) {
                assertThat(Arrays.stream(transport.plan()[row], 0, columns).sum())
                        .as(message)
                        .isEqualTo(supply[row]);
            }
            for (int column = 0; column < columns; column++) {
                long sum = 0;
                for (int row = 0; row < rows; row++) {
                    assertThat(transport.plan()[row][column]).isNotNegative();
                    sum += transport.plan()[row][column];
                }
                assertThat(sum).as(message).isEqualTo(demand[column]);
            }
        }
    }

    private static double[] doubles(long[] numbers) {
        return Arrays.stream(numbers).asDoubleStream().toArray();
    }

    @Test
    void curvatureIsTheDefinitionOnRandomGraphs() {
        for (long seed = 0; seed < 25; seed++) {
            Random random = new Random(seed);
            SimpleGraph graph = Graphs.connected(4 + random.nextInt(12), random.nextInt(20), random);
            int[][] distances = Graphs.distances(graph);
            Edge[] edges = graph.edgeList();
            double[] found = OllivierRicci.ofAll(graph, Threads.ONE);
            assertThat(OllivierRicci.ofAll(graph, new Threads(3))).containsExactly(found);
            for (int i = 0; i < edges.length; i++) {
                assertThat(found[i])
                        .as("seed %d, %s", seed, edges[i])
                        .isCloseTo(slow(graph, edges[i], distances), within(1e-8));
            }
        }
    }

    private static double slow(SimpleGraph graph, Edge edge, int[][] distances) {
        int[] first = neighbors(graph, edge.u());
        int[] second = neighbors(graph, edge.v());
        double[] supply = new double[first.length];
        double[] demand = new double[second.length];
        Arrays.fill(supply, 1.0 / first.length);
        Arrays.fill(demand, 1.0 / second.length);
        int[][] cost = new int[first.length][second.length];
        for (int i = 0; i < first.length; i++) {
            for (int j = 0; j < second.length; j++) {
                cost[i][j] = distances[first[i]][second[j]];
            }
        }
        return 1 - SlowTransport.cost(supply, demand, cost);
    }

    private static int[] neighbors(SimpleGraph graph, int node) {
        return Arrays.copyOfRange(graph.neighbors(), graph.offsets()[node], graph.offsets()[node + 1]);
    }

    @Test
    void commonNeighborsAreThoseOfWholeLists() {
        for (long seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            SimpleGraph graph = Graphs.random(70 + random.nextInt(70), 0.04, random);
            TwoSteps looked = TwoSteps.looked(graph, new Threads(2));
            TwoSteps walked = TwoSteps.walked(graph);
            for (int u = 0; u < graph.nodes(); u++) {
                for (int v = 0; v < graph.nodes(); v++) {
                    int one = v;
                    boolean common = Arrays.stream(neighbors(graph, u)).anyMatch(w -> graph.joined(w, one));
                    assertThat(looked.apart(u, v)).as("seed %d", seed).isEqualTo(common);
                    assertThat(walked.apart(u, v)).as("seed %d", seed).isEqualTo(common);
                }
            }
        }
    }

    @Test
    void cliquesAreCurvedUp() {
        for (int nodes = 2; nodes < 9; nodes++) {
            for (double each : OllivierRicci.ofAll(Graphs.clique(nodes), Threads.ONE)) {
                assertThat(each).isCloseTo((nodes - 2.0) / (nodes - 1), within(1e-12));
            }
        }
    }

    @Test
    void longCyclesAreFlat() {
        for (int nodes = 4; nodes < 12; nodes++) {
            for (double each : OllivierRicci.ofAll(Graphs.cycle(nodes), Threads.ONE)) {
                assertThat(each).isZero();
            }
        }
        assertThat(OllivierRicci.ofAll(Graphs.cycle(3), Threads.ONE)).containsOnly(0.5);
    }

    @Test
    void treesAreCurvedDownByTheirDegrees() {
        for (long seed = 0; seed < 20; seed++) {
            SimpleGraph tree = Graphs.connected(20, 0, new Random(seed));
            Edge[] edges = tree.edgeList();
            double[] found = OllivierRicci.ofAll(tree, Threads.ONE);
            for (int i = 0; i < edges.length; i++) {
                double ends = 1.0 / tree.degree(edges[i].u()) + 1.0 / tree.degree(edges[i].v());
                assertThat(found[i]).as("seed %d", seed).isCloseTo(-2 * Math.max(0, 1 - ends), within(1e-12));
            }
        }
    }

    @Test
    void theBridgeBetweenCliquesIsLowest() {
        SimpleGraph barbell = Graphs.barbell(6, 6);
        Edge[] edges = barbell.edgeList();
        double[] found = OllivierRicci.ofAll(barbell, Threads.ONE);
        int lowest = 0;
        for (int i = 0; i < found.length; i++) {
            lowest = found[i] < found[lowest] ? i : lowest;
        }
        assertThat(edges[lowest]).isEqualTo(new Edge(0, 6));
        CurvatureSummary summary = CurvatureSummary.of(barbell, Threads.ONE);
        assertThat(summary.min()).isEqualTo(found[lowest]).isNegative();
        assertThat(summary.edges()).isEqualTo(31);
        assertThat(summary.negative()).isCloseTo(1.0 / 31, within(1e-12));
        assertThat(summary.max()).isEqualTo(Arrays.stream(found).max().orElseThrow());
        assertThat(summary.median()).isEqualTo(Arrays.stream(found).sorted().toArray()[15]);
        assertThat(CurvatureSummary.of(SimpleGraph.of(3, new int[0][]), Threads.ONE)
                        .min())
                .isNaN();
    }

    @Test
    void anEdgeBetweenHugeHubsIsRefused() {
        int leaves = 10_000;
        int[][] edges = new int[2 * leaves + 1][];
        for (int i = 0; i < leaves; i++) {
            edges[i] = new int[] {0, 2 + i};
            edges[leaves + i] = new int[] {1, 2 + leaves + i};
        }
        edges[2 * leaves] = new int[] {0, 1};
        SimpleGraph graph = SimpleGraph.of(2 + 2 * leaves, edges);
        assertThatThrownBy(() -> OllivierRicci.ofAll(graph, Threads.ONE))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("between nodes 0 and 1");
    }
}
