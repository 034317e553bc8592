package dev.hypha.graph.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Numbers and times against what the JDK makes of them.
class NumbersTest {
    @Test
    void integersAreThoseOfTheJdk() throws BadValue {
        var random = new Random(5);
        for (int i = 0; i < 20_000; i++) {
            long value = random.nextLong() >> random.nextInt(64);
            assertThat(integer(Long.toString(value))).isEqualTo(value);
        }
        assertThat(integer("-0")).isZero();
        assertThat(integer("+12")).isEqualTo(12);
        assertThat(integer(Long.toString(Long.MIN_VALUE))).isEqualTo(Long.MIN_VALUE);
        for (String wrong : List.of("", "-", "+", "1.0", "1e3", " 1", "0x1", "9223372036854775808", "1".repeat(20))) {
            assertThatThrownBy(() -> integer(wrong)).as(wrong).isInstanceOf(BadValue.class);
        }
    }

    @Test
    void realsAreThoseOfTheJdkToTheLastBit() throws BadValue {
        var random = new Random(6);
        for (int i = 0; i < 50_000; i++) {
            double value = random.nextGaussian() * Math.pow(10, random.nextInt(-20, 20));
            String text = switch (random.nextInt(3)) {
                case 0 -> Double.toString(value);
                case 1 -> String.format(Locale.ROOT, "%." + random.nextInt(12) + "f", value);
                default -> String.format(Locale.ROOT, "%.6e", value);
            };
            assertThat(real(text)).as(text).isEqualTo(Double.parseDouble(text));
        }
        assertThat(real("NaN")).isNaN();
        assertThat(real("-inf")).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(real("-0")).isEqualTo(-0.0);
        assertThat(real(".5")).isEqualTo(0.5);
        assertThat(real("5.")).isEqualTo(5);
        for (String wrong : List.of("", ".", "-", "1f", "1d", "0x1p3", "1,5", "1e", "e5", "1.2.3", "infinite")) {
            assertThatThrownBy(() -> real(wrong)).as(wrong).isInstanceOf(BadValue.class);
        }
    }

    @Test
    void timesAreIsoOrSeconds() throws BadValue {
        assertThat(micros("2024-03-05")).isEqualTo(micros(Instant.parse("2024-03-05T00:00:00Z")));
        assertThat(micros("2024-03-05 14:20")).isEqualTo(micros(Instant.parse("2024-03-05T14:20:00Z")));
        assertThat(micros("2024-03-05T14:20:30.25Z")).isEqualTo(micros(Instant.parse("2024-03-05T14:20:30.25Z")));
        assertThat(micros("2024-03-05 14:20:30+02:00")).isEqualTo(micros(Instant.parse("2024-03-05T12:20:30Z")));
        assertThat(micros("-5")).isEqualTo(-5_000_000);
        for (String wrong : List.of("", "2024-13-05", "2024-02-30", "5.3.2024", "noon", "99999999999999999")) {
            assertThatThrownBy(() -> micros(wrong)).as(wrong).isInstanceOf(BadValue.class);
        }
    }

    private static long micros(Instant instant) {
        return instant.getEpochSecond() * 1_000_000 + instant.getNano() / 1000;
    }

    private static long integer(String text) throws BadValue {
        byte[] bytes = ("x" + text + "x").getBytes(StandardCharsets.UTF_8);
        return Numbers.integer(bytes, 1, bytes.length - 1);
    }

    private static double real(String text) throws BadValue {
        byte[] bytes = ("1" + text + "1").getBytes(StandardCharsets.UTF_8);
        return Numbers.real(bytes, 1, bytes.length - 1);
    }

    private static long micros(String text) throws BadValue {
        byte[] bytes = ("1" + text + "1").getBytes(StandardCharsets.UTF_8);
        return Times.micros(bytes, 1, bytes.length - 1);
    }
}
