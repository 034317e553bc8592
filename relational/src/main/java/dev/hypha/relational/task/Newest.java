package dev.hypha.relational.task;

import dev.hypha.learn.Progress;
import dev.hypha.relational.database.Queries;
import dev.hypha.relational.database.Sql;
import dev.hypha.relational.query.Timestamps;
import dev.hypha.relational.schema.Schema;
import dev.hypha.relational.schema.Table;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/// The newest time of some tables, with the rows apart that are dated so far in the future that they are mistakes: one
/// order of 2031 would otherwise be the present, and put the test where nothing happens.
///
/// @param time microseconds since 1970-01-01 UTC; 0 where no row has a time
/// @param stray the first time after a gap that is longer than all the time before it, where at most one row in a
///     thousand (or one alone, of a hundred or more) lies beyond; absent as a rule
record Newest(long time, OptionalLong stray) {
    private static final long FEWEST_ROWS = 100;
    private static final long ROWS_PER_STRAY = 1_000;

    /// The newest time in the whole database, with strays said.
    static long of(Queries database, Schema schema, Progress progress) {
        List<String> tables = schema.tables().stream()
                .filter(t -> t.time().isPresent())
                .map(Table::name)
                .toList();
        Newest newest = of(database, tables);
        newest.warn(database, tables, progress);
        return newest.time;
    }

    static Newest of(Queries database, List<String> tables) {
        if (tables.isEmpty()) return new Newest(0, OptionalLong.empty());
        String times = times(tables);
        long last = database.number("SELECT epoch_us(max(time)) FROM (" + times + ")");
        long rows = database.number("SELECT count(time) FROM (" + times + ")");
        if (rows < FEWEST_ROWS) return new Newest(last, OptionalLong.empty());
        String newest = "(SELECT time FROM (" + times + ") WHERE time IS NOT NULL ORDER BY time DESC LIMIT "
                + (Math.max(1, rows / ROWS_PER_STRAY) + 1) + ")";
        String first = "(SELECT min(time) FROM (" + times + "))";
        List<Newest> gaps = database.list(
                "SELECT epoch_us(before), epoch_us(time) FROM (SELECT time, lag(time) OVER (ORDER BY time) AS before FROM "
                        + newest + ") WHERE time - before > before - " + first + " ORDER BY time LIMIT 1",
                r -> new Newest(r.getLong(1), OptionalLong.of(r.getLong(2))));
        return gaps.isEmpty() ? new Newest(last, OptionalLong.empty()) : gaps.getFirst();
    }

    static String times(List<String> tables) {
        return tables.stream()
                .map(t -> "SELECT _time AS time FROM " + Sql.table(t))
                .collect(Collectors.joining(" UNION ALL "));
    }

    /// Says which tables have rows beyond the gap, and what to do.
    void warn(Queries database, List<String> tables, Progress progress) {
        if (stray.isEmpty()) return;
        for (String table : tables) {
            String beyond = " FROM " + Sql.table(table) + " WHERE epoch_us(_time) > " + time;
            long rows = database.number("SELECT count(*)" + beyond);
            if (rows == 0) continue;
            long at = database.number("SELECT epoch_us(min(_time))" + beyond);
            progress.warn(table + " has " + (rows == 1 ? "a row" : rows + " rows") + " at " + Timestamps.format(at)
                    + ", long after all others, the newest of which is at " + Timestamps.format(time)
                    + ": times are chosen as if " + (rows == 1 ? "it was" : "they were")
                    + " not there. Correct the row, or give --test-time and --predict-at.");
        }
    }
}
