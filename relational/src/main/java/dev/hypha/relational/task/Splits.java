package dev.hypha.relational.task;

import dev.hypha.graph.InputException;
import dev.hypha.relational.database.Queries;
import dev.hypha.relational.database.Sql;
import dev.hypha.relational.query.Timestamps;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/// Splits labelled pairs whose times are not a plan's but their own: by time where there are at least three,
/// one for each split, else at random by key. Pairs without a label are to be predicted.
final class Splits {
    private static final double TRAINING_SHARE = 0.8;
    private static final double UNTIL_TEST_SHARE = 0.9;
    private static final List<Split> SPLITS = List.of(Split.TRAIN, Split.VALIDATION, Split.TEST);

    private final Queries database;
    private final TaskOptions options;
    private final String asked;
    private final String entityTable;
    private final String key;

    /// @param asked a table with `entity`, `time` and `label`
    Splits(Queries database, TaskOptions options, String asked, String entityTable, String key) {
        this.database = database;
        this.options = options;
        this.asked = asked;
        this.entityTable = entityTable;
        this.key = key;
    }

    /// The first validation and the first test time; absent for a split by key.
    record Cutoffs(OptionalLong validation, OptionalLong test) {}

    /// Writes the pairs with their splits for [Seeds], and drops what it read.
    ///
    /// @param timed false where the pairs have no times of their own
    /// @param notes gets a line on how it was split, and one on what that means where it is not by time
    Cutoffs write(boolean timed, List<String> notes) {
        List<Long> times = database.list(
                "SELECT DISTINCT epoch_us(time) FROM " + asked + " WHERE label IS NOT NULL ORDER BY 1",
                row -> row.getLong(1));
        Cutoffs cutoffs = timed && times.size() >= SPLITS.size() ? byTime(times, notes) : byKey(notes);
        if (timed && cutoffs.test().isEmpty()) notes.add(notTheFuture(times.size()));
        database.run("DROP TABLE " + asked);
        for (Split split : SPLITS) requireSome(split);
        return cutoffs;
    }

    private String notTheFuture(int times) {
        return "The labelled rows have " + (times == 1 ? "one time" : times + " different times")
                + ", and three are needed to"
                + " split by time: the measurement says how well rows of " + entityTable
                + " that were not trained on are answered for at the same time, not how well the future is foretold.";
    }

    private Cutoffs byTime(List<Long> times, List<String> notes) {
        long test = options.testTime().orElseGet(() -> chooseTest(times));
        long validation = options.validationTime().orElseGet(() -> chooseValidation(times, test));
        if (validation >= test) throw TimePlanner.disordered(validation, test);
        String split = "CASE WHEN label IS NULL THEN 'predict' WHEN time < " + Timestamps.sql(validation)
                + " THEN 'train' WHEN time < " + Timestamps.sql(test) + " THEN 'validation' ELSE 'test' END";
        String cutoff = switch (options.protocol()) {
            case FROZEN -> "CASE WHEN label IS NULL THEN time ELSE least(time, " + Timestamps.sql(test) + ") END";
            case ROLLING -> "time";
        };
        write(split, cutoff);
        notes.add("split by time: validation from " + Timestamps.format(validation) + ", test from "
                + Timestamps.format(test));
        return new Cutoffs(OptionalLong.of(validation), OptionalLong.of(test));
    }

    /// The time after nine tenths of the rows, but late enough to leave one time each for training and
    /// validation.
    private long chooseTest(List<Long> times) {
        int least = options.validationTime().isPresent()
                ? before(times, options.validationTime().getAsLong()) + 1
                : 2;
        return times.get(inside(times, Math.max(least, before(times, quantile(UNTIL_TEST_SHARE)))));
    }

    /// The time after eight tenths of the rows, but early enough to leave one time between it and the test.
    private long chooseValidation(List<Long> times, long test) {
        int wanted = Math.max(1, before(times, quantile(TRAINING_SHARE)));
        return times.get(inside(times, Math.min(before(times, test) - 1, wanted)));
    }

    /// How many of the times are before one.
    private static int before(List<Long> times, long time) {
        int found = Collections.binarySearch(times, time);
        return found < 0 ? -found - 1 : found;
    }

    private static int inside(List<Long> times, int index) {
        return Math.clamp(index, 0, times.size() - 1);
    }

    private Cutoffs byKey(List<String> notes) {
        String tenth = "CAST(md5_number(CAST(e." + Sql.name(key) + " AS VARCHAR)) % 10 AS INTEGER)";
        String split = "CASE WHEN label IS NULL THEN 'predict' WHEN " + tenth + " < 8 THEN 'train' WHEN " + tenth
                + " = 8 THEN 'validation' ELSE 'test' END";
        write(split, "time");
        notes.add("split at random by " + entityTable + "." + key + ": 80 % training, 10 % validation, 10 % test");
        return new Cutoffs(OptionalLong.empty(), OptionalLong.empty());
    }

    private void write(String split, String cutoff) {
        database.run("CREATE OR REPLACE TABLE " + Seeds.IN + " AS SELECT p.entity, p.time, " + cutoff + " AS cutoff, "
                + split + " AS split, p.label FROM " + asked + " p JOIN " + Sql.table(entityTable)
                + " e ON e._row = p.entity");
    }

    private long quantile(double share) {
        return database.number(
                "SELECT epoch_us(quantile_disc(time, " + share + ")) FROM " + asked + " WHERE label IS NOT NULL");
    }

    private void requireSome(Split split) {
        if (database.number("SELECT count(*) FROM " + Seeds.IN + " WHERE split = '" + split.label() + "'") > 0) return;
        throw new InputException(
                "no-labels",
                "there is no " + split.label() + " row with a label",
                Map.of("split", split.label(), "table", entityTable),
                "give more labels, or move the cut-offs with --val-time and --test-time");
    }
}
