package dev.hypha.relational.task;

import dev.hypha.graph.InputException;
import dev.hypha.relational.database.Sql;
import dev.hypha.relational.query.Timestamps;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/// Splits labelled pairs whose times are not a plan's but their own: by time where they have several, else at random
/// by key. Pairs without a label are to be predicted.
final class Splits {
    private static final double TRAINING_SHARE = 0.8;
    private static final double UNTIL_TEST_SHARE = 0.9;

    private final TaskDatabase database;
    private final TaskOptions options;
    private final String asked;
    private final String entityTable;
    private final String key;

    /// @param asked a table with `entity`, `time` and `label`
    Splits(TaskDatabase database, TaskOptions options, String asked, String entityTable, String key) {
        this.database = database;
        this.options = options;
        this.asked = asked;
        this.entityTable = entityTable;
        this.key = key;
    }

    /// The first validation and the first test time; absent for a random split.
    record Cutoffs(OptionalLong validation, OptionalLong test) {}

    /// Writes the pairs with their splits for [Seeds], and drops what it read.
    ///
    /// @param byTime false for a random split whatever the times are
    /// @param notes gets a line on how it was split
    Cutoffs write(boolean byTime, List<String> notes) {
        Cutoffs cutoffs = byTime ? byTime(notes) : atRandom(notes);
        database.run("DROP TABLE " + asked);
        for (Split split : List.of(Split.TRAIN, Split.VALIDATION, Split.TEST)) requireSome(split);
        return cutoffs;
    }

    private Cutoffs byTime(List<String> notes) {
        long validation = options.validationTime().orElseGet(() -> quantile(TRAINING_SHARE));
        long test = options.testTime().orElseGet(() -> quantile(UNTIL_TEST_SHARE));
        long first = database.number("SELECT epoch_us(min(time)) FROM " + asked + " WHERE label IS NOT NULL");
        boolean given =
                options.validationTime().isPresent() || options.testTime().isPresent();
        if (!given && !(first < validation && validation < test)) {
            notes.add("the labelled rows have too few different times to be split by time");
            return atRandom(notes);
        }
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

    private Cutoffs atRandom(List<String> notes) {
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
