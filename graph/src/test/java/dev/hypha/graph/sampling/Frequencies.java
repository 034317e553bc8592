package dev.hypha.graph.sampling;

import static org.assertj.core.api.Assertions.assertThat;

/// Counts against probabilities. Keys are fixed, so a test that passes does so for good.
final class Frequencies {
    private Frequencies() {}

    /// Each count within 5 standard deviations of a binomial.
    static void check(String what, long[] counts, double[] probabilities, long trials) {
        if (trials == 0) {
            return;
        }
        for (int i = 0; i < counts.length; i++) {
            double p = probabilities[i];
            double deviation = Math.sqrt(trials * p * (1 - p)) + 1e-6 * trials;
            if (p == 0) {
                assertThat(counts[i]).as("%s: %d cannot be", what, i).isZero();
            }
            assertThat((counts[i] - trials * p) / deviation)
                    .as("%s: %d came %d times of %d, probability %.4f", what, i, counts[i], trials, p)
                    .isBetween(-5.0, 5.0);
        }
    }

    /// A mean within 5 standard errors, of a sum and a sum of squares.
    static void checkMean(String what, double sum, double squares, double expected, long trials) {
        double mean = sum / trials;
        double error = Math.sqrt(Math.max(0, squares / trials - mean * mean) / trials);
        assertThat(mean).as(what).isBetween(expected - 5 * error - 1e-5, expected + 5 * error + 1e-5);
    }
}
