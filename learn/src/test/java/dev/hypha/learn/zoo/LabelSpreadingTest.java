package dev.hypha.learn.zoo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class LabelSpreadingTest {
    private static final int[] KNOWN = {0, -1, -1, 1, -1, -1};

    @Test
    void agreesWithTheIterationReadOneNodeAtATime() {
        double[][] labels = {{1, 0}, {0, 0}, {0, 0}, {0, 1}, {0, 0}, {0, 0}};
        double[][] f = labels;
        for (int step = 0; step < 5; step++) {
            f = SlowMath.add(SlowMath.scale(SlowMath.spread(f), 0.7), 0.3, labels);
        }
        double[][] got = LabelTrial.small(new LabelSpreading(5, 0.7), KNOWN, null);
        double[][] expected = LabelTrial.normalised(f);
        for (int i = 0; i < got.length; i++) {
            assertThat(got[i]).usingComparatorWithPrecision(1e-5).containsExactly(expected[i]);
        }
    }

    @Test
    void fewLabelsSpreadOverCommunities() {
        assertThat(LabelTrial.planted(new LabelSpreading(50, 0.9), 30, 0.9)).isGreaterThan(0.85);
        assertThat(LabelTrial.planted(new LabelSpreading(50, 0.9), 30, 1 / 3.0)).isLessThan(0.5);
    }
}
