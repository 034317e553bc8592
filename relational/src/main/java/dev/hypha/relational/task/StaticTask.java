package dev.hypha.relational.task;

import dev.hypha.learn.Progress;
import dev.hypha.relational.database.Sql;
import dev.hypha.relational.query.CheckedQuery;
import dev.hypha.relational.query.Pairing;
import dev.hypha.relational.query.Timestamps;
import dev.hypha.relational.schema.Schema;
import dev.hypha.relational.schema.Table;
import java.util.ArrayList;
import java.util.List;

/// Seeds of a query whose target is a column of the entity: rows that have a value are trained on and measured, the
/// others are
/// predicted.
///
/// Entities with times are asked about at their own time and split by it. Entities without are asked about at one
/// time, by default the newest in the data, and split at random by their key, 8 : 1 : 1.
final class StaticTask {
    private final TaskDatabase database;
    private final Schema schema;
    private final CheckedQuery query;
    private final TaskOptions options;
    private final List<String> notes = new ArrayList<>();

    StaticTask(TaskDatabase database, Schema schema, CheckedQuery query, TaskOptions options) {
        this.database = database;
        this.schema = schema;
        this.query = query;
        this.options = options;
    }

    /// Writes the label table.
    Plan write(Progress progress) {
        progress.stage("labels", 1);
        long now = query.query().asOf().orElseGet(() -> options.predictAt().orElseGet(this::newest));
        boolean timed = query.entity().time().isPresent();
        pairs(timed, now);
        database.run("CREATE OR REPLACE TABLE task.pairs_asked AS "
                + query.labels("task.pairs", timed ? Pairing.OWN_TIMES : Pairing.SHARED_TIMES));
        Splits splits =
                new Splits(database, options, "task.pairs_asked", query.entity().name(), query.key());
        Plan plan = splits.write(timed, now, notes);
        database.run("DROP TABLE task.pairs");
        progress.at(1, "labels");
        return plan;
    }

    private long newest() {
        List<String> times = schema.tables().stream()
                .filter(t -> t.time().isPresent())
                .map(Table::name)
                .map(t -> "(SELECT max(_time) FROM " + Sql.table(t) + ")")
                .toList();
        return times.isEmpty()
                ? 0
                : database.number("SELECT coalesce(epoch_us(greatest(" + String.join(", ", times) + ")), 0)");
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
