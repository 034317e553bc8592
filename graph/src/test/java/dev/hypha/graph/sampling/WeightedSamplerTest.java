package dev.hypha.graph.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypha.graph.Neighbors;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WeightedSamplerTest {
    private static final int KEYS = 20_000;
    private static final float[] WEIGHTS = {1, 4, 0, 2, 0.5f, 8};

    private static Neighbors star() {
        int[][] lists = new int[WEIGHTS.length + 1][0];
        lists[0] = IntStream.rangeClosed(1, WEIGHTS.length).toArray();
        return SmallGraph.of(lists).withWeights(WEIGHTS);
    }

    @Test
    void edgesAreDrawnOneAfterTheOtherInProportionToTheWeightsLeft() {
        for (int taken = 1; taken <= 4; taken++) {
            double[] expected = new double[WEIGHTS.length];
            drawAll(new boolean[WEIGHTS.length], taken, 1, expected);
            long[] counts = new long[WEIGHTS.length];
            for (long key = 0; key < KEYS; key++) {
                Blocks blocks = new WeightedSampler(taken).sample(star(), new int[] {0}, key);
                assertThat(blocks.sources()).hasSize(taken);
                for (long position : blocks.positions()) {
                    counts[(int) position]++;
                }
            }
            Frequencies.check(taken + " taken", counts, expected, KEYS);
        }
    }

    /// The definition: every order in which edges can be drawn, with its probability.
    private static void drawAll(boolean[] drawn, int left, double probability, double[] included) {
        if (left == 0) {
            IntStream.range(0, drawn.length).filter(i -> drawn[i]).forEach(i -> included[i] += probability);
            return;
        }
        double sum = IntStream.range(0, drawn.length)
                .filter(i -> !drawn[i])
                .mapToDouble(i -> WEIGHTS[i])
                .sum();
        for (int i = 0; i < drawn.length; i++) {
            if (!drawn[i] && WEIGHTS[i] > 0) {
                drawn[i] = true;
                drawAll(drawn, left - 1, probability * WEIGHTS[i] / sum, included);
                drawn[i] = false;
            }
        }
    }

    @Test
    void weightsEstimateTheSumOverAllNeighborsWithoutBias() {
        for (int taken = 1; taken <= 5; taken++) {
            double[] sums = new double[WEIGHTS.length];
            double[] squares = new double[WEIGHTS.length];
            for (long key = 0; key < KEYS; key++) {
                Blocks blocks = new WeightedSampler(taken).sample(star(), new int[] {0}, key);
                for (int i = 0; i < blocks.weights().length; i++) {
                    int edge = (int) blocks.positions()[i];
                    sums[edge] += blocks.weights()[i];
                    squares[edge] += blocks.weights()[i] * blocks.weights()[i];
                }
            }
            for (int edge = 0; edge < WEIGHTS.length; edge++) {
                String what = taken + " taken, edge " + edge;
                Frequencies.checkMean(what, sums[edge], squares[edge], WEIGHTS[edge], KEYS);
            }
        }
    }

    @Test
    void allThatCanBeTakenKeepTheirWeights() {
        for (int taken : new int[] {5, 6, 7, -1}) {
            Blocks blocks = new WeightedSampler(taken).sample(star(), new int[] {0}, 3);
            assertThat(blocks.positions()).containsExactly(0, 1, 3, 4, 5);
            assertThat(blocks.weights()).containsExactly(1, 4, 2, 0.5f, 8);
        }
    }

    @Test
    void takesAsManyAsTheFanOutOfEachHopLets() {
        int[] fanouts = {2, 5, 1};
        for (long number = 0; number < 200; number++) {
            var random = new Random(number);
            Neighbors graph = SmallGraph.weighted(SmallGraph.random(random), random);
            int[] seeds =
                    IntStream.range(0, graph.targets()).filter(i -> i % 5 == 0).toArray();
            Blocks blocks = new WeightedSampler(fanouts).sample(graph, seeds, number);
            for (int row = 0, hop = 0; row + 1 < blocks.offsets().length; row++) {
                while (row >= blocks.ends()[hop]) {
                    hop++;
                }
                int node = blocks.nodes()[row];
                int possible = 0;
                for (long i = graph.begin(node); i < graph.end(node); i++) {
                    possible += graph.weight(i) > 0 ? 1 : 0;
                }
                assertThat(blocks.offsets()[row + 1] - blocks.offsets()[row])
                        .as("case %d row %d", number, row)
                        .isEqualTo(Math.min(fanouts[hop], possible));
            }
        }
    }

    @Test
    void withoutWeightsEachNeighborIsEquallyLikely() {
        Neighbors star = SmallGraph.of(new int[] {0, 0, 0, 0, 0, 0, 0});
        long[] counts = new long[7];
        for (long key = 0; key < KEYS; key++) {
            Blocks blocks = new WeightedSampler(3).sample(star, new int[] {0}, key);
            assertThat(blocks.weights()).isEmpty();
            for (long position : blocks.positions()) {
                counts[(int) position]++;
            }
        }
        double[] expected = new double[7];
        Arrays.fill(expected, 3.0 / 7);
        Frequencies.check("3 of 7", counts, expected, KEYS);
    }
}
