package dev.hypha.relational.task;

import dev.hypha.learn.Progress;
import dev.hypha.learn.TaskKind;
import dev.hypha.relational.query.CheckedQuery;
import dev.hypha.relational.schema.Schema;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Makes the seeds of a task: entities, times, splits and labels, all computed inside the staged database.
public final class Tasks {
    private Tasks() {}

    /// Makes the seeds of a query, as `task.seeds` and in memory.
    ///
    /// @param connection to the staged database, whose schema `data` holds the tables
    /// @throws dev.hypha.graph.InputException of kind `no-labels`, `one-class`, `too-many-classes`, `cutoffs`
    public static Task of(
            Connection connection, Schema schema, CheckedQuery query, TaskOptions options, Progress progress) {
        TaskDatabase database = new TaskDatabase(connection);
        Plan plan = query.isStatic()
                ? new StaticTask(database, schema, query, options).write(progress)
                : new WindowTask(database, schema, query, options).write(progress);
        return finish(
                connection,
                database,
                Optional.of(query),
                query.entity().name(),
                query.key(),
                query.kind(),
                options,
                plan,
                progress);
    }

    private static Task finish(
            Connection connection,
            TaskDatabase database,
            Optional<CheckedQuery> query,
            String entityTable,
            String key,
            TaskKind kind,
            TaskOptions options,
            Plan plan,
            Progress progress) {
        new Seeds(database, entityTable, key, kind).write();
        SeedTable seeds = SeedTable.read(connection, entityTable, kind);
        List<String> notes = new ArrayList<>(plan.notes());
        notes.add(seeds.count(Split.TRAIN) + " training, " + seeds.count(Split.VALIDATION) + " validation and "
                + seeds.count(Split.TEST) + " test rows; " + seeds.count(Split.PREDICT) + " to predict");
        notes.forEach(progress::note);
        return new Task(
                query,
                entityTable,
                key,
                kind,
                options.protocol(),
                plan.validationCutoff(),
                plan.testCutoff(),
                plan.predictAt(),
                seeds,
                notes);
    }
}
