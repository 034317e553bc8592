package dev.hypha.learn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

final class KeysTest {
    @Test
    void permutationsHoldEveryNumberOnceAndDependOnTheKeyAlone() {
        for (int n : new int[] {0, 1, 2, 7, 1000}) {
            int[] order = Keys.permutation(n, 5);
            assertThat(IntStream.of(order).sorted().toArray())
                    .isEqualTo(IntStream.range(0, n).toArray());
            assertThat(Keys.permutation(n, 5)).isEqualTo(order);
        }
        assertThat(Keys.permutation(1000, 6)).isNotEqualTo(Keys.permutation(1000, 5));
    }

    @Test
    void everyPlaceIsEquallyLikely() {
        int[] first = new int[5];
        for (int key = 0; key < 50_000; key++) first[Keys.permutation(5, key)[0]]++;
        for (int count : first) assertThat(count).isBetween(9_600, 10_400); // 4 standard deviations
    }

    @Test
    void partsOfAKeyDiffer() {
        Set<Long> keys = new HashSet<>();
        for (int part = 0; part < 1000; part++) {
            keys.add(Keys.split(0, part));
            keys.add(Keys.split(1, part));
            keys.add(Keys.split(0, "layer" + part));
        }
        assertThat(keys).hasSize(3000);
    }

    @Test
    void distinctValuesPointBack() {
        for (long seed = 0; seed < 200; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            int n = random.nextInt(300);
            int bound = 1 + random.nextInt(400);
            int[] nodes = random.ints(n, -1, bound).toArray();
            Distinct distinct = Distinct.of(nodes);
            int[] back = IntStream.of(distinct.positions())
                    .map(p -> distinct.values()[p])
                    .toArray();
            assertThat(back).as("seed " + seed).isEqualTo(nodes);
            assertThat(distinct.values()).as("seed " + seed).doesNotHaveDuplicates();
        }
    }

    @Test
    void wavesAgreeWithSineAndCosine() {
        for (float days : new float[] {0, 0.001f, 1, 17, 365.25f, 12345.67f, -3}) {
            float[] out = new float[TimeEncoding.WIDTH + 2];
            TimeEncoding.write(days, out, 1);
            assertThat(out[0]).isZero();
            assertThat(out[TimeEncoding.WIDTH + 1]).isZero();
            assertThat(out[1]).isEqualTo(1);
            for (int k = 0; k < 8; k++) {
                double angle = 2 * Math.PI * days / (2 * Math.pow(4, k));
                assertThat(out[4 + 2 * k]).as(days + " days, wave " + k).isEqualTo((float) Math.sin(angle), within());
                assertThat(out[5 + 2 * k]).as(days + " days, wave " + k).isEqualTo((float) Math.cos(angle), within());
            }
        }
        float[] none = new float[TimeEncoding.WIDTH];
        TimeEncoding.write(TimeEncoding.NONE, none, 0);
        assertThat(none).containsOnly(0);
    }

    private static Offset<Float> within() {
        return Offset.offset(1e-6f);
    }
}
