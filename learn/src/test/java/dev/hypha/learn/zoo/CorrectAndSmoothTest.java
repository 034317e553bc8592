package dev.hypha.learn.zoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hypha.learn.Options;
import dev.hypha.tensor.KernelProvider;
import dev.hypha.tensor.Matrix;
import dev.hypha.tensor.Memory;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CorrectAndSmoothTest {
    private static final int[] KNOWN = {0, -1, -1, 1, -1, -1};
    private static final double[][] BASE = {{0.4, 0.6}, {0.5, 0.5}, {0.3, 0.7}, {0.2, 0.8}, {0.9, 0.1}, {0.6, 0.4}};

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void agreesWithTheEquationsReadOneNodeAtATime(boolean autoscale) {
        CorrectAndSmooth method = new CorrectAndSmooth(4, 0.7, 3, 0.6, autoscale, 1.5);
        double[][] got = LabelTrial.small(method, KNOWN, BASE);
        double[][] expected = LabelTrial.normalised(slow(autoscale));
        for (int i = 0; i < got.length; i++) {
            assertThat(got[i])
                    .as("node " + i)
                    .usingComparatorWithPrecision(1e-5)
                    .containsExactly(expected[i]);
        }
    }

    private static double[][] slow(boolean autoscale) {
        double[][] known = new double[BASE.length][2];
        double size = 0;
        for (int i = 0; i < BASE.length; i++) {
            if (KNOWN[i] < 0) continue;
            for (int c = 0; c < 2; c++) known[i][c] = (KNOWN[i] == c ? 1 : 0) - BASE[i][c];
            size += (Math.abs(known[i][0]) + Math.abs(known[i][1])) / 2; // of two known nodes
        }
        double[][] e = known;
        for (int step = 0; step < 4; step++) {
            double[][] next = SlowMath.scale(SlowMath.spread(e), 0.7);
            if (autoscale) {
                next = SlowMath.add(next, 0.3, known);
            } else {
                for (int i = 0; i < next.length; i++) if (KNOWN[i] >= 0) next[i] = known[i];
            }
            e = next;
        }
        double mean = size;
        double[][] moved = SlowMath.each(e, row -> {
            double own = Math.abs(row[0]) + Math.abs(row[1]);
            double factor = autoscale ? (own > 0 ? mean / own : 0) : 1.5;
            return Arrays.stream(row).map(x -> factor * x).toArray();
        });
        double[][] given = SlowMath.add(BASE, 1, moved);
        for (int i = 0; i < given.length; i++) {
            if (KNOWN[i] >= 0) given[i] = new double[] {1 - KNOWN[i], KNOWN[i]};
        }
        double[][] f = given;
        for (int step = 0; step < 3; step++) f = SlowMath.add(SlowMath.scale(SlowMath.spread(f), 0.6), 0.4, given);
        return f;
    }

    /// The paper's claim, on a planted graph: a model of features alone becomes much better by what is known of
    /// neighbors.
    @Test
    void aModelThatSeesNoEdgesIsBettered() {
        try (Memory memory = Memory.unlimited();
                KernelProvider provider = KernelProvider.choose(2);
                PlantedCommunities graph = new PlantedCommunities(memory, 0.6);
                Matrix base = graph.predicted(Options.read(Mlp.class, Map.of("hidden", "16")), provider, memory)) {
            double before = graph.accuracy(base.toArray());
            float[] after = Options.defaults(CorrectAndSmooth.class)
                    .answer(graph.problem(PlantedCommunities.LABELLED, base), provider, memory, 7);
            assertThat(graph.accuracy(after)).isGreaterThan(before + 0.2);
        }
    }

    @Test
    void withoutBasePredictionsItIsRefused() {
        assertThatThrownBy(() -> LabelTrial.small(Options.defaults(CorrectAndSmooth.class), KNOWN, null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("base predictions");
    }
}
