package dev.hypha.relational.database;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Finds types for columns that arrive as text, over all rows: the first of `TextReading.ALL` that every value passes.
final class TextTyping {
    /// Values of a text file that mean "missing" unless the column is one of two-letter codes (NA is Namibia).
    private static final String MISSING = "('NA', 'N/A', '#N/A', 'NaN', 'nan', 'None', 'none')";
    /// Values that rule out most readings cheaply before all rows are tried.
    private static final int SAMPLE = 100;

    private final Staging staging;
    private final Warnings warnings;

    TextTyping(Staging staging, Warnings warnings) {
        this.staging = staging;
        this.warnings = warnings;
    }

    /// A column of text, the SQL of its value, and how it may be read.
    private record Text(String name, String value, List<TextReading> readings) {}

    /// @param untyped columns whose source has no types: these may turn out as numbers; others only as dates
    /// @return for each column of `raw.table` the SQL expression of its staged value
    List<String> expressions(String table, Set<String> untyped) {
        String from = "raw." + Sql.name(table);
        Map<String, String> expressions = new LinkedHashMap<>();
        List<Text> texts = new ArrayList<>();
        for (var column : staging.list("DESCRIBE " + from, r -> List.of(r.getString(1), r.getString(2)))) {
            String name = column.getFirst();
            expressions.put(name, Sql.name(name));
            if (column.getLast().equals("VARCHAR")) texts.add(candidate(from, name, untyped.contains(name)));
        }
        for (Text text : narrowed(from, texts)) {
            expressions.put(
                    text.name,
                    text.readings.isEmpty()
                            ? text.value
                            : text.readings.getFirst().converts(text.value));
            if (ambiguous(text.readings))
                warnings.add(table + "." + text.name + ": dates may be day/month or month/day, read as day/month");
        }
        List<String> named = new ArrayList<>();
        expressions.forEach((name, expression) -> named.add(expression + " AS " + Sql.name(name)));
        return named;
    }

    private Text candidate(String from, String name, boolean untyped) {
        String value = untyped ? value(from, Sql.name(name)) : Sql.name(name);
        String sample =
                "(SELECT " + value + " AS v FROM " + from + " WHERE (" + value + ") IS NOT NULL LIMIT " + SAMPLE + ")";
        List<TextReading> readings = TextReading.ALL.stream()
                .filter(r -> untyped || !r.untypedOnly())
                .toList();
        return narrowed(sample, List.of(new Text(name, "v", readings))).stream()
                .map(t -> new Text(name, value, t.readings))
                .findFirst()
                .orElseThrow();
    }

    /// @return the SQL of the column with markers for missing values replaced by null
    private String value(String from, String name) {
        if (staging.number("SELECT count(*) FROM " + from + " WHERE " + name + " IN " + MISSING) == 0) return name;
        boolean codes =
                staging.number("SELECT count(DISTINCT " + name + ") FROM " + from + " WHERE " + name + " <> 'NA'") > 2
                        && staging.number("SELECT count(*) FROM " + from + " WHERE NOT regexp_full_match(" + name
                                        + ", '[A-Z]{2}')")
                                == 0;
        return codes ? name : "CASE WHEN " + name + " NOT IN " + MISSING + " THEN " + name + " END";
    }

    private static boolean ambiguous(List<TextReading> left) {
        return left.stream().anyMatch(r -> r.converts().contains("%d/%m"))
                && left.stream().anyMatch(r -> r.converts().contains("%m/%d/"));
    }

    /// @return the columns with those readings alone that every value passes; none where there is no value
    private List<Text> narrowed(String from, List<Text> texts) {
        List<String> counts = new ArrayList<>();
        for (Text text : texts) {
            counts.add("count(" + text.value + ")");
            for (TextReading r : text.readings)
                counts.add("count(*) FILTER (" + r.accepts("(" + text.value + ")") + ")");
        }
        if (counts.isEmpty()) return texts;
        List<Long> row = staging.list("SELECT " + String.join(", ", counts) + " FROM " + from, r -> {
                    List<Long> numbers = new ArrayList<>();
                    for (int i = 1; i <= counts.size(); i++) numbers.add(r.getLong(i));
                    return numbers;
                })
                .getFirst();
        List<Text> narrowed = new ArrayList<>();
        int at = 0;
        for (Text text : texts) {
            long present = row.get(at++);
            List<TextReading> passed = new ArrayList<>();
            for (TextReading r : text.readings) if (row.get(at++) == present && present > 0) passed.add(r);
            narrowed.add(new Text(text.name, text.value, passed));
        }
        return narrowed;
    }
}
