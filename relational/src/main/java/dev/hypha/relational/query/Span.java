package dev.hypha.relational.query;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A signed length of time in one unit, which can be added to an instant, in Java and in SQL alike.
///
/// @param count may be negative
public record Span(long count, TimeUnit unit) {
    /// The longest span a query may name, in years: further than any calendar date that databases hold.
    static final long MAX_YEARS = 5_000;

    private static final Pattern WRITTEN = Pattern.compile("(\\d{1,12})\\s*([A-Za-z]+)");

    /// Reads `30 days`, `30d` or `1 month`; a letter stands for seconds, minutes, hours, days, weeks; months and years
    /// in words.
    ///
    /// @return nothing for text that is no length of time above 0
    public static Optional<Span> parse(String text) {
        Matcher parts = WRITTEN.matcher(text.strip());
        if (!parts.matches()) return Optional.empty();
        Span span = unit(parts.group(2))
                .map(unit -> new Span(Long.parseLong(parts.group(1)), unit))
                .orElse(new Span(0, TimeUnit.DAYS));
        return span.count() == 0 || span.isTooLong() ? Optional.empty() : Optional.of(span);
    }

    private static Optional<TimeUnit> unit(String word) {
        return switch (word) {
            case "s" -> Optional.of(TimeUnit.SECONDS);
            case "m" -> Optional.of(TimeUnit.MINUTES);
            case "h" -> Optional.of(TimeUnit.HOURS);
            case "d" -> Optional.of(TimeUnit.DAYS);
            case "w" -> Optional.of(TimeUnit.WEEKS);
            default -> TimeUnit.of(word);
        };
    }

    boolean isTooLong() {
        long most = MAX_YEARS * TimeUnit.YEARS.micros() / unit.micros();
        return count > most || count < -most;
    }

    /// In microseconds; a mean for months and years, see [TimeUnit#micros].
    public long micros() {
        return Math.multiplyExact(count, unit.micros());
    }

    /// The instant this span times `times` after `time`.
    ///
    /// @param time microseconds since 1970-01-01 UTC
    /// @return microseconds since 1970-01-01 UTC
    public long after(long time, long times) {
        long n = Math.multiplyExact(count, times);
        if (unit.months() == 0) return Math.addExact(time, Math.multiplyExact(n, unit.micros()));
        Instant instant = Instant.EPOCH.plus(time, ChronoUnit.MICROS);
        return ChronoUnit.MICROS.between(
                Instant.EPOCH, instant.atOffset(ZoneOffset.UTC).plusMonths(n * unit.months()));
    }

    /// The same for one time, as SQL.
    ///
    /// @param time a TIMESTAMP expression
    public String sqlAfter(String time) {
        if (count == 0) return time;
        String interval = unit.months() == 0
                ? "to_microseconds(" + micros() + ")"
                : "to_months(" + Math.multiplyExact(count, unit.months()) + ")";
        return "(" + time + " + " + interval + ")";
    }

    @Override
    public String toString() {
        String word = unit.name().toLowerCase(Locale.ROOT);
        return count + " " + (Math.abs(count) == 1 ? word.substring(0, word.length() - 1) : word);
    }
}
