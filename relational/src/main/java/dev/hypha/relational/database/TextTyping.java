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
    private final Source source;
    private final Overrides given;
    private final Warnings warnings;

    /// @param source says where a row stands
    /// @param given a column whose type it says may hold any values
    TextTyping(Staging staging, Source source, Overrides given, Warnings warnings) {
        this.staging = staging;
        this.source = source;
        this.given = given;
        this.warnings = warnings;
    }

    /// A column of text, the SQL of its value, and how it may be read.
    private record Text(String name, String value, List<TextReading> readings) {}

    /// How many values a column has, and how many of them each of its readings accepts.
    private record Counted(Text text, long present, List<Long> accepted) {
        /// The column with those readings alone that every value passes; none where there is no value.
        Text passed() {
            return atLeast(present);
        }

        Text atLeast(long values) {
            List<TextReading> left = new ArrayList<>();
            for (int i = 0; i < accepted.size(); i++)
                if (present > 0 && accepted.get(i) >= values) left.add(text.readings.get(i));
            return new Text(text.name, text.value, left);
        }
    }

    /// @param untyped columns whose source has no types: these may turn out as numbers; others only as dates
    /// @return for each column of `raw.table` the SQL expression of its staged value
    /// @throws dev.hypha.graph.InputException kind `wrong-value` where nearly all values of a column are times
    List<String> expressions(String table, Set<String> untyped) {
        String from = "raw." + Sql.name(table);
        Map<String, String> expressions = new LinkedHashMap<>();
        List<Text> texts = new ArrayList<>();
        for (var column : staging.list("DESCRIBE " + from, r -> List.of(r.getString(1), r.getString(2)))) {
            String name = column.getFirst();
            expressions.put(name, Sql.name(name));
            if (column.getLast().equals("VARCHAR")) texts.add(candidate(from, name, untyped.contains(name)));
        }
        for (Counted counted : counted(from, texts)) {
            Text text = counted.passed();
            expressions.put(
                    text.name,
                    text.readings.isEmpty()
                            ? text.value
                            : text.readings.getFirst().converts(text.value));
            if (ambiguous(text.readings))
                warnings.add(table + "." + text.name + ": dates may be day/month or month/day, read as day/month");
            boolean meant = given.type(table, text.name).isPresent() || given.drops(table, text.name);
            if (text.readings.isEmpty() && !meant) reportMisfit(table, counted);
        }
        List<String> named = new ArrayList<>();
        expressions.forEach((name, expression) -> named.add(expression + " AS " + Sql.name(name)));
        return named;
    }

    private void reportMisfit(String table, Counted counted) {
        long most = counted.accepted.stream().mapToLong(n -> n).max().orElse(0);
        if (!Misfit.nearlyAll(most, counted.present)) return;
        Text text = counted.text;
        TextReading reading = text.readings.get(counted.accepted.indexOf(most));
        Misfit misfit = Misfit.first(staging, source, table, text.name, text.value, reading, most, counted.present);
        if (misfit.fatal()) throw misfit.refusal();
        warnings.addMistyped(misfit.warning());
    }

    /// The column with the readings that most values of a sample pass.
    private Text candidate(String from, String name, boolean untyped) {
        String value = untyped ? value(from, Sql.name(name)) : Sql.name(name);
        String sample =
                "(SELECT " + value + " AS v FROM " + from + " WHERE (" + value + ") IS NOT NULL LIMIT " + SAMPLE + ")";
        List<TextReading> readings = TextReading.ALL.stream()
                .filter(r -> untyped || !r.untypedOnly())
                .toList();
        Counted counted =
                counted(sample, List.of(new Text(name, "v", readings))).getFirst();
        return new Text(name, value, counted.atLeast((counted.present + 1) / 2).readings);
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

    private List<Counted> counted(String from, List<Text> texts) {
        List<String> counts = new ArrayList<>();
        for (Text text : texts) {
            counts.add("count(" + text.value + ")");
            for (TextReading r : text.readings)
                counts.add("count(*) FILTER (" + r.accepts("(" + text.value + ")") + ")");
        }
        if (counts.isEmpty()) return List.of();
        List<Long> row = staging.list("SELECT " + String.join(", ", counts) + " FROM " + from, r -> {
                    List<Long> numbers = new ArrayList<>();
                    for (int i = 1; i <= counts.size(); i++) numbers.add(r.getLong(i));
                    return numbers;
                })
                .getFirst();
        List<Counted> counted = new ArrayList<>();
        int at = 0;
        for (Text text : texts) {
            int next = at + 1 + text.readings.size();
            counted.add(new Counted(text, row.get(at), List.copyOf(row.subList(at + 1, next))));
            at = next;
        }
        return counted;
    }
}
