package dev.hypha.relational.task;

import dev.hypha.learn.Progress;
import dev.hypha.relational.database.Queries;
import dev.hypha.relational.database.Sql;
import dev.hypha.relational.query.CheckedQuery;
import dev.hypha.relational.query.Pairing;
import dev.hypha.relational.query.Timestamps;
import dev.hypha.relational.schema.Schema;

/// Seeds of a query whose target is a column of the entity: rows that have a value are trained on and
/// measured, the others are predicted.
///
/// Entities with times are asked about at their own time and split by it. Entities without are asked about at one
/// time, by default the newest in the data, and split at random by their key, 8 : 1 : 1.
final class StaticTask extends QueryTask {
    StaticTask(Queries database, Schema schema, CheckedQuery query, TaskOptions options) {
        super(database, schema, query, options);
    }

    @Override
    Labelled write(Progress progress) {
        long now = ask(progress);
        boolean timed = query.entity().time().isPresent();
        Splits.Cutoffs cutoffs =
                new Splits(database, options, ASKED, query.entity().name(), query.key()).write(timed, notes);
        return Labelled.of(query, cutoffs.validation(), cutoffs.test(), now, notes);
    }

    /// Writes only those whose value is missing.
    @Override
    Labelled writeToScore(Progress progress) {
        long now = ask(progress);
        database.run(
                "CREATE OR REPLACE TABLE " + Seeds.IN + " AS SELECT entity, time, time AS cutoff, 'predict' AS split,"
                        + " label FROM " + ASKED + " WHERE label IS NULL");
        database.run("DROP TABLE " + ASKED);
        return scoring(now);
    }

    /// @return the time that stands for the present
    private long ask(Progress progress) {
        progress.stage("labels", 1);
        long now = predictAt(() -> Newest.of(database, schema, progress));
        boolean timed = query.entity().time().isPresent();
        pairs(timed, now);
        database.run("CREATE OR REPLACE TABLE " + ASKED + " AS "
                + query.labels("task.pairs", timed ? Pairing.OWN_TIMES : Pairing.SHARED_TIMES));
        database.run("DROP TABLE task.pairs");
        progress.at(1, "labels");
        return now;
    }

    private void pairs(boolean timed, long now) {
        String time = timed ? "e._time" : Timestamps.sql(now);
        String known = timed ? " WHERE e._time <= " + Timestamps.sql(now) : "";
        database.run("CREATE OR REPLACE TABLE task.pairs AS SELECT e._row AS entity, " + time + " AS time FROM "
                + Sql.table(query.entity().name()) + " e" + known);
        if (!timed) return;
        long never = database.number(
                "SELECT count(*) FROM " + Sql.table(query.entity().name()) + " WHERE _time IS NULL");
        if (never > 0) notes.add(never + " rows of " + query.entity().name() + " have no time and are left out");
    }
}
