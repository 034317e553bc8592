package dev.hypha.relational.predict;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hypha.graph.InputException;
import dev.hypha.learn.Options;
import dev.hypha.learn.Progress;
import dev.hypha.learn.Run;
import dev.hypha.learn.RunDraft;
import dev.hypha.learn.RunPlace;
import dev.hypha.learn.Trainer;
import dev.hypha.relational.audit.AuditReport;
import dev.hypha.relational.audit.Finding;
import dev.hypha.relational.database.Database;
import dev.hypha.relational.database.DiskFull;
import dev.hypha.relational.database.SqlFailure;
import dev.hypha.relational.task.FrozenRows;
import dev.hypha.tensor.Memory;
import dev.hypha.tensor.MemoryLimitException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/// The main job: from a database and a predictive query to predictions, an honest measurement and a run
/// folder.
public final class Predict {
    private static final Set<String> TRAINED = Set.of("graph", "trees", "auto");

    private Predict() {}

    /// What the methods can be told, in `PredictRequest.options`, by the name given there.
    public static Map<String, Options.Entry> options() {
        return Methods.all();
    }

    /// Does what is asked, without pages for people.
    public static PredictResult run(PredictRequest request, Progress progress) {
        return run(request, progress, RunDraft.Pages.NONE);
    }

    /// Does what is asked.
    ///
    /// @param pages of the run, where one is trained
    /// @throws InputException for anything wrong with what the user gave; nothing is written then
    /// @throws java.util.concurrent.CancellationException when interrupted; the last checkpoint is good
    public static PredictResult run(PredictRequest request, Progress progress, RunDraft.Pages pages) {
        check(request);
        try {
            return TRAINED.contains(request.model())
                    ? train(request, new StageClock(progress), pages)
                    : Scoring.run(request, progress);
        } catch (MemoryLimitException e) {
            throw MemoryShortage.of(e);
        } catch (SQLException e) {
            throw SqlFailure.of("a step of the work", e);
        } catch (IOException e) {
            throw unwritable(request, e);
        } catch (UncheckedIOException e) {
            throw unwritable(request, e.getCause());
        }
    }

    private static InputException unwritable(PredictRequest request, IOException e) {
        Path out =
                request.output().out().orElse(Path.of("runs")).toAbsolutePath().normalize();
        return DiskFull.of(e, out)
                .orElseGet(() -> new InputException(
                        "unwritable",
                        "a file cannot be written in " + out + ": " + e.getMessage(),
                        Map.of("file", out.toString()),
                        "Give another place with --out."));
    }

    private static void check(PredictRequest request) {
        if (!Set.of("parquet", "csv").contains(request.output().format())) {
            throw Job.badOption("format", request.output().format(), "Give parquet or csv.");
        }
        if (request.labelsOnly() && request.output().out().isEmpty()) {
            throw new InputException(
                    "no-out",
                    "--labels-only has no file to write to",
                    Map.of("option", "out"),
                    "Give it with --out FILE.");
        }
    }

    /// Where a run will stand, what times its stages, and what people will read of it.
    private record Finish(Path folder, StageClock clock, RunDraft.Pages pages) {}

    private static PredictResult train(PredictRequest request, StageClock progress, RunDraft.Pages pages)
            throws SQLException, IOException {
        Methods methods = Methods.of(request.options());
        try (Database database = Database.open(
                        request.database(), request.schema(), request.threads(), request.memoryBytes() / 2, progress);
                Memory memory = new Memory(request.memoryBytes() / 2)) {
            // What cannot be written is said before the work, not after it.
            request.output().into().ifPresent(database::checkTable);
            Job job = Openings.open(request, database, progress);
            if (request.labelsOnly()) {
                return labels(job);
            }
            Estimate estimate = Estimate.of(job, methods);
            if (request.estimateOnly()) {
                return estimated(job, methods, memory, estimate);
            }
            progress.note(estimate.line());
            estimate.require(memory);
            try (RunPlace place = RunPlace.take(folder(request, job.task().entityTable()))) {
                return train(job, methods, memory, estimate, new Finish(place.folder(), progress, pages));
            }
        }
    }

    /// The folder asked for, or one named after the request.
    private static Path folder(PredictRequest r, String entityTable) {
        return r.output()
                .out()
                .orElseGet(() -> RunPlace.usual(
                        entityTable,
                        List.of(
                                r.database(),
                                r.query().orElse(""),
                                r.schema().map(Path::toString).orElse(""),
                                r.labels().map(Path::toString).orElse(""),
                                r.times().toString(),
                                r.model() + " " + r.seed() + " " + r.seeds(),
                                new TreeMap<>(r.options()).toString())));
    }

    private static PredictResult train(Job job, Methods methods, Memory memory, Estimate estimate, Finish end)
            throws SQLException, IOException {
        boolean allowLeaks = job.request().allowLeaks();
        AuditReport audit = Audit.ofTask(job);
        audit.enforce(allowLeaks, job.progress());
        Job trainable = job.withTask(FrozenRows.add(job.connection(), job.task()));
        try (Workbench bench = Workbench.prepare(trainable, methods, memory)) {
            List<Finding> late = Audit.ofInputs(bench);
            new AuditReport(late).enforce(allowLeaks, job.progress());
            Estimate measured = measured(bench, estimate);
            measured.require(memory);
            return trained(bench, measured, audit.plus(late), end);
        }
    }

