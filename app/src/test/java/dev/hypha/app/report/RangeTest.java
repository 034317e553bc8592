package dev.hypha.app.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class RangeTest {
    private static List<String> labels(double low, double high) {
        Range range = new Range(low, high);
        return range.ticks().stream().map(range::label).toList();
    }

    @Test
    void ticksAreRoundAndSayNoMoreThanTheyMust() {
        assertThat(labels(0, 1)).containsExactly("0.0", "0.2", "0.4", "0.6", "0.8", "1.0");
        assertThat(labels(0.999, 14.001)).containsExactly("5", "10");
        assertThat(labels(-0.3, 0.9)).containsExactly("-0.25", "0.00", "0.25", "0.50", "0.75");
        assertThat(labels(0, 9000)).containsExactly("0", "2,000", "4,000", "6,000", "8,000");
    }

    @Test
    void ticksLieInsideAndAreFew() {
        for (long seed = 0; seed < 500; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            double low = Math.pow(10, random.nextInt(-6, 9)) * (random.nextDouble() - 0.5);
            Range range = new Range(low, low + Math.pow(10, random.nextInt(-6, 9)) * (0.01 + random.nextDouble()));
            double slack = 1e-6 * (range.high() - range.low());
            assertThat(range.ticks()).as("seed %d", seed).hasSizeBetween(2, 6);
            assertThat(range.ticks())
                    .as("seed %d", seed)
                    .allMatch(t -> t >= range.low() - slack && t <= range.high() + slack);
            assertThat(range.ticks().stream().map(range::label))
                    .as("seed %d", seed)
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void isNeverEmpty() {
        assertThat(Range.around(DoubleStream.empty()).ticks()).isNotEmpty();
        Range one = Range.around(DoubleStream.of(7, 7, Double.NaN));
        assertThat(one.low()).isLessThan(7);
        assertThat(one.high()).isGreaterThan(7);
    }
}
