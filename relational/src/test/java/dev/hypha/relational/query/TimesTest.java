package dev.hypha.relational.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimesTest {
    private static long time(String text) {
        return Timestamps.parse(text).orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({
        "2020-02-29, 2020-02-29",
        "2020-02-29T10:30, 2020-02-29 10:30:00",
        "2020-02-29 10:30:15.25, 2020-02-29 10:30:15.250000",
        "2020-02-29T10:30:00Z, 2020-02-29 10:30:00",
        "2020-02-29T10:30:00+02:00, 2020-02-29 08:30:00",
        "1950-05-13 00:00, 1950-05-13"
    })
    void timesAreReadAndWritten(String text, String printed) {
        assertThat(Timestamps.format(time(text))).isEqualTo(printed);
        assertThat(time(printed)).isEqualTo(time(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "2020", "2020-13-01", "2021-02-29", "2020-01-01 25:00", "+99999-01-01", "yesterday"})
    void otherTextIsNoTime(String text) {
        assertThat(Timestamps.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "30 days, 30 days",
        "30d, 30 days",
        "1 Month, 1 month",
        "2h, 2 hours",
        "90 s, 90 seconds",
        "1YEAR, 1 year"
    })
    void lengthsAreReadAndWritten(String text, String printed) {
        assertThat(Span.parse(text).orElseThrow()).hasToString(printed);
        assertThat(Span.parse(printed)).isEqualTo(Span.parse(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "30", "0 days", "-1 day", "1.5 days", "3 moons", "999999999999 years"})
    void otherTextIsNoLength(String text) {
        assertThat(Span.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "1, MONTHS, 1, 2020-01-31, 2020-02-29",
        "1, MONTHS, 2, 2020-01-31, 2020-03-31",
        "-1, MONTHS, 1, 2020-03-30, 2020-02-29",
        "1, YEARS, 1, 2020-02-29, 2021-02-28",
        "1, WEEKS, -3, 2020-01-22, 2020-01-01"
    })
    void monthsAreThoseOfTheCalendar(long count, TimeUnit unit, long times, String from, String to) {
        assertThat(Timestamps.format(new Span(count, unit).after(time(from), times)))
                .isEqualTo(to);
    }

    @Test
    void javaAndSqlAddTheSame() {
        long seed = 20_261_121L;
        List<TimeUnit> units = List.of(TimeUnit.values());
        SplittableRandom random = new SplittableRandom(seed);
        try (StagedTables tables = new StagedTables()) {
            for (int i = 0; i < 200; i++) {
                Span span = new Span(random.nextLong(-500, 500), units.get(random.nextInt(units.size())));
                long t = random.nextLong(time("1900-01-01"), time("2100-01-01"));
                Object sql = tables.rows("SELECT epoch_us(" + span.sqlAfter(Timestamps.sql(t)) + ")")
                        .getFirst()
                        .getFirst();
                assertThat(sql).as("seed %d: %s after %d", seed, span, t).isEqualTo(span.after(t, 1));
            }
        }
    }
}
