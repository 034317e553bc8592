package dev.hypha.graph.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hypha.graph.NeighborLists;
import dev.hypha.graph.Neighbors;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WalkSamplerTest {
    private static final int WALKS = 40_000;

    static List<WalkSampler> samplers() {
        return List.of(
                new RandomWalks(0),
                new RandomWalks(7),
                new RandomWalks(7, 0.3),
                new BiasedWalks(7, 4, 0.25),
                new BiasedWalks(5, 1e-6, 1e6),
                new BiasedWalks(5, 1e9, 1e9));
    }

    @ParameterizedTest
    @MethodSource("samplers")
    void eachStepIsAnEdgeOrARestart(WalkSampler sampler) {
        boolean restarts = sampler instanceof RandomWalks walks && walks.restart() > 0;
        for (long number = 0; number < 100; number++) {
            var random = new Random(number);
            Neighbors plain = SmallGraph.random(random);
            Neighbors graph = number % 2 == 0 ? plain : SmallGraph.weighted(plain, random);
            int[] starts =
                    IntStream.range(0, graph.targets() * 2).map(i -> i / 2).toArray();
            int[] walks = sampler.sample(graph, starts, number);
            int width = sampler.length() + 1;
            assertThat(walks).hasSize(starts.length * width);
            for (int i = 0; i < starts.length; i++) {
                assertThat(walks[i * width]).isEqualTo(starts[i]);
                for (int at = i * width + 1; at < (i + 1) * width; at++) {
                    check(graph, starts[i], walks[at - 1], walks[at], restarts);
                }
            }
            assertThat(sampler.sample(graph, starts, number)).containsExactly(walks);
        }
    }

    private static void check(Neighbors graph, int start, int from, int to, boolean restarts) {
        if (to == WalkSampler.NONE) {
            assertThat(from == WalkSampler.NONE || stuck(graph, from)).isTrue();
            return;
        }
        boolean edge = false;
        for (long i = graph.begin(from); i < graph.end(from); i++) {
            edge |= graph.source(i) == to && graph.weight(i) > 0;
        }
        assertThat(edge || (restarts && to == start))
                .as("from %d to %d", from, to)
                .isTrue();
    }

    private static boolean stuck(Neighbors graph, int node) {
        for (long i = graph.begin(node); i < graph.end(node); i++) {
            if (graph.weight(i) > 0) {
                return false;
            }
        }
        return true;
    }

    @Test
    void stepsAreInProportionToTheWeights() {
        Neighbors plain = SmallGraph.of(new int[] {0, 1, 2, 3}, new int[0], new int[0], new int[0]);
        checkSteps(new RandomWalks(1), plain, 1, 1, 1, 1);
        checkSteps(new RandomWalks(1), plain.withWeights(new float[] {1, 0, 3, 0.5f}), 1, 0, 3, 0.5);
        checkSteps(new RandomWalks(1, 0.5), plain.withWeights(new float[] {0, 0, 3, 1}), 4, 0, 3, 1);
    }

    private static void checkSteps(WalkSampler sampler, Neighbors graph, double... weights) {
        int[] walks = sampler.sample(graph, new int[WALKS], 5);
        long[] counts = new long[weights.length];
        for (int i = 0; i < WALKS; i++) {
            counts[walks[2 * i + 1]]++;
        }
        double sum = Arrays.stream(weights).sum();
        Frequencies.check(
                sampler.toString(),
                counts,
                Arrays.stream(weights).map(w -> w / sum).toArray(),
                WALKS);
    }

    /// Every pair of steps against the definition, over a graph with an edge of each of the three kinds at
    /// 1: back to 0, to 2, which 0 has an edge to, and to 3 and 4, which it has none to.
    @Test
    void biasedStepsFollowTheDefinition() {
        Neighbors plain =
                SmallGraph.of(new int[] {1, 2}, new int[] {0, 2, 3, 4}, new int[] {0, 1}, new int[] {1}, new int[] {1});
        Neighbors weighted = plain.withWeights(new float[] {1, 2, 1, 2, 3, 0.5f, 1, 1, 2, 2});
        for (Neighbors graph : List.of(plain, weighted)) {
            for (double[] pq : new double[][] {{1, 1}, {4, 0.25}, {0.25, 4}, {3, 3}, {0.5, 0.5}, {1e9, 1e7}}) {
                checkBiased(graph, pq[0], pq[1]);
            }
        }
    }

    private static void checkBiased(Neighbors graph, double p, double q) {
        int[] walks = new BiasedWalks(3, p, q).sample(graph, new int[WALKS], 3);
        long[][][] counts = new long[5][5][5];
        for (int i = 0; i < WALKS; i++) {
            for (int at = 4 * i + 2; at < 4 * i + 4; at++) {
                counts[walks[at - 2]][walks[at - 1]][walks[at]]++;
            }
        }
        for (int before = 0; before < 5; before++) {
            for (int node = 0; node < 5; node++) {
                double[] weights = new double[5];
                for (long i = graph.begin(node); i < graph.end(node); i++) {
                    int next = graph.source(i);
                    double bias = next == before ? 1 / p : graph.contains(before, next) ? 1 : 1 / q;
                    weights[next] += graph.weight(i) * bias;
                }
                double sum = Arrays.stream(weights).sum();
                String what = "p %s q %s from %d by %d".formatted(p, q, before, node);
                long trials = Arrays.stream(counts[before][node]).sum();
                Frequencies.check(
                        what,
                        counts[before][node],
                        Arrays.stream(weights).map(w -> w / sum).toArray(),
                        trials);
            }
        }
    }

    @Test
    void restartsFollowPersonalisedPageRank() {
        Neighbors graph = SmallGraph.symmetric(new Random(8));
        double restart = 0.4;
        int length = 40;
        int start = IntStream.range(0, graph.targets())
                .filter(i -> graph.degree(i) > 1)
                .findFirst()
                .orElseThrow();
        int[] starts = new int[WALKS];
        Arrays.fill(starts, start);
        int[] walks = new RandomWalks(length, restart).sample(graph, starts, 2);
        long[] counts = new long[graph.targets()];
        for (int i = 0; i < WALKS; i++) {
            counts[walks[i * (length + 1) + length]]++;
        }
        Frequencies.check("last node", counts, ForwardPushTest.power(graph, start, restart), WALKS);
    }

    @ParameterizedTest
    @MethodSource("samplers")
    void startsMustBeNodes(WalkSampler sampler) {
        Neighbors graph = NeighborLists.of(new int[] {0}, new int[0]);
        assertThat(sampler.sample(graph, new int[0], 1)).isEmpty();
        assertThatThrownBy(() -> sampler.sample(graph, new int[] {0}, 1)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void refusesWhatIsNoWalk() {
        assertThatThrownBy(() -> new RandomWalks(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new RandomWalks(1, 1.5)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new BiasedWalks(1, 0, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new BiasedWalks(1, 1, Double.NaN)).isInstanceOf(IllegalArgumentException.class);
    }
}
