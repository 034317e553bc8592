package dev.hypha.relational.predict;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hypha.graph.InputException;
import dev.hypha.learn.Progress;
import dev.hypha.learn.Run;
import dev.hypha.learn.Target;
import dev.hypha.learn.TaskKind;
import dev.hypha.learn.Weights;
import dev.hypha.relational.database.Database;
import dev.hypha.relational.query.CheckedQuery;
import dev.hypha.relational.query.Query;
import dev.hypha.relational.query.Timestamps;
import dev.hypha.relational.task.SeedTable;
import dev.hypha.relational.task.Task;
import dev.hypha.relational.task.TaskOptions;
import dev.hypha.relational.task.Tasks;
import dev.hypha.tensor.KernelProvider;
import dev.hypha.tensor.Memory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/// Scores entities with the models of a run, without training: the same tables, maybe with newer rows, read
/// by the run's own schema, encoders and vocabularies.
final class Scoring {
    private final PredictRequest request;
    private final Progress progress;
    private final Run run;
    private final JsonNode json;

    private Scoring(PredictRequest request, Progress progress, Run run) {
        this.request = request;
        this.progress = progress;
        this.run = run;
        this.json = run.json();
    }

    static PredictResult run(PredictRequest request, Progress progress) throws SQLException, IOException {
        Path folder = Path.of(request.model());
        if (!Files.exists(folder)) {
            throw new InputException(
                    "bad-option",
                    "--model is '" + request.model() + "', which is neither graph, trees or auto nor a folder that"
                            + " is there",
                    Map.of("option", "--model"),
                    "Give one of the three, or the folder of a run.");
        }
        return new Scoring(request, progress, Run.open(folder)).score();
    }

    private PredictResult score() throws SQLException, IOException {
        Optional<Path> schema = Optional.of(request.schema().orElseGet(() -> RunFiles.schema(run)));
        try (Database database = Database.open(
                        request.database(), schema, request.threads(), request.memoryBytes() / 2, progress);
                Memory memory = new Memory(request.memoryBytes() / 2)) {
            request.output().into().ifPresent(database::checkTable);
            Task task = task(database);
            Job job = new Job(request, database, task, progress);
            if (task.seeds().size() == 0) {
                throw new InputException(
                        "nothing-to-score",
                        "no entity is asked about at " + Timestamps.format(task.predictAt()),
                        Map.of("time", Timestamps.format(task.predictAt())),
                        "Give another time with --predict-at, or loosen WHERE.");
            }
            float[] answer = answer(job, memory);
            return written(job, answer);
        }
    }

    private Task task(Database database) throws SQLException {
        TaskKind kind = TaskKind.valueOf(text("task").toUpperCase(Locale.ROOT));
        TaskOptions options = Openings.options(request.times().orProtocol(text("protocol")), database.cutoffs());
        if (!json.path("labelled").asText().equals("query")) return everyEntity(database, kind, options);
        Query query = Query.parse(request.query().orElse(text("query")));
        Task task = Tasks.toScore(
                database.connection(),
                database.schema(),
                CheckedQuery.of(query, database.schema()),
                classes(),
                options,
                progress);
        if (task.kind() != kind) {
            throw new InputException(
                    "other-task",
                    "the query is a " + task.kind().label() + " task, the run's is " + kind.label(),
                    Map.of(),
                    "Leave the query out to use the run's own.");
        }
        return task;
    }

    /// Labels from SQL say whom to learn from, not whom to ask about.
    private Task everyEntity(Database database, TaskKind kind, TaskOptions options) throws SQLException {
        if (request.query().isPresent()) {
            throw new InputException(
                    "labels-run",
                    run.folder() + " was trained on labels from SQL, and answers for every row of " + text("entity"),
                    Map.of("file", run.folder().toString()),
                    "Leave the query out.");
        }
        return Tasks.toScore(
                database.connection(), database.schema(), text("entity"), kind, classes(), options, progress);
    }

    private List<String> classes() {
        return IntStream.range(0, json.path("classes").size())
                .mapToObj(i -> json.path("classes").get(i).asText())
                .toList();
    }

    private float[] answer(Job job, Memory memory) throws SQLException, IOException {
        Aggregates aggregates = Aggregates.of(job, RunFiles.vocabularies(run));
        float[] trees = RunFiles.trees(run).predict(aggregates.all(), request.threads());
        double share = json.path("graphShare").asDouble();
        if (share == 0) {
            return trees;
        }
        return Blend.mix(graph(job, aggregates, memory), trees, share);
    }

    private float[] graph(Job job, Aggregates aggregates, Memory memory) throws SQLException, IOException {
        SeedTable seeds = job.task().seeds();
        Map<String, String> options = new HashMap<>();
        json.path("options")
                .properties()
                .forEach(e -> options.put(e.getKey(), e.getValue().asText()));
        try (KernelProvider provider = KernelProvider.choose(request.threads());
                Inputs inputs = Inputs.read(job, RunFiles.encoding(run), memory);
                Weights weights = Weights.load(memory, RunFiles.weights(run))) {
            float[] own = RunFiles.scaling(run).apply(aggregates.all());
            GraphRival rival = new GraphRival(
                    Methods.of(options).graph(), Target.of(json.path("target")), inputs, seeds, own, provider, memory);
            return rival.answer(weights, IntStream.range(0, seeds.size()).toArray(), progress);
        }
    }

    private PredictResult written(Job job, float[] answer) throws SQLException {
        Path folder = request.output()
                .out()
                .orElseGet(() -> beside(job))
                .toAbsolutePath()
                .normalize();
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new InputException(
                    "unwritable",
                    "cannot write to " + folder,
                    Map.of("file", folder.toString()),
                    "Give another folder with --out.");
        }
        Outputs.write(job, answer, folder, run.folder().getFileName().toString());
        ObjectNode out = Report.head(job);
        out.remove("rows");
        out.put("scored", job.task().seeds().size());
        out.put("predictAt", Timestamps.format(job.task().predictAt()));
        out.put("model", text("model")).put("run", run.folder().toString());
        out.put("predictions", Outputs.place(job, folder));
        return new PredictResult(out);
    }

    private Path beside(Job job) {
        String day = Timestamps.format(job.task().predictAt()).replace(' ', 'T').replace(":", "");
        return run.folder().resolveSibling(run.folder().getFileName() + "-at-" + day);
    }

    private String text(String field) {
        return Optional.of(json.path(field).asText())
                .filter(t -> !t.isEmpty())
                .orElseThrow(() -> new InputException(
                        "bad-run",
                        run.folder() + " does not say its " + field,
                        Map.of("file", run.folder().toString()),
                        "Train the run again."));
    }
}
