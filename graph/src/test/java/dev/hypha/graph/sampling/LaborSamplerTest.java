package dev.hypha.graph.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hypha.graph.Neighbors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LaborSamplerTest {
    private static final int KEYS = 4_000;

    private static Neighbors graph(long number, boolean weighted) {
        var random = new Random(number);
        Neighbors graph = SmallGraph.random(random);
        return weighted ? SmallGraph.weighted(graph, random) : graph;
    }

    private static int[] seeds(Neighbors graph) {
        return IntStream.range(0, graph.targets()).filter(i -> i % 3 == 0).toArray();
    }

    /// The same dice, the same edges: an edge of probability p is taken if its source's number is at most p.
    @Test
    void takesWhatTheSlowOneTakes() {
        for (long number = 0; number < 150; number++) {
            Neighbors graph = graph(number, number % 2 == 1);
            int[] seeds = seeds(graph);
            List<Integer> rows = Arrays.stream(seeds).boxed().toList();
            for (int iterations = 0; iterations < 3; iterations++) {
                var slow = new SlowLabor(graph, rows, 3, iterations);
                List<Long> edges = new ArrayList<>();
                List<Float> weights = new ArrayList<>();
                for (int row : seeds) {
                    for (long edge = graph.begin(row); edge < graph.end(row); edge++) {
                        double p = slow.probability(row, edge);
                        if (p > 0 && Mixing.unit(Mixing.split(number, 0), graph.source(edge)) <= p) {
                            edges.add(edge);
                            weights.add((float) (graph.weight(edge) / p));
                        }
                    }
                }
                Blocks blocks = new LaborSampler(iterations, 3).sample(graph, seeds, number);
                assertThat(blocks.positions())
                        .as("case %d, %d iterations", number, iterations)
                        .containsExactly(edges.toArray(new Long[0]));
                for (int i = 0; i < weights.size(); i++) {
                    assertThat(blocks.weights()[i] / weights.get(i)).isBetween(0.9999f, 1.0001f);
                }
            }
        }
    }

    @Test
    void everyEdgeIsWorthItsWeightOnAverage() {
        for (int iterations : new int[] {0, 1, LaborSampler.CONVERGED}) {
            for (boolean weighted : new boolean[] {false, true}) {
                Neighbors graph = graph(11, weighted);
                double[] sums = new double[(int) graph.edges()];
                double[] squares = new double[sums.length];
                for (long key = 0; key < KEYS; key++) {
                    Blocks blocks = new LaborSampler(iterations, 2).sample(graph, seeds(graph), key);
                    for (int i = 0; i < blocks.weights().length; i++) {
                        int edge = (int) blocks.positions()[i];
                        sums[edge] += blocks.weights()[i];
                        squares[edge] += (double) blocks.weights()[i] * blocks.weights()[i];
                    }
                }
                for (int seed : seeds(graph)) {
                    for (int edge = (int) graph.begin(seed); edge < graph.end(seed); edge++) {
                        String what = iterations + " iterations, edge " + edge;
                        Frequencies.checkMean(what, sums[edge], squares[edge], graph.weight(edge), KEYS);
                    }
                }
            }
        }
    }

    /// The condition on c: the variance is that of sampling with the fan-out.
    @Test
    void theScaleSolvesItsEquation() {
        var random = new Random(1);
        for (int number = 0; number < 1000; number++) {
            int count = 2 + random.nextInt(30);
            int fanout = 1 + random.nextInt(count - 1);
            double[] inverse = random.doubles(count, 0.001, 5).toArray();
            double[] ones = new double[count];
            Arrays.fill(ones, 1);
            double target = (double) count * count / fanout;
            double c = LaborLayer.solve(inverse, ones, count, target);
            double sum = Arrays.stream(inverse)
                    .map(each -> 1 / Math.min(1, c / each))
                    .sum();
            assertThat(sum / target).as("case %d", number).isBetween(1 - 1e-9, 1 + 1e-9);
        }
    }

    /// The claim of the paper, on average over keys: fewer nodes than neighbor sampling, and fewer with
    /// iterations.
    @Test
    void looksAtFewerNodesThanNeighborSampling() {
        Neighbors graph = dense(300, 40);
        int[] seeds = IntStream.range(0, 60).toArray();
        double uniform = nodes(new UniformSampler(5), graph, seeds);
        double none = nodes(new LaborSampler(0, 5), graph, seeds);
        double one = nodes(new LaborSampler(1, 5), graph, seeds);
        double converged = nodes(new LaborSampler(LaborSampler.CONVERGED, 5), graph, seeds);
        assertThat(none).isLessThan(0.85 * uniform);
        assertThat(one).isLessThan(none);
        assertThat(converged).isLessThan(one);
    }

    private static Neighbors dense(int nodes, int degree) {
        var random = new Random(4);
        int[][] lists = new int[nodes][];
        for (int i = 0; i < nodes; i++) {
            // Squares, so that some nodes are in far more lists than others.
            lists[i] = random.doubles(degree)
                    .mapToInt(x -> (int) (x * x * nodes))
                    .distinct()
                    .sorted()
                    .toArray();
        }
        return SmallGraph.of(lists);
    }

    private static double nodes(Sampler sampler, Neighbors graph, int[] seeds) {
        return IntStream.range(0, 200)
                .map(key -> sampler.sample(graph, seeds, key).nodes().length)
                .average()
                .orElseThrow();
    }

    @Test
    void refusesWhatIsNoNumberOfIterations() {
        assertThatThrownBy(() -> new LaborSampler(-2, 3)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new LaborSampler(0, -3)).isInstanceOf(IllegalArgumentException.class);
    }
}
