package dev.hypha.relational.task;

import dev.hypha.graph.InputException;
import dev.hypha.learn.Progress;
import dev.hypha.learn.TaskKind;
import dev.hypha.relational.database.Queries;
import dev.hypha.relational.database.Sql;
import dev.hypha.relational.query.CheckedQuery;
import dev.hypha.relational.query.Pairing;
import dev.hypha.relational.query.Span;
import dev.hypha.relational.query.Timestamps;
import dev.hypha.relational.schema.Schema;
import dev.hypha.relational.schema.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/// Seeds of a query whose target looks at a window of time.
final class WindowTask extends QueryTask {
    private static final String PAIRS = "task.pairs";
    private static final String TO_PREDICT = "task.pairs_to_predict";
    private static final List<Split> MEASURED = List.of(Split.TRAIN, Split.VALIDATION, Split.TEST);

    WindowTask(Queries database, Schema schema, CheckedQuery query, TaskOptions options) {
        super(database, schema, query, options);
    }

    @Override
    Labelled write(Progress progress) {
        DataTimes data = DataTimes.of(database, schema, query, options, progress);
        long predictAt = predictAt(data::newestFact);
        data.refuseBefore(predictAt, query);
        Span window = query.horizon().orElseThrow();
        TimePlan plan = new TimePlanner(data, window, Lookback.of(query), predictAt, options).plan();
        notes.addAll(plan.notes());
        progress.stage("labels", 2);
        List<String> times = times(plan);
        times.add(row(predictAt, predictAt, Split.PREDICT));
        writeTimes(times);
        writePairs();
        progress.at(1, "entities");
        database.run("CREATE OR REPLACE TABLE " + ASKED + " AS " + query.labels(PAIRS, Pairing.SHARED_TIMES));
        requireLabels();
        database.run("CREATE OR REPLACE TABLE " + Seeds.IN
                + " AS SELECT entity, time, cutoff, split, label FROM " + ASKED
                + " WHERE given AND label IS NOT NULL");
        for (Split split : MEASURED) notes.add(plan.line(split, timesOf(split)));
        count();
        writeToPredict();
        database.run("DROP TABLE " + ASKED);
        progress.at(2, "labels");
        return Labelled.of(
                query, OptionalLong.of(plan.validationCutoff()), OptionalLong.of(plan.testCutoff()), predictAt, notes);
    }

    @Override
    Labelled writeToScore(Progress progress) {
        long predictAt = predictAt(DataTimes.of(database, schema, query, options, progress)::newestFact);
        progress.stage("entities", 1);
        writeTimes(List.of(row(predictAt, predictAt, Split.PREDICT)));
        writePairs();
        database.run("CREATE OR REPLACE TABLE " + Seeds.IN
                + "(entity INTEGER, time TIMESTAMP, cutoff TIMESTAMP, split VARCHAR, label "
                + (query.kind() == TaskKind.MULTILABEL ? "VARCHAR[])" : "VARCHAR)"));
        writeToPredict();
        progress.at(1, "entities");
        return scoring(predictAt);
    }

    private List<String> times(TimePlan plan) {
        List<String> rows = new ArrayList<>();
        plan.train().forEach(t -> rows.add(row(t, t, Split.TRAIN)));
        plan.validation().forEach(t -> rows.add(row(t, t, Split.VALIDATION)));
        plan.test().forEach(t -> rows.add(row(t, testCutoff(plan, t), Split.TEST)));
        return rows;
    }

    private void writeTimes(List<String> rows) {
        database.run("CREATE OR REPLACE TABLE task.times(time TIMESTAMP, cutoff TIMESTAMP, split VARCHAR)");
        database.run("INSERT INTO task.times VALUES " + String.join(", ", rows));
    }

    private long testCutoff(TimePlan plan, long time) {
        return switch (options.protocol()) {
            case FROZEN -> Math.min(time, plan.testCutoff());
            case ROLLING -> time;
        };
    }

    private static String row(long time, long cutoff, Split split) {
        return "(" + Timestamps.sql(time) + ", " + Timestamps.sql(cutoff) + ", '" + split.label() + "')";
    }

    /// An entity exists from its own time on.
    private void writePairs() {
        Table entity = query.entity();
        String exists = entity.time().isPresent() ? "e._time <= t.time" : "TRUE";
        String pairs = " AS SELECT e._row AS entity, t.time, t.cutoff, t.split FROM task.times t JOIN "
                + Sql.table(entity.name()) + " e ON " + exists + " WHERE t.split ";
        database.run("CREATE OR REPLACE TABLE " + PAIRS + pairs + "<> 'predict'");
        database.run("CREATE OR REPLACE TABLE " + TO_PREDICT + pairs + "= 'predict'");
    }

    private void writeToPredict() {
        database.run("INSERT INTO " + Seeds.IN + " SELECT entity, time, cutoff, split, NULL FROM ("
                + query.selected(TO_PREDICT, Pairing.SHARED_TIMES) + ")");
        database.run("DROP TABLE " + PAIRS);
        database.run("DROP TABLE " + TO_PREDICT);
    }

    /// The times of a split at which there are labels, ascending.
    private List<Long> timesOf(Split split) {
        return database.list(
                "SELECT DISTINCT epoch_us(time) FROM " + Seeds.IN + " WHERE split = '" + split.label() + "' ORDER BY 1",
                row -> row.getLong(1));
    }

    private void count() {
        long all = asked("TRUE");
        long given = asked("given");
        long kept = asked("given AND label IS NOT NULL");
        if (given < all) notes.add((all - given) + " of " + all + " rows are left out by GIVEN");
        if (kept < given) {
            notes.add((given - kept) + " rows are left out because their window has nothing to take the target of");
        }
        query.givenSentence().ifPresent(notes::add);
    }

    private void requireLabels() {
        for (Split split : MEASURED) requireSome(split);
    }

    private void requireSome(Split split) {
        String mine = "split = '" + split.label() + "'";
        if (asked(mine + " AND given AND label IS NOT NULL") > 0) return;
        String why = asked(mine) == 0
                ? nobody()
                : asked(mine + " AND given") == 0 ? "GIVEN leaves no row" : "the target is missing everywhere";
        throw new InputException(
                "no-labels",
                "there is no " + split.label() + " row with a label: at its times, " + why,
                Map.of("split", split.label(), "asked", asked("TRUE"), "given", asked("given")),
                query.entity().rows() == 0
                        ? "fill it, or ask about another table"
                        : "loosen the condition, widen the window, or move the cut-offs with --val-time and --test-time");
    }

    private String nobody() {
        String entity = query.entity().name();
        if (query.entity().rows() == 0) return "the table " + entity + " is empty";
        return query.query().where().isPresent()
                ? "WHERE selects no row of " + entity
                : "no row of " + entity + " is there yet";
    }

    private long asked(String condition) {
        return database.number("SELECT count(*) FROM " + ASKED + " WHERE " + condition);
    }
}
