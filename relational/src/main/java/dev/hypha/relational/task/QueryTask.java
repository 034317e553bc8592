package dev.hypha.relational.task;

import dev.hypha.learn.Progress;
import dev.hypha.relational.database.Queries;
import dev.hypha.relational.query.CheckedQuery;
import dev.hypha.relational.schema.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/// Seeds of a query: what targets over windows and static targets have in common.
abstract sealed class QueryTask permits StaticTask, WindowTask {
    /// Pairs with what the query says of them.
    static final String ASKED = "task.pairs_asked";

    final Queries database;
    final Schema schema;
    final CheckedQuery query;
    final TaskOptions options;
    final List<String> notes = new ArrayList<>();

    QueryTask(Queries database, Schema schema, CheckedQuery query, TaskOptions options) {
        this.database = database;
        this.schema = schema;
        this.query = query;
        this.options = options;
    }

    static QueryTask of(Queries database, Schema schema, CheckedQuery query, TaskOptions options) {
        return query.isStatic()
                ? new StaticTask(database, schema, query, options)
                : new WindowTask(database, schema, query, options);
    }

    /// Writes the pairs of [Seeds].
    abstract Labelled write(Progress progress);

    /// Writes only the pairs to predict.
    abstract Labelled writeToScore(Progress progress);

    /// The time that stands for the present: that of `AS OF`, of the options, or else the one given here.
    long predictAt(LongSupplier newest) {
        return query.query().asOf().orElseGet(() -> options.predictAt().orElseGet(newest));
    }

    Labelled scoring(long predictAt) {
        return Labelled.of(query, OptionalLong.empty(), OptionalLong.empty(), predictAt, notes);
    }
}
