package dev.hypha.learn.zoo;

import static dev.hypha.learn.zoo.SmallGraph.INTO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class LabelPropagationTest {
    private static final int[] KNOWN = {0, -1, -1, 1, -1, -1};

    /// The limit: what is said of a node whose label is unknown is the mean of what is said of its neighbors.
    @Test
    void manyStepsReachTheHarmonicFunction() {
        double[][] f = LabelTrial.small(new LabelPropagation(1000), KNOWN, null);
        assertThat(f[0]).containsExactly(1, 0);
        assertThat(f[3]).containsExactly(0, 1);
        for (int i : new int[] {1, 2, 4}) {
            double sum = 0;
            for (int j : INTO[i]) sum += f[j][0];
            assertThat(f[i][0]).as("node " + i).isCloseTo(sum / INTO[i].length, within(1e-5));
        }
        assertThat(f[5]).as("nothing leads to it").containsExactly(0.5, 0.5);
    }

    @Test
    void fewLabelsSpreadOverCommunities() {
        assertThat(LabelTrial.planted(new LabelPropagation(100), 30, 0.9)).isGreaterThan(0.85);
        assertThat(LabelTrial.planted(new LabelPropagation(100), 30, 1 / 3.0)).isLessThan(0.5);
    }

    @Test
    void aProblemWhosePartsDoNotFitIsRefused() {
        assertThatThrownBy(() -> LabelTrial.small(new LabelPropagation(1), new int[] {0, 1}, null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2 known labels for 6 nodes");
        assertThatThrownBy(() -> LabelTrial.small(new LabelPropagation(1), new int[] {0, 1, 2, 0, 0, 0}, null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no class 2");
    }
}
