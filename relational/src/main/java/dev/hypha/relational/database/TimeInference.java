package dev.hypha.relational.database;

import dev.hypha.relational.database.TableProfile.ColumnProfile;
import dev.hypha.relational.schema.TimeRule;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Finds the column that says when a row came to be. Dates of birth and the like describe, and dates that are written
/// later (updated, expires, shipped) say when something else happened: neither is a row's time.
final class TimeInference {
    /// Words of dates that describe somebody or something.
    private static final Set<String> DESCRIBES = Names.set("""
            dob birth birthday birthdate born death died expires expiry expiration expired due
            deadline until end ended to updated update modified modification changed deleted closed
            required shipped delivered delivery resolved finished last next founded established
            valid scheduled planned expected estimated promised""");
    /// Words of the beginning of a membership: a time for the row itself, not one that its details happened at.
    private static final Set<String> BEGINS = Names.set("""
            hire hired join joined start started begin from signup registered registration since
            opened member""");
    private static final Set<String> EVENT_NAMES = Names.set("""
            date time timestamp datetime ts created createdat createdon createddate createdtime
            creationdate creationtime datecreated eventtime eventdate eventtimestamp occurredat
            happenedat postedat insertedat transactiondate transactiontime issued day when""");

    private TimeInference() {}

    /// @param rule the time of the table's own columns
    /// @param event true where it says when something happened, so that details of the row happened then too
    record OwnTime(TimeRule rule, boolean event) {}

    /// @return absent where no column of the table says when its rows came to be
    static Optional<OwnTime> own(TableProfile table) {
        ColumnProfile best = null;
        int bestScore = 0;
        for (ColumnProfile column : table.columns()) {
            int score = score(table, column);
            if (score <= bestScore) continue;
            best = column;
            bestScore = score;
        }
        if (best == null) return Optional.empty();
        return Optional.of(new OwnTime(rule(table, best), bestScore > 2));
    }

    private static int score(TableProfile table, ColumnProfile column) {
        if (!column.instant() || 2 * column.present() < table.rows()) return 0;
        List<String> words = Names.words(column.name());
        if (words.stream().anyMatch(DESCRIBES::contains)) return 0;
        boolean complete = column.present() == table.rows();
        if (words.stream().anyMatch(BEGINS::contains)) return complete ? 2 : 1;
        String flat = Names.flat(column.name());
        boolean named = EVENT_NAMES.contains(flat)
                || Names.row(table.table()).stream()
                        .anyMatch(r -> flat.equals(r + "date") || flat.equals(r + "time") || flat.equals(r + "dat"));
        return 3 + (named ? 2 : 0) + (complete ? 1 : 0);
    }

    /// A date beside a time of day of the same name (`date` and `time`, `quali_date` and `quali_time`) is one instant.
    private static TimeRule rule(TableProfile table, ColumnProfile column) {
        TimeRule.Term date = new TimeRule.Term("", column.name());
        if (!column.sqlType().equals("DATE")) return new TimeRule(List.of(date), 0);
        String clock = Names.flat(column.name()).replaceFirst("date$", "") + "time";
        return table.columns().stream()
                .filter(c -> c.sqlType().equals("TIME") && Names.flat(c.name()).equals(clock))
                .findFirst()
                .map(c -> new TimeRule(List.of(date, new TimeRule.Term("", c.name())), 0))
                .orElse(new TimeRule(List.of(date), 0));
    }

    /// A table without dates takes the time of the one event that all its rows belong to: an invoice line that of its
    /// invoice. This only ever hides rows that would otherwise be visible to every prediction.
    ///
    /// @param references the table's foreign keys
    /// @param own times of the tables by their own columns
    static Optional<TimeRule> inherited(
            TableProfile table, List<Source.Reference> references, Map<String, OwnTime> own, Warnings warnings) {
        List<Source.Reference> timed = references.stream()
                .filter(r -> !r.table().equals(table.table()) && own.containsKey(r.table()))
                .filter(r -> own.get(r.table()).event())
                .toList();
        if (timed.size() > 1)
            warnings.add(
                    table.table() + " has no time of its own and " + timed.size() + " foreign keys lead to tables with"
                            + " one: its rows count as always known; say which in the schema file (`time: "
                            + timed.getFirst().table() + "...`)");
        if (timed.size() != 1 || !complete(table, timed.getFirst().column())) return Optional.empty();
        String parent = timed.getFirst().table();
        TimeRule rule = own.get(parent).rule();
        return Optional.of(new TimeRule(
                rule.terms().stream()
                        .map(t -> new TimeRule.Term(parent, t.column()))
                        .toList(),
                rule.offsetMicros()));
    }

    private static boolean complete(TableProfile table, String column) {
        return table.column(column).orElseThrow().present() >= 0.99 * table.rows();
    }
}
