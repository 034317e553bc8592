package dev.hypha.relational.task;

import dev.hypha.graph.InputException;
import dev.hypha.learn.Progress;
import dev.hypha.learn.TaskKind;
import dev.hypha.relational.database.Queries;
import dev.hypha.relational.database.Sql;
import dev.hypha.relational.query.Timestamps;
import dev.hypha.relational.schema.Schema;
import dev.hypha.relational.schema.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// Seeds of labels that a user's own SQL yields.
final class LabelsTask {
    private static final String ROWS = "task.user_labels";

    private final Queries database;
    private final Schema schema;
    private final Table entity;
    private final String key;
    private final TaskOptions options;
    private final List<String> notes = new ArrayList<>();

    LabelsTask(Queries database, Schema schema, Table entity, TaskOptions options) {
        this.database = database;
        this.schema = schema;
        this.entity = entity;
        this.options = options;
        this.key = entity.primaryKey()
                .orElseThrow(() -> error(
                        "table '" + entity.name() + "' has no primary key for the entities of the labels",
                        "declare one in the schema file"));
    }

    Labelled write(String sql, Progress progress) {
        progress.stage("labels", 1);
        new LabelRows(database, ROWS).write(sql);
        TaskKind kind = kind();
        writePairs(kind);
        refuseDuplicates();
        long predictAt = options.predictAt().orElseGet(() -> newest(progress));
        boolean ownRows = database.number("SELECT count(*) FROM task.pairs_asked WHERE label IS NULL") > 0;
        Splits.Cutoffs cutoffs =
                new Splits(database, options, "task.pairs_asked", entity.name(), key).write(true, notes);
        if (!ownRows) writeToPredict(predictAt);
        database.run("DROP TABLE " + ROWS);
        progress.at(1, "labels");
        return new Labelled(
                Optional.empty(), entity.name(), key, kind, cutoffs.validation(), cutoffs.test(), predictAt, notes);
    }

    /// Writes only the entities to predict: each that exists by then.
    Labelled writeToScore(TaskKind kind, Progress progress) {
        long predictAt = options.predictAt().orElseGet(() -> Newest.of(database, schema, progress));
        database.run("CREATE OR REPLACE TABLE " + Seeds.IN
                + "(entity INTEGER, time TIMESTAMP, cutoff TIMESTAMP, split VARCHAR, label VARCHAR)");
        writeToPredict(predictAt);
        return new Labelled(
                Optional.empty(),
                entity.name(),
                key,
                kind,
                OptionalLong.empty(),
                OptionalLong.empty(),
                predictAt,
                notes);
    }

    private TaskKind kind() {
        String type = database.list("SELECT label_type FROM " + ROWS + " LIMIT 1", row -> row.getString(1))
                .getFirst();
        return switch (type) {
            case "BOOLEAN" -> TaskKind.BINARY;
            case "NUMBER" ->
                database.number("SELECT count(*) FROM " + ROWS + " WHERE try_cast(label AS DOUBLE) NOT IN (0, 1)") == 0
                        ? TaskKind.BINARY
                        : TaskKind.REGRESSION;
            default -> TaskKind.MULTICLASS;
        };
    }

    private void writePairs(TaskKind kind) {
        String label = switch (kind) {
            case BINARY, REGRESSION, RANKING ->
                "CASE WHEN isfinite(CAST(u.label AS DOUBLE)) THEN CAST(u.label AS DOUBLE) END";
            case MULTICLASS, MULTILABEL -> "u.label";
        };
        String rows = " FROM " + ROWS + " u LEFT JOIN " + Sql.table(entity.name()) + " e ON CAST(e." + Sql.name(key)
                + " AS VARCHAR) = u.entity";
        long unknown = database.number("SELECT count(*)" + rows + " WHERE e._row IS NULL");
        long all = database.number("SELECT count(*) FROM " + ROWS);
        if (unknown == all) {
            throw error(
                    "none of the " + all + " entities of the labels is a key of " + entity.name() + "." + key,
                    "let the column entity hold values of that key");
        }
        if (unknown > 0) {
            notes.add(unknown + " of " + all + " labels are left out: their entity is no key of " + entity.name());
        }
        String exists = entity.time().isPresent() ? "e._time <= u.time" : "TRUE";
        long early = database.number(
                "SELECT count(*)" + rows + " WHERE e._row IS NOT NULL AND (" + exists + ") IS NOT TRUE");
        if (early > 0) notes.add(early + " of " + all + " labels are left out: their entity does not exist yet then");
        database.run("CREATE OR REPLACE TABLE task.pairs_asked AS SELECT e._row AS entity, u.time, " + label
                + " AS label" + rows + " WHERE e._row IS NOT NULL AND " + exists);
    }

    private void refuseDuplicates() {
        String twice =
                "SELECT CAST(e." + Sql.name(key) + " AS VARCHAR) || ' at ' || strftime(p.time, '%Y-%m-%d %H:%M:%S')"
                        + " FROM task.pairs_asked p JOIN " + Sql.table(entity.name()) + " e ON e._row = p.entity"
                        + " GROUP BY e." + Sql.name(key) + ", p.time HAVING count(*) > 1 ORDER BY 1 LIMIT 1";
        List<String> found = database.list(twice, row -> row.getString(1));
        if (found.isEmpty()) return;
        throw error(
                "there are several labels for " + found.getFirst(), "let the SQL yield one row per entity and time");
    }

    private void writeToPredict(long predictAt) {
        String exists = entity.time().isPresent() ? " WHERE e._time <= " + Timestamps.sql(predictAt) : "";
        database.run("INSERT INTO " + Seeds.IN + " SELECT e._row, " + Timestamps.sql(predictAt) + ", "
                + Timestamps.sql(predictAt) + ", 'predict', NULL FROM " + Sql.table(entity.name()) + " e" + exists);
    }

    private long newest(Progress progress) {
        return Math.max(
                Newest.of(database, schema, progress),
                database.number("SELECT epoch_us(max(time)) FROM task.pairs_asked"));
    }

    private static InputException error(String message, String hint) {
        return new InputException("labels", message, Map.of("option", "--labels"), hint);
    }
}
