package dev.hypha.graph.reading;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/// Times as they are written in text files: `2024-03-05`, `2024-03-05 14:20[:30[.5]]`, the same with `T`, with
/// `Z` or an offset such as `+02:00`; without either they are UTC. Or a number of seconds since 1970-01-01 UTC.
public final class Times {
    private static final Pattern FORM = Pattern.compile(
            "[0-9]{4}-[0-9]{2}-[0-9]{2}([ T][0-9]{2}:[0-9]{2}(:[0-9]{2}(\\.[0-9]{1,9})?)?(Z|[-+][0-9]{2}:[0-9]{2})?)?");
    private static final int DATE_LENGTH = 10;

    private Times() {}

    /// Microseconds since 1970-01-01 UTC.
    ///
    /// @throws BadValue where it is no time
    public static long micros(byte[] bytes, int from, int to) throws BadValue {
        String text = new String(bytes, from, to - from, StandardCharsets.UTF_8);
        if (isTime(text)) {
            try {
                return micros(text);
            } catch (DateTimeException | ArithmeticException e) {
                throw BadValue.of(bytes, from, to, "is no time");
            }
        }
        try {
            return Math.multiplyExact(Numbers.integer(bytes, from, to), TimeUnit.SECONDS.toMicros(1));
        } catch (BadValue | ArithmeticException e) {
            throw BadValue.of(bytes, from, to, "is no time");
        }
    }

    /// True for text in the form of a date or a time, not for a number.
    public static boolean isTime(String text) {
        return FORM.matcher(text).matches();
    }

    private static long micros(String text) {
        if (text.length() == DATE_LENGTH) {
            return micros(
                    LocalDateTime.of(LocalDate.parse(text), LocalTime.MIDNIGHT).toInstant(ZoneOffset.UTC));
        }
        String iso = text.replace(' ', 'T');
        boolean zoned = iso.endsWith("Z") || iso.matches(".*[-+][0-9]{2}:[0-9]{2}");
        return micros(
                zoned
                        ? OffsetDateTime.parse(iso).toInstant()
                        : LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC));
    }

    private static long micros(Instant instant) {
        long seconds = Math.multiplyExact(instant.getEpochSecond(), TimeUnit.SECONDS.toMicros(1));
        return Math.addExact(seconds, instant.getNano() / TimeUnit.MICROSECONDS.toNanos(1));
    }
}
