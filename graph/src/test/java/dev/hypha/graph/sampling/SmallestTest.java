package dev.hypha.graph.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SmallestTest {
    @Test
    void keepsWhatSortingPutsFirst() {
        var smallest = new Smallest();
        for (long number = 0; number < 500; number++) {
            var random = new Random(number);
            int count = random.nextInt(200);
            double[] keys = random.ints(count, 0, 60).asDoubleStream().toArray();
            int[] sorted = IntStream.range(0, count)
                    .boxed()
                    .sorted(Comparator.<Integer>comparingDouble(i -> keys[i]).thenComparing(i -> i))
                    .mapToInt(i -> i)
                    .toArray();
            int most = random.nextInt(120);
            int kept = Math.min(most, count);
            offer(smallest, keys, most, random);
            assertThat(smallest.byKey()).as("case %d", number).containsExactly(Arrays.copyOf(sorted, kept));
            offer(smallest, keys, most, random);
            int less = Math.max(0, kept - 1);
            if (kept > 0) {
                assertThat(smallest.removeLargest()).isEqualTo(keys[sorted[less]]);
            }
            int[] byItem = Arrays.copyOf(sorted, less);
            Arrays.sort(byItem);
            assertThat(Arrays.copyOf(smallest.byItem(), less))
                    .as("case %d", number)
                    .containsExactly(byItem);
        }
    }

    private static void offer(Smallest smallest, double[] keys, int most, Random random) {
        smallest.clear(most);
        for (int i : UniformSamplerTest.shuffled(keys.length, random)) {
            if (!smallest.refuses(keys[i])) {
                smallest.offer(keys[i], i);
            }
        }
        assertThat(smallest.size()).isEqualTo(Math.min(most, keys.length));
    }
}
