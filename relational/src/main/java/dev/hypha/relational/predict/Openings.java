package dev.hypha.relational.predict;

import dev.hypha.graph.InputException;
import dev.hypha.learn.Progress;
import dev.hypha.relational.database.Database;
import dev.hypha.relational.query.CheckedQuery;
import dev.hypha.relational.query.Query;
import dev.hypha.relational.query.Span;
import dev.hypha.relational.query.Timestamps;
import dev.hypha.relational.schema.Cutoffs;
import dev.hypha.relational.schema.Table;
import dev.hypha.relational.task.Protocol;
import dev.hypha.relational.task.Task;
import dev.hypha.relational.task.TaskOptions;
import dev.hypha.relational.task.Tasks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// From a request to a job: reads the query and the options about times, and makes the seeds in the open
/// database.
final class Openings {
    private static final int MOST_REASONS = 2;

    private Openings() {}

    static Job open(PredictRequest request, Database database, Progress progress) {
        TaskOptions options = options(request.times(), database.cutoffs());
        Task task = request.labels().isPresent()
                ? Tasks.ofLabels(
                        database.connection(),
                        database.schema(),
                        text(request.labels().get()),
                        entity(request),
                        options,
                        progress)
                : Tasks.of(
                        database.connection(), database.schema(), checked(query(request), database), options, progress);
        return new Job(request, database, task, progress);
    }

    /// A foreign key that one wrong value has hidden is hard to find by the tables alone.
    static CheckedQuery checked(String query, Database database) {
        try {
            return CheckedQuery.of(Query.parse(query), database.schema());
        } catch (InputException e) {
            boolean unlinked = e.kind().equals("no-path");
            if (!unlinked && !e.kind().equals("no-time")) throw e;
            for (Table table : database.schema().tables())
                if (table.rows() == 0 && e.getMessage().contains("'" + table.name() + "'")) throw empty(e, table);
            if (!unlinked || database.mistyped().isEmpty()) throw e;
            String why = String.join(
                    "; ", database.mistyped().stream().limit(MOST_REASONS).toList());
            throw new InputException(
                    e.kind(), e.getMessage(), e.where(), e.hint() + ". A type may be the reason: " + why);
        }
    }

    private static InputException empty(InputException e, Table table) {
        return new InputException(
                e.kind(),
                e.getMessage() + ": the table " + table.name() + " is empty, so nothing says what its columns mean",
                e.where(),
                "fill it, or declare its foreign keys and its time in the schema file");
    }

    private static String query(PredictRequest request) {
        return request.query()
                .orElseThrow(() -> new InputException(
                        "no-query",
                        "there is neither a query nor labels",
                        Map.of(),
                        "Give a predictive query, --query-file FILE, or --labels FILE."));
    }

    private static String entity(PredictRequest request) {
        return request.entity()
                .orElseThrow(() -> new InputException(
                        "no-entity",
                        "--labels does not say which table its entities are of",
                        Map.of("option", "entity"),
                        "Give the table with --entity."));
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new InputException(
                    "unreadable",
                    "cannot read " + file,
                    Map.of("file", file.toString()),
                    "Check the path and its rights.");
        }
    }

    static TaskOptions options(AskedTimes times, Cutoffs cutoffs) {
        return new TaskOptions(
                protocol(times.protocol().orElse("frozen")),
                time("val-time", times.validation().or(cutoffs::validation)),
                time("test-time", times.test().or(cutoffs::test)),
                times.step().map(Openings::span),
                time("predict-at", times.predictAt()));
    }

    private static Protocol protocol(String name) {
        for (Protocol protocol : Protocol.values()) {
            if (protocol.label().equals(name)) {
                return protocol;
            }
        }
        throw Job.badOption("protocol", name, "Give frozen or rolling.");
    }

    private static OptionalLong time(String option, Optional<String> text) {
        if (text.isEmpty()) {
            return OptionalLong.empty();
        }
        OptionalLong time = Timestamps.parse(text.get());
        if (time.isEmpty()) {
            throw Job.badOption(
                    option, text.get(), "Give a date such as 2010-01-01, or a time such as '2010-01-01 14:30'.");
        }
        return time;
    }

    private static Span span(String text) {
        return Span.parse(text)
                .orElseThrow(() -> Job.badOption("step", text, "Give a length of time such as '30 days'."));
    }
}