    private static PredictResult labels(Job job) throws SQLException {
        Path file = job.request().output().out().orElseThrow();
        LabelFile.write(job, file);
        ObjectNode json = Report.head(job);
        json.put("labels", file.toString());
        return new PredictResult(json);
    }

    /// A step of the training can be measured once the graph is read, which is done where that fits.
    private static PredictResult estimated(Job job, Methods methods, Memory memory, Estimate before)
            throws SQLException {
        Estimate estimate = before;
        if (before.graphBytes() > 0 && before.fits(memory.limit())) {
            Job trainable = job.withTask(FrozenRows.add(job.connection(), job.task()));
            try (Workbench bench = Workbench.prepare(trainable, methods, memory)) {
                estimate = measured(bench, before);
            }
        }
        ObjectNode json = Report.head(job);
        json.set("estimate", estimate.json());
        return new PredictResult(json);
    }

    private static Estimate measured(Workbench bench, Estimate before) {
        Estimate estimate = before.of(bench);
        if (estimate.graphNeed().isPresent()) bench.job().progress().note(estimate.line());
        return estimate;
    }

    private static PredictResult trained(Workbench bench, Estimate estimate, AuditReport audit, Finish end)
            throws SQLException, IOException {
        Job job = bench.job();
        PredictRequest request = job.request();
        RunDraft draft = RunDraft.begin(end.folder(), request.resume());
        if (request.resume()) requireSeedOf(draft, request, job.progress());
        Map<String, float[]> rivals = bench.rivals();
        List<SeedRun> runs = new ArrayList<>();
        try {
            String data = job.database().fingerprint();
            for (int i = 0; i < request.seeds(); i++) {
                long seed = request.seed() + i;
                if (request.seeds() > 1) {
                    job.progress().note("seed " + seed + ", " + (i + 1) + " of " + request.seeds());
                }
                Path checkpoints = draft.checkpoints().resolve("seed-" + seed);
                var control = new Trainer.Control(checkpoints, request.resume(), data, job.progress(), () -> false);
                runs.add(SeedRun.of(bench, rivals, seed, control));
            }
            return finish(bench, estimate, audit, runs, draft, end);
        } finally {
            runs.forEach(SeedRun::close);
        }
    }

    /// What an interrupted run of other seeds has left is not thrown away for one that asks to go on.
    private static void requireSeedOf(RunDraft draft, PredictRequest request, Progress progress) throws IOException {
        Path checkpoints = draft.checkpoints();
        List<String> left = List.of();
        if (Files.isDirectory(checkpoints)) {
            try (Stream<Path> all = Files.list(checkpoints)) {
                left = all.map(p -> p.getFileName().toString()).sorted().toList();
            }
        }
        if (left.isEmpty()) {
            progress.note("nothing to go on with in " + checkpoints.getParent() + ": training begins anew");
            return;
        }
        if (left.contains("seed-" + request.seed())) return;
        throw new InputException(
                "bad-checkpoint",
                "the interrupted run in " + checkpoints.getParent() + " is of " + String.join(", ", left)
                        + ", not of seed-" + request.seed(),
                Map.of("file", checkpoints.toString()),
                "Give the --seed of that run, or start again without --resume.");
    }

    /// What was held outside the heap at most, for each purpose and in all, beside what was expected; and
    /// said in a line.
    private static ObjectNode memory(Workbench bench, Estimate estimate) {
        Memory memory = bench.memory();
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("limitBytes", memory.limit())
                .put("estimateBytes", estimate.bytes())
                .put("peakBytes", memory.peak());
        memory.peaks().forEach((purpose, bytes) -> json.put(purpose.label() + "Bytes", bytes));
        bench.job()
                .progress()
                .note("memory: " + Estimate.text(memory.peak()) + " outside the Java heap at most ("
                        + Estimate.parts(memory::peak) + "); " + Estimate.text(estimate.bytes()) + " were estimated");
        return json;
    }

    private static PredictResult finish(
            Workbench bench, Estimate estimate, AuditReport audit, List<SeedRun> runs, RunDraft draft, Finish end)
            throws SQLException, IOException {
        Job job = bench.job();
        SeedRun first = runs.getFirst();
        RunFiles.write(bench, first, draft);
        String file = Outputs.write(
                job,
                first.model(),
                draft.file(Run.JSON).getParent(),
                end.folder().getFileName().toString());
        List<Importance.Column> importance = new Importance(bench, first).columns();
        ObjectNode json = Report.of(bench, runs, audit, importance);
        json.set("memory", memory(bench, estimate));
        if (bench.graph().isPresent()) json.put("gcPauseMillis", bench.longestPauseMillis());
        json.set("versions", Versions.json(job.connection()));
        ObjectNode timings = json.putObject("timings");
        end.clock().seconds().forEach((stage, seconds) -> timings.put(stage, Math.round(seconds * 1e3) / 1e3));
        json.put("run", end.folder().toString())
                .put("predictions", end.folder().resolve(file).toString());
        draft.commit(json, end.pages());
        json.put("predictions", Outputs.place(job, end.folder()));
        return new PredictResult(json);
    }
}
