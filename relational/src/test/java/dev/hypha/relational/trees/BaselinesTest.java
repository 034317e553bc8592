package dev.hypha.relational.trees;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hypha.learn.TaskKind;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class BaselinesTest {
    @Test
    void constantIsMedianOrFrequencies() {
        assertThat(Baselines.constant(new float[] {1, 100, 3, 4}, TaskKind.REGRESSION, 1))
                .containsExactly(3.5f);
        assertThat(Baselines.constant(new float[] {0, 1, 1, 1}, TaskKind.BINARY, 1))
                .containsExactly(0.75f);
        assertThat(Baselines.constant(new float[] {1, 0, 0, 1}, TaskKind.MULTICLASS, 2))
                .containsExactly(0.5f, 0.5f);
    }

    /// Against a loop over all pairs, with equal times and cutoffs before the time.
    @Test
    void entityHistoryAgreesWithALoop() {
        long seed = 42;
        SplittableRandom random = new SplittableRandom(seed);
        for (int trial = 0; trial < 200; trial++) {
            int n = 1 + random.nextInt(40);
            int width = 1 + random.nextInt(3);
            int[] entity = new int[n];
            long[] time = new long[n];
            long[] cutoff = new long[n];
            float[] targets = new float[n * width];
            for (int i = 0; i < n; i++) {
                entity[i] = random.nextInt(4);
                time[i] = random.nextInt(10);
                cutoff[i] = time[i] - random.nextInt(4);
                boolean unknown = random.nextInt(5) == 0;
                for (int c = 0; c < width; c++) {
                    targets[i * width + c] = unknown ? Float.NaN : random.nextInt(2);
                }
            }
            float[] constant = {0.25f, 0.5f, 0.75f};
            float[] prior = java.util.Arrays.copyOf(constant, width);
            long end = random.nextInt(3);
            float[] got = Baselines.entityHistory(entity, time, cutoff, targets, end, prior);
            for (int i = 0; i < n; i++) {
                for (int c = 0; c < width; c++) {
                    double sum = prior[c];
                    int count = 1;
                    for (int h = 0; h < n; h++) {
                        float target = targets[h * width + c];
                        if (entity[h] == entity[i] && time[h] + Math.max(end, 1) <= cutoff[i] && !Float.isNaN(target)) {
                            sum += target;
                            count++;
                        }
                    }
                    assertThat(got[i * width + c]).as("seed %d", seed).isCloseTo((float) (sum / count), within(1e-6f));
                }
            }
        }
    }

    /// A label that has no window, such as a column that is predicted once, is no past answer of its own row.
    @Test
    void aRowsOwnLabelIsNotItsPast() {
        float[] got = Baselines.entityHistory(
                new int[] {0, 1, 1}, new long[] {5, 7, 7}, new long[] {5, 7, 7}, new float[] {1, 1, 1}, 0, new float[] {
                    0.5f
                });
        assertThat(got).containsExactly(0.5f, 0.5f, 0.5f);
    }
}
