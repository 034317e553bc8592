package dev.hypha.relational.schema;

import dev.hypha.graph.InputException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads and writes the text of a time rule:
///
///     rule   = term { "+" term } [ ("+" | "-") number unit ]
///     term   = name [ "." name ]
///     name   = letters, digits, "_", "$"; anything else between double quotes
///     unit   = second | minute | hour | day | week, plural allowed
final class TimeRuleText {
    private static final Pattern TOKEN = Pattern.compile(
            "\\s*(?:(?<quoted>\"(?:[^\"]|\"\")+\")|(?<word>[\\p{L}_$][\\p{L}\\p{N}_$]*)|(?<number>\\d{1,9})|(?<sign>[.+-]))");
    private static final Pattern PLAIN = Pattern.compile("[\\p{L}_$][\\p{L}\\p{N}_$]*");
    /// Largest first, so that an offset is written in the largest unit that divides it.
    private static final Map<String, Long> MICROS = new LinkedHashMap<>();

    static {
        MICROS.put("week", 604_800_000_000L);
        MICROS.put("day", 86_400_000_000L);
        MICROS.put("hour", 3_600_000_000L);
        MICROS.put("minute", 60_000_000L);
        MICROS.put("second", 1_000_000L);
    }

    private final String text;
    private final Matcher matcher;
    private int at;

    TimeRuleText(String text) {
        this.text = text.strip();
        this.matcher = TOKEN.matcher(this.text);
    }

    TimeRule rule() {
        List<TimeRule.Term> terms = new ArrayList<>(List.of(term()));
        long offset = 0;
        while (at < text.length()) {
            int sign = sign();
            Optional<String> number = next("number");
            if (number.isPresent()) {
                offset = sign * Math.multiplyExact(Long.parseLong(number.get()), unit());
                if (at < text.length()) throw wrong("nothing after the offset");
            } else if (sign > 0) {
                terms.add(term());
            } else {
                throw wrong("a number of days, hours, minutes or seconds after `-`");
            }
        }
        return new TimeRule(terms, offset);
    }

    private TimeRule.Term term() {
        String first = name();
        if (at < text.length() && text.substring(at).stripLeading().startsWith(".")) {
            next("sign");
            return new TimeRule.Term(first, name());
        }
        return new TimeRule.Term("", first);
    }

    private String name() {
        return next("word")
                .or(() -> next("quoted").map(q -> q.substring(1, q.length() - 1).replace("\"\"", "\"")))
                .orElseThrow(() -> wrong("the name of a column"));
    }

    private int sign() {
        String sign = next("sign").filter(s -> !s.equals(".")).orElseThrow(() -> wrong("`+` or `-`"));
        return sign.equals("-") ? -1 : 1;
    }

    private long unit() {
        return next("word")
                .map(word -> MICROS.get(word.toLowerCase(Locale.ROOT).replaceFirst("s$", "")))
                .orElseThrow(() -> wrong("a unit: days, hours, minutes, seconds or weeks"));
    }

    /// @return the next token if it is of this group (and steps over it)
    private Optional<String> next(String group) {
        matcher.region(at, text.length());
        if (!matcher.lookingAt() || matcher.group(group) == null) return Optional.empty();
        at = matcher.end();
        return Optional.of(matcher.group(group));
    }

    private InputException wrong(String expected) {
        return new InputException(
                "time-rule",
                "the time rule `" + text + "` is not understood at position " + (at + 1) + ": expected " + expected,
                Map.of("rule", text, "position", at + 1),
                "write a column, `date + time`, `table.column` or `table.column - 1 day`, or none");
    }

    static String quoted(String name) {
        return PLAIN.matcher(name).matches() ? name : "\"" + name.replace("\"", "\"\"") + "\"";
    }

    static String offset(long micros) {
        if (micros == 0) return "";
        String sign = micros < 0 ? " - " : " + ";
        for (var unit : MICROS.entrySet()) {
            if (micros % unit.getValue() != 0) continue;
            long count = Math.abs(micros / unit.getValue());
            return sign + count + " " + unit.getKey() + (count == 1 ? "" : "s");
        }
        throw new IllegalArgumentException("an offset is whole seconds, got " + micros + " µs");
    }
}
