package dev.hypha.relational.query;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.OptionalLong;

/// Times as people write them: `2010-01-01`, `2010-01-01 14:30`, `2010-01-01T14:30:00.5`, with `Z` or an offset, UTC
/// without.
public final class Timestamps {
    private Timestamps() {}

    /// @return microseconds since 1970-01-01 UTC, or nothing for text that is no time of the years 1 to 9999
    public static OptionalLong parse(String text) {
        String iso = text.strip().replace(' ', 'T');
        try {
            Instant instant = iso.indexOf('T') < 0
                    ? LocalDate.parse(iso).atStartOfDay().toInstant(ZoneOffset.UTC)
                    : withTime(iso);
            int year = instant.atOffset(ZoneOffset.UTC).getYear();
            return year < 1 || year > 9999 ? OptionalLong.empty() : OptionalLong.of(micros(instant));
        } catch (DateTimeException notATime) {
            return OptionalLong.empty();
        }
    }

    private static Instant withTime(String iso) {
        boolean zoned = iso.endsWith("Z") || iso.indexOf('+') > 0 || iso.indexOf('-', iso.indexOf('T')) > 0;
        return zoned
                ? OffsetDateTime.parse(iso).toInstant()
                : LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC);
    }

    private static long micros(Instant instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }

    /// As short as it can be said: `2010-01-01`, or `2010-01-01 14:30:00` where there is a time of day.
    public static String format(long micros) {
        LocalDateTime time = LocalDateTime.ofInstant(Instant.EPOCH.plus(micros, ChronoUnit.MICROS), ZoneOffset.UTC);
        if (Math.floorMod(micros, TimeUnit.DAYS.micros()) == 0)
            return time.toLocalDate().toString();
        boolean whole = Math.floorMod(micros, TimeUnit.SECONDS.micros()) == 0;
        return DateTimeFormatter.ofPattern(whole ? "yyyy-MM-dd HH:mm:ss" : "yyyy-MM-dd HH:mm:ss.SSSSSS", Locale.ROOT)
                .format(time);
    }

    /// As a DuckDB expression.
    public static String sql(long micros) {
        return "make_timestamp(" + micros + ")";
    }
}
