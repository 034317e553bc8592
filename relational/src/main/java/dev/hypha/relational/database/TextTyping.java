package dev.hypha.relational.database;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Finds types for columns that arrive as text, over all rows: the first of `TextReading.ALL` that every value passes.
final class TextTyping {
    /// Values of a text file that mean "missing" unless the column is one of two-letter codes (NA is Namibia).
    private static final String MISSING = "('NA', 'N/A', '#N/A', 'NaN', 'nan', 'None', 'none')";
    private static final int SAMPLE = 10_000;

    private final Staging staging;
    private final Warnings warnings;

    TextTyping(Staging staging, Warnings warnings) {
        this.staging = staging;
        this.warnings = warnings;
    }

    /// @return for each column of `raw.table` the SQL expression of its staged value
    List<String> expressions(String table, boolean untyped) {
        List<String> names = new ArrayList<>();
        Map<String, String> values = new HashMap<>();
        for (var column :
                staging.list("DESCRIBE raw." + Sql.name(table), r -> List.of(r.getString(1), r.getString(2)))) {
            names.add(column.getFirst());
            if (column.getLast().equals("VARCHAR")) values.put(column.getFirst(), Sql.name(column.getFirst()));
        }
        if (untyped) values.replaceAll((name, value) -> missing(table, name));
        Map<String, TextReading> readings = readings(table, values, untyped);
        return names.stream()
                .map(name -> expression(name, values.get(name), readings.get(name)) + " AS " + Sql.name(name))
                .toList();
    }

    private static String expression(String name, String value, TextReading reading) {
        if (reading != null) return reading.converts(value);
        return value == null ? Sql.name(name) : value;
    }

    private String missing(String table, String column) {
        String name = Sql.name(column);
        long codes = staging.number("SELECT CAST(count(*) = count(*) FILTER (regexp_full_match(" + name
                + ", '[A-Z]{2}')) AND count(DISTINCT " + name + ") > 2 AS INTEGER) FROM raw." + Sql.name(table)
                + " WHERE " + name + " IS NOT NULL");
        return codes == 1 ? name : "CASE WHEN " + name + " NOT IN " + MISSING + " THEN " + name + " END";
    }

    private Map<String, TextReading> readings(String table, Map<String, String> values, boolean untyped) {
        Map<String, List<TextReading>> candidates = new HashMap<>();
        List<TextReading> all =
                TextReading.ALL.stream().filter(r -> untyped || !r.filesOnly()).toList();
        values.keySet().forEach(name -> candidates.put(name, all));
        String rows = "raw." + Sql.name(table);
        narrow("(SELECT * FROM " + rows + " LIMIT " + SAMPLE + ")", values, candidates, 0);
        narrow(rows, values, candidates, 1);
        Map<String, TextReading> chosen = new HashMap<>();
        candidates.forEach((name, left) -> {
            if (left.isEmpty()) return;
            chosen.put(name, left.getFirst());
            if (ambiguous(left))
                warnings.add(table + "." + name + " holds dates that may be day/month or month/day: read as day/month");
        });
        return chosen;
    }

    private static boolean ambiguous(List<TextReading> left) {
        return left.stream().anyMatch(r -> r.converts().contains("%d/%m"))
                && left.stream().anyMatch(r -> r.converts().contains("%m/%d/"));
    }

    /// Keeps of each column's candidates those that every value passes; none where there are fewer than `least` values.
    private void narrow(
            String relation, Map<String, String> values, Map<String, List<TextReading>> candidates, long least) {
        List<String> counts = new ArrayList<>();
        List<String> names = List.copyOf(candidates.keySet());
        for (String name : names) {
            String value = values.get(name);
            counts.add("count(" + value + ")");
            for (TextReading r : candidates.get(name))
                counts.add("count(*) FILTER ((" + value + ") IS NOT NULL AND " + r.accepts("(" + value + ")") + ")");
        }
        if (counts.isEmpty()) return;
        List<Long> row = staging.list("SELECT " + String.join(", ", counts) + " FROM " + relation, r -> {
                    List<Long> numbers = new ArrayList<>();
                    for (int i = 1; i <= counts.size(); i++) numbers.add(r.getLong(i));
                    return numbers;
                })
                .getFirst();
        int at = 0;
        for (String name : names) {
            long present = row.get(at++);
            List<TextReading> passed = new ArrayList<>();
            for (TextReading r : candidates.get(name)) if (row.get(at++) == present && present >= least) passed.add(r);
            candidates.put(name, passed);
        }
    }
}
