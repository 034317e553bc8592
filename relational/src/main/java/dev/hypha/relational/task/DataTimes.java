package dev.hypha.relational.task;

import dev.hypha.graph.InputException;
import dev.hypha.learn.Progress;
import dev.hypha.relational.database.Queries;
import dev.hypha.relational.query.CheckedQuery;
import dev.hypha.relational.query.Timestamps;
import dev.hypha.relational.schema.Schema;
import dev.hypha.relational.schema.Table;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/// The times a database holds, microseconds since 1970-01-01 UTC.
///
/// @param earliest the day (at midnight) of the earliest row of any table
/// @param firstFact the earliest row of the tables the target counts
/// @param newestFact the newest row of the tables the target counts, without rows astray
record DataTimes(long earliest, long firstFact, long newestFact) {
    /// @throws InputException of kind `no-labels` where no fact has a time
    static DataTimes of(Queries database, Schema schema, CheckedQuery query, TaskOptions options, Progress progress) {
        List<String> tables = query.factTables().stream().toList();
        String facts = Newest.times(tables);
        if (database.number("SELECT count(time) FROM (" + facts + ")") == 0) throw withoutTimes(schema, tables);
        String timed = Newest.times(schema.tables().stream()
                .filter(t -> t.time().isPresent())
                .map(Table::name)
                .toList());
        return new DataTimes(
                database.number("SELECT epoch_us(date_trunc('day', min(time))) FROM (" + timed + ")"),
                database.number("SELECT epoch_us(min(time)) FROM (" + facts + ")"),
                newest(database, tables, latestAsked(query, options), progress));
    }

    private static long latestAsked(CheckedQuery query, TaskOptions options) {
        return LongStream.of(
                        query.query().asOf().orElse(Long.MIN_VALUE),
                        options.predictAt().orElse(Long.MIN_VALUE),
                        options.testTime().orElse(Long.MIN_VALUE))
                .max()
                .getAsLong();
    }

    /// Rows astray count only where the user asks for a time beyond them.
    private static long newest(Queries database, List<String> tables, long asked, Progress progress) {
        Newest newest = Newest.of(database, tables);
        if (newest.stray().isPresent() && asked > newest.time())
            return database.number("SELECT epoch_us(max(time)) FROM (" + Newest.times(tables) + ")");
        newest.warn(database, tables, progress);
        return newest.time();
    }

    private static InputException withoutTimes(Schema schema, List<String> tables) {
        String names = String.join(", ", tables);
        boolean empty = tables.stream().allMatch(t -> schema.table(t).rows() == 0);
        String them = tables.size() > 1 ? "the tables " + names + " are" : "the table " + names + " is";
        return new InputException(
                "no-labels",
                (empty ? them + " empty" : "no row of " + names + " has a time") + ", so no window has a label",
                Map.of("table", names),
                empty ? "fill it, or ask about another table" : "check the table's time in the schema file");
    }

    /// @throws InputException of kind `no-labels` where nothing is known by the prediction time
    void refuseBefore(long predictAt, CheckedQuery query) {
        if (predictAt >= firstFact) return;
        String what = query.query().asOf().isPresent() ? "AS OF " : "--predict-at ";
        throw new InputException(
                "no-labels",
                what + Timestamps.format(predictAt) + " lies before the first row of "
                        + String.join(", ", query.factTables()) + ", " + Timestamps.format(firstFact)
                        + ", so that nothing is known by then to learn from",
                Map.of("option", "--predict-at"),
                "give a later time, or leave it out for the newest in the data");
    }
}
