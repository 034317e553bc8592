package dev.hypha.graph.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hypha.graph.Neighbors;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class UniformSamplerTest {
    private static final int KEYS = 20_000;

    @Test
    void takesAsManyAsTheFanOutOfEachHopLets() {
        int[] fanouts = {2, 5, 1};
        for (long number = 0; number < 200; number++) {
            Neighbors graph = SmallGraph.random(new Random(number));
            int[] seeds =
                    IntStream.range(0, graph.targets()).filter(i -> i % 5 == 0).toArray();
            Blocks blocks = new UniformSampler(fanouts).sample(graph, seeds, number);
            for (int row = 0, hop = 0; row + 1 < blocks.offsets().length; row++) {
                while (row >= blocks.ends()[hop]) {
                    hop++;
                }
                assertThat(blocks.offsets()[row + 1] - blocks.offsets()[row])
                        .as("case %d row %d", number, row)
                        .isEqualTo(Math.min(fanouts[hop], graph.degree(blocks.nodes()[row])));
            }
        }
    }

    @Test
    void allOfMinusOneIsTheNeighborhood() {
        Neighbors path = SmallGraph.of(new int[] {1}, new int[] {0, 2}, new int[] {1, 3}, new int[] {2});
        Blocks blocks = new UniformSampler(-1, -1).sample(path, new int[] {0}, 1);
        assertThat(blocks.nodes()).containsExactly(0, 1, 2);
        assertThat(blocks.ends()).containsExactly(1, 2, 3);
        assertThat(blocks.offsets()).containsExactly(0, 1, 3);
        assertThat(blocks.sources()).containsExactly(1, 0, 2);
        assertThat(blocks.positions()).containsExactly(0, 1, 2);
        assertThat(blocks.weights()).isEmpty();
    }

    @Test
    void seedsGivenTwiceShareARow() {
        Neighbors path = SmallGraph.of(new int[] {1}, new int[] {0, 2}, new int[] {1});
        Blocks blocks = new UniformSampler(1).sample(path, new int[] {2, 0, 2}, 1);
        assertThat(blocks.seedRows()).containsExactly(0, 1, 0);
        assertThat(blocks.nodes()).containsExactly(2, 0, 1);
    }

    /// Each edge with probability n / d, each pair of edges with n (n - 1) / (d (d - 1)): within 5
    /// deviations. Degrees on both sides of what the draw does by table and by reading through.
    @Test
    void eachSetOfNeighborsIsEquallyLikely() {
        for (int[] sizes : new int[][] {{3, 7}, {1, 5}, {30, 64}}) {
            int taken = sizes[0];
            int degree = sizes[1];
            int[][] together = together(taken, degree);
            double one = (double) taken / degree;
            double two = one * (taken - 1) / (degree - 1);
            for (int a = 0; a < degree; a++) {
                for (int b = 0; b <= a; b++) {
                    double p = a == b ? one : two;
                    assertThat((together[a][b] - p * KEYS) / Math.sqrt(p * (1 - p) * KEYS + 1e-9))
                            .as("%d of %d: %d and %d", taken, degree, a, b)
                            .isBetween(-5.0, 5.0);
                }
            }
        }
    }

    private static int[][] together(int taken, int degree) {
        int[][] lists = new int[degree + 1][0];
        lists[0] = IntStream.rangeClosed(1, degree).toArray();
        Neighbors star = SmallGraph.of(lists);
        int[][] together = new int[degree][degree];
        for (long key = 0; key < KEYS; key++) {
            long[] positions =
                    new UniformSampler(taken).sample(star, new int[] {0}, key).positions();
            for (long a : positions) {
                for (long b : positions) {
                    together[(int) a][(int) b]++;
                }
            }
        }
        return together;
    }

    /// A node's neighbors are its own affair: neither other seeds nor their order change them.
    @Test
    void aSeedDrawsTheSameWhateverElseIsInTheBatch() {
        Neighbors graph = SmallGraph.symmetric(new Random(5));
        var sampler = new UniformSampler(2);
        int[] all = IntStream.range(0, graph.targets()).toArray();
        long[] together = sampler.sample(graph, all, 3).positions();
        long[] apart = IntStream.of(all)
                .mapToObj(node -> sampler.sample(graph, new int[] {node}, 3).positions())
                .flatMapToLong(Arrays::stream)
                .toArray();
        assertThat(together).containsExactly(apart);
    }

    @Test
    void weightsEstimateTheSumOverAllNeighbors() {
        Neighbors star = SmallGraph.of(new int[] {1, 2, 3, 4}, new int[0], new int[0], new int[0], new int[0])
                .withWeights(new float[] {1, 2, 3, 4});
        double sum = 0;
        for (long key = 0; key < KEYS; key++) {
            for (float weight :
                    new UniformSampler(2).sample(star, new int[] {0}, key).weights()) {
                sum += weight;
            }
        }
        // One estimate is 2 (w1 + w2) of a pair: mean 10, variance 4 * 2 * (2/3) * 1.25 = 6.67.
        assertThat(sum / KEYS).isBetween(10 - 5 * Math.sqrt(6.67 / KEYS), 10 + 5 * Math.sqrt(6.67 / KEYS));
    }

    @Test
    void refusesFanOutsBelowMinusOne() {
        assertThatThrownBy(() -> new UniformSampler(3, -2)).isInstanceOf(IllegalArgumentException.class);
    }

    static int[] shuffled(int count, Random random) {
        int[] shuffled = new int[count];
        for (int i = 0; i < count; i++) {
            int j = random.nextInt(i + 1);
            shuffled[i] = shuffled[j];
            shuffled[j] = i;
        }
        return shuffled;
    }
}
