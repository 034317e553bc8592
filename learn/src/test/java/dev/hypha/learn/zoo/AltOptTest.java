package dev.hypha.learn.zoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hypha.learn.Options;
import dev.hypha.tensor.KernelProvider;
import dev.hypha.tensor.Memory;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AltOptTest {
    private static final int[] KNOWN = {0, -1, -1, 1, -1, -1};

    /// Without a word from the features, the labels' half of a round.
    @ParameterizedTest
    @ValueSource(strings = {"0", "0.2", "1"})
    void labelsFollowTheirUpdateReadOneNodeAtATime(String temperature) {
        Map<String, String> one = Map.of(
                "fit",
                "0",
                "trust",
                "2",
                "rounds",
                "1",
                "steps",
                "4",
                "warmup",
                "0",
                "epochs",
                "1",
                "temperature",
                temperature);
        double[][] labels = {{1, 0}, {0, 0}, {0, 0}, {0, 1}, {0, 0}, {0, 0}};
        double[][] f = labels;
        for (int step = 0; step < 4; step++) {
            double[][] next = SlowMath.add(SlowMath.smoothed(f), 2, labels);
            for (int i = 0; i < next.length; i++) {
                if (KNOWN[i] >= 0) next[i] = new double[] {next[i][0] / 3, next[i][1] / 3};
            }
            f = next;
        }
        double[][] got = LabelTrial.small(Options.read(AltOpt.class, one), KNOWN, null);
        double t = Double.parseDouble(temperature);
        double[][] expected = t == 0
                ? LabelTrial.normalised(f)
                : SlowMath.each(
                        f,
                        row -> SlowMath.softmax(
                                Arrays.stream(row).mapToObj(x -> x / t).toList()));
        for (int i = 0; i < got.length; i++) {
            assertThat(got[i])
                    .as("node " + i)
                    .usingComparatorWithPrecision(1e-5)
                    .containsExactly(expected[i]);
        }
    }

    /// With every word from the features, labels are what the perceptron says: near the known labels once it fits them.
    @Test
    void thePerceptronLearnsKnownLabels() {
        Map<String, String> features = Map.of(
                "fit", "1000", "trust", "0", "rounds", "1", "steps", "1", "warmup", "300", "dropout", "0", "rate",
                "0.05");
        double[][] got = LabelTrial.small(Options.read(AltOpt.class, features), KNOWN, null);
        assertThat(got[0][0]).isGreaterThan(0.9);
        assertThat(got[3][1]).isGreaterThan(0.9);
    }

    @Test
    void sureOfWhatIsCertain() {
        float[] rows = {0.25f, 0.25f, 0.25f, 0.25f, 0, 1, 0, 0, 0.5f, 0.5f, 0, 0};
        assertThat(LabelFitting.sureness(rows, 0, 4)).isCloseTo(0, within(1e-6));
        assertThat(LabelFitting.sureness(rows, 1, 4)).isEqualTo(1);
        assertThat(LabelFitting.sureness(rows, 2, 4)).isCloseTo(0.5, within(1e-6));
    }

    /// What the paper claims: features and graph together say more than either.
    @Test
    void bothTogetherSayMoreThanEither() {
        AltOpt method = Options.read(AltOpt.class, Map.of("hidden", "16", "rounds", "30"));
        double labels = LabelTrial.planted(Options.defaults(LabelSpreading.class), PlantedCommunities.LABELLED, 0.6);
        double features = PlantedCommunities.accuracy(Options.read(Mlp.class, Map.of("hidden", "16")), 0.6);
        double both = LabelTrial.planted(method, PlantedCommunities.LABELLED, 0.6);
        assertThat(both).isGreaterThan(labels).isGreaterThan(features);
    }

    /// No activation of the whole graph is held for gradients.
    @Test
    void takesLessMemoryThanGradientsThroughTheGraph() {
        AltOpt method = Options.read(AltOpt.class, Map.of("rounds", "2", "surest", "10"));
        try (Memory data = Memory.unlimited();
                Memory own = Memory.unlimited();
                Memory rivals = Memory.unlimited();
                KernelProvider provider = KernelProvider.choose(1);
                PlantedCommunities graph = new PlantedCommunities(data, 0.8)) {
            method.answer(graph.problem(PlantedCommunities.LABELLED, null), provider, own, 7);
            graph.trained(Options.defaults(Appnp.class), "0.02", provider, rivals)
                    .weights()
                    .close();
            assertThat(own.peak()).isLessThan(rivals.peak());
        }
    }
}
