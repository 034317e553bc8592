package dev.hypha.relational.query;

import java.util.Locale;
import java.util.Optional;

/// Units of windows and steps. Seconds to weeks are of fixed length (a day is 24 hours; times are UTC);
/// months and years are calendar months: the same day and time of day that many months on, or the month's
/// last day where it has no such day.
public enum TimeUnit {
    SECONDS(1_000_000L, 0),
    MINUTES(60 * SECONDS.micros, 0),
    HOURS(60 * MINUTES.micros, 0),
    DAYS(24 * HOURS.micros, 0),
    WEEKS(7 * DAYS.micros, 0),
    MONTHS(2_629_746 * SECONDS.micros, 1),
    YEARS(12 * MONTHS.micros, 12);

    private final long micros;
    private final int months;

    TimeUnit(long micros, int months) {
        this.micros = micros;
        this.months = months;
    }

    /// Length in microseconds; the mean length (a year has 365.2425 days) for months and years.
    public long micros() {
        return micros;
    }

    /// Calendar months in one unit; 0 for units of fixed length.
    public int months() {
        return months;
    }

    /// Upper or lower case, plural or singular.
    public static Optional<TimeUnit> of(String word) {
        String upper = word.toUpperCase(Locale.ROOT);
        for (TimeUnit unit : values()) {
            if (upper.equals(unit.name()) || (upper + "S").equals(unit.name())) return Optional.of(unit);
        }
        return Optional.empty();
    }
}
