package dev.hypha.relational.task;

import dev.hypha.learn.Progress;
import dev.hypha.learn.TaskKind;
import dev.hypha.relational.database.Queries;
import dev.hypha.relational.database.Sql;
import dev.hypha.relational.query.CheckedQuery;
import dev.hypha.relational.schema.Schema;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;

/// Makes the seeds of a task: entities, times, splits and labels, all computed inside the staged database, whose
/// schema `data` holds the tables. Each method replaces the tables of schema `task`.
public final class Tasks {
    private Tasks() {}

    /// The seeds of a query, to train on, to measure and to predict.
    ///
    /// @throws dev.hypha.graph.InputException of kind `no-labels`, `one-class`, `too-many-classes` or
    ///     `cutoffs`
    public static Task of(
            Connection connection, Schema schema, CheckedQuery query, TaskOptions options, Progress progress) {
        Queries database = opened(connection);
        return labelled(database, QueryTask.of(database, schema, query, options).write(progress), options, progress);
    }

    /// Only the seeds to predict, for a model that is trained already.
    ///
    /// @param classes of that model, in its order; they become `task.classes`
    public static Task toScore(
            Connection connection,
            Schema schema,
            CheckedQuery query,
            List<String> classes,
            TaskOptions options,
            Progress progress) {
        Queries database = opened(connection);
        Labelled labelled = QueryTask.of(database, schema, query, options).writeToScore(progress);
        return toScore(database, labelled, classes, options, progress);
    }

    /// Only the seeds to predict, every entity of a table, for a model that was trained on labels from SQL.
    ///
    /// @param classes of that model, in its order; they become `task.classes`
    public static Task toScore(
            Connection connection,
            Schema schema,
            String entityTable,
            TaskKind kind,
            List<String> classes,
            TaskOptions options,
            Progress progress) {
        Queries database = opened(connection);
        Labelled labelled =
                new LabelsTask(database, schema, schema.table(entityTable), options).writeToScore(kind, progress);
        return toScore(database, labelled, classes, options, progress);
    }

    private static Task toScore(
            Queries database, Labelled labelled, List<String> classes, TaskOptions options, Progress progress) {
        new Seeds(database, labelled).write();
        for (int i = 0; i < classes.size(); i++) {
            database.run("INSERT INTO task.classes VALUES (" + i + ", " + Sql.text(classes.get(i)) + ", 0)");
        }
        return finish(database.connection(), labelled, options, progress);
    }

    /// The seeds of labels from the user's own SQL.
    ///
    /// @param sql a SELECT over the tables, which yields `time`, `entity` (the key of `entityTable`) and
    ///     `label`, by name or in this order; rows whose label is NULL are predicted, or else every entity at
    ///     the prediction time
    /// @param entityTable whose keys the entities are
    /// @throws dev.hypha.graph.InputException of kind `labels` for SQL that does not run or rows that make
    ///     no sense; and as for a query
    public static Task ofLabels(
            Connection connection,
            Schema schema,
            String sql,
            String entityTable,
            TaskOptions options,
            Progress progress) {
        Queries database = opened(connection);
        LabelsTask task = new LabelsTask(database, schema, schema.table(entityTable), options);
        return labelled(database, task.write(sql, progress), options, progress);
    }

    private static Queries opened(Connection connection) {
        Queries database = new Queries(connection);
        database.run("CREATE SCHEMA IF NOT EXISTS task");
        return database;
    }

    private static Task labelled(Queries database, Labelled labelled, TaskOptions options, Progress progress) {
        Seeds seeds = new Seeds(database, labelled);
        seeds.write();
        seeds.refuseSameLabels();
        return finish(database.connection(), labelled, options, progress);
    }

    private static Task finish(Connection connection, Labelled made, TaskOptions options, Progress progress) {
        SeedTable seeds = SeedTable.read(connection, made.entityTable(), made.kind());
        List<String> notes = new ArrayList<>(made.notes());
        notes.add(seeds.count(Split.TRAIN) + " training, " + seeds.count(Split.VALIDATION) + " validation and "
                + seeds.count(Split.TEST) + " test rows; " + seeds.count(Split.PREDICT) + " to predict");
        notes.forEach(progress::note);
        return new Task(
                made.query(),
                made.entityTable(),
                made.key(),
                made.kind(),
                options.protocol(),
                made.validationCutoff(),
                made.testCutoff(),
                made.predictAt(),
                seeds,
                notes);
    }
}
