package dev.hypha.relational.predict;

import dev.hypha.learn.Pauses;
import dev.hypha.learn.TaskKind;
import dev.hypha.learn.Trainer;
import dev.hypha.learn.Weights;
import dev.hypha.relational.encode.Encoding;
import dev.hypha.relational.query.CheckedQuery;
import dev.hypha.relational.query.Span;
import dev.hypha.relational.task.SeedTable;
import dev.hypha.relational.task.Split;
import dev.hypha.relational.trees.Baselines;
import dev.hypha.relational.trees.Examples;
import dev.hypha.relational.trees.TreeModel;
import dev.hypha.relational.trees.Trees;
import dev.hypha.relational.windows.FeatureMatrix;
import dev.hypha.tensor.KernelProvider;
import dev.hypha.tensor.Memory;
import dev.hypha.tensor.Purpose;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/// A job with everything that models are made from: computed once, used by every seed.
final class Workbench implements AutoCloseable {
    private final Job job;
    private final Methods methods;
    private final Aggregates aggregates;
    private final SeedScaling scaling;
    private final Encoding encoding;
    private final Optional<GraphRival> graph;
    private final KernelProvider provider;
    private final Memory memory;
    private long longestPauseMillis;

    private Workbench(
            Job job, Methods methods, Aggregates aggregates, Encoding encoding, KernelProvider provider, Memory memory)
            throws SQLException {
        this.job = job;
        this.methods = methods;
        this.aggregates = aggregates;
        this.encoding = encoding;
        this.provider = provider;
        this.memory = memory;
        SeedTable seeds = job.task().seeds();
        this.scaling = SeedScaling.fit(aggregates.all(), seeds.seeds(Split.TRAIN));
        this.graph = job.request().model().equals("trees") ? Optional.empty() : Optional.of(graph(seeds));
    }

    static Workbench prepare(Job job, Methods methods, Memory memory) throws SQLException {
        Aggregates aggregates = Aggregates.of(job, new TreeMap<>());
        Encoding encoding = Encoding.fit(
                job.connection(),
                job.database().schema(),
                lastTrainingCutoff(job.task().seeds()),
                job.derived(),
                job.withheld(),
                job.progress());
        KernelProvider provider = KernelProvider.choose(job.request().threads());
        return new Workbench(job, methods, aggregates, encoding, provider, memory);
    }

    private static long lastTrainingCutoff(SeedTable seeds) {
        return Arrays.stream(seeds.seeds(Split.TRAIN))
                .mapToLong(i -> seeds.cutoff()[i])
                .max()
                .orElseThrow();
    }

    private GraphRival graph(SeedTable seeds) throws SQLException {
        int[] train = seeds.seeds(Split.TRAIN);
        float[] labels = seeds.kind() == TaskKind.REGRESSION ? Measurement.labels(seeds, train) : new float[0];
        int classes = Math.max(1, seeds.classes().size());
        return new GraphRival(
                methods.graph(),
                dev.hypha.learn.Target.fit(seeds.kind(), classes, labels),
                Inputs.read(job, encoding, memory),
                seeds,
                scaling.apply(aggregates.all()),
                provider,
                memory);
    }

    Job job() {
        return job;
    }

    PredictRequest request() {
        return job.request();
    }

    Methods methods() {
        return methods;
    }

    SeedScaling scaling() {
        return scaling;
    }

    Encoding encoding() {
        return encoding;
    }

    Optional<GraphRival> graph() {
        return graph;
    }

    Aggregates aggregates() {
        return aggregates;
    }

    Memory memory() {
        return memory;
    }

    KernelProvider provider() {
        return provider;
    }

    /// Rows that are learned from.
    int[] training() {
        SeedTable seeds = job.task().seeds();
        return IntStream.range(0, seeds.size())
                .filter(i -> seeds.split()[i] == Split.TRAIN || seeds.split()[i] == Split.AUGMENT)
                .toArray();
    }

    /// Rows that decide: when to stop, and how to mix. Under the frozen protocol they are the validation
    /// rows seen as the test rows will be, with nothing after the validation cut-off.
    int[] deciding() {
        SeedTable seeds = job.task().seeds();
        return seeds.count(Split.SELECT) > 0 ? seeds.seeds(Split.SELECT) : seeds.seeds(Split.VALIDATION);
    }

    /// The answers of the rivals that do not depend on a seed, by name.
    Map<String, float[]> rivals() {
        SeedTable seeds = job.task().seeds();
        float[] targets = targets(IntStream.range(0, seeds.size()).toArray());
        hideCopies(targets);
        float[] constant = Baselines.constant(targets(seeds.seeds(Split.TRAIN)), seeds.kind(), job.outputs());
        Map<String, float[]> answers = new LinkedHashMap<>();
        float[] everyone = new float[targets.length];
        for (int i = 0; i < everyone.length; i++) {
            everyone[i] = constant[i % constant.length];
        }
        answers.put("constant", everyone);
        long end = job.task()
                .query()
                .flatMap(CheckedQuery::horizon)
                .map(Span::micros)
                .orElse(0L);
        answers.put(
                "entity-history",
                Baselines.entityHistory(seeds.entity(), seeds.time(), knownUntil(seeds), targets, end, constant));
        job.progress().stage("baselines", -1);
        answers.put("trees-entity", answers(grow(aggregates.entity(), 0), aggregates.entity()));
        return answers;
    }

    /// The last instant whose labels a row may know. Labels from SQL do not say how long it takes until they are known:
    /// of those, rows that are measured know what stood before their split.
    private long[] knownUntil(SeedTable seeds) {
        if (job.task().query().isPresent()) return seeds.cutoff();
        long validation = job.task().validationCutoff().orElse(Long.MAX_VALUE);
        long test = job.task().testCutoff().orElse(Long.MAX_VALUE);
        long[] until = seeds.cutoff().clone();
        for (int i = 0; i < until.length; i++) {
            if (seeds.split()[i] == Split.VALIDATION) until[i] = Math.min(until[i], validation - 1);
            if (seeds.split()[i] == Split.TEST) until[i] = Math.min(until[i], test - 1);
        }
        return until;
    }

    /// Rows that repeat others are no history of their own.
    private void hideCopies(float[] targets) {
        Split[] split = job.task().seeds().split();
        int outputs = job.outputs();
        for (int i = 0; i < split.length; i++) {
            if (split[i] == Split.AUGMENT || split[i] == Split.SELECT) {
                Arrays.fill(targets, i * outputs, (i + 1) * outputs, Float.NaN);
            }
        }
    }

    /// Grows trees, validation rows choosing how many, and then as many again on training and validation rows.
    GrownTrees growTrees(long seed) {
        job.progress().stage("growing trees", 2);
        try (Memory.Block _ = memory.reserve(Purpose.WORKSPACE, treesBytes())) {
            TreeModel chosen = grow(aggregates.all(), seed);
            job.progress().at(1, "validation chose " + Math.round(chosen.rounds()) + " rounds");
            Examples known = examples(aggregates.all(), known());
            TreeModel last = Trees.refit(
                    chosen, known, methods.trees(), seed, job.request().threads());
            job.progress().at(2, "");
            return new GrownTrees(chosen, last);
        }
    }

    /// What the trees take while they grow, in memory of a native library, which does not count it.
    long treesBytes() {
        FeatureMatrix all = aggregates.all();
        return Trees.bytes(
                all.rows(),
                all.columns(),
                job.outputs(),
                methods.trees(),
                job.request().threads());
    }

    /// The rows whose labels are known before the test begins.
    private int[] known() {
        Split[] split = job.task().seeds().split();
        return IntStream.range(0, split.length)
                .filter(i -> split[i] != Split.TEST && split[i] != Split.PREDICT)
                .toArray();
    }

    /// The answers for all rows of the seed table: of the trees grown last for the test and for predictions, of those
    /// that have not seen a validation label for all others.
    float[] answers(GrownTrees trees) {
        float[] answers = answers(trees.chosen(), aggregates.all());
        float[] last = answers(trees.last(), aggregates.all());
        Split[] split = job.task().seeds().split();
        int outputs = job.outputs();
        for (int i = 0; i < split.length; i++) {
            if (split[i] == Split.TEST || split[i] == Split.PREDICT) {
                System.arraycopy(last, i * outputs, answers, i * outputs, outputs);
            }
        }
        return answers;
    }

    private float[] answers(TreeModel trees, FeatureMatrix features) {
        return trees.predict(features, job.request().threads());
    }

    private TreeModel grow(FeatureMatrix features, long seed) {
        SeedTable seeds = job.task().seeds();
        return Trees.fit(
                examples(features, training()),
                Optional.of(examples(features, deciding()))
                        .filter(e -> e.features().rows() > 0),
                seeds.kind(),
                Math.max(1, seeds.classes().size()),
                methods.trees(),
                seed,
                job.request().threads());
    }

    private Examples examples(FeatureMatrix features, int[] rows) {
        return new Examples(features.rows(rows), Measurement.labels(job.task().seeds(), rows), new float[0]);
    }

    /// Trains the graph model on `training()`; the weights are the caller's.
    Trainer.Trained trainGraph(long seed, Trainer.Control control) {
        try (Pauses pauses = new Pauses()) {
            Trainer.Trained trained =
                    graph.orElseThrow().train(methods.training(), training(), deciding(), control, seed);
            longestPauseMillis = Math.max(longestPauseMillis, pauses.longestMillis());
            return trained;
        }
    }

    /// For how long the garbage collector stopped a training of the graph model at most.
    long longestPauseMillis() {
        return longestPauseMillis;
    }

    /// What the graph model will need; nothing where none is trained.
    Optional<GraphNeed> graphNeed() {
        return graph.map(g -> g.need(
                methods.training(),
                training(),
                deciding(),
                request().seed(),
                request().seeds()));
    }

    /// The graph model's answers for all rows of the seed table.
    float[] answers(Weights weights) {
        int[] all = IntStream.range(0, job.task().seeds().size()).toArray();
        return graph.orElseThrow().answer(weights, all, job.progress());
    }

    /// Labels as [Baselines] wants them, rows x outputs, NaN where unknown.
    private float[] targets(int[] rows) {
        SeedTable seeds = job.task().seeds();
        float[] labels = Measurement.labels(seeds, rows);
        int outputs = job.outputs();
        if (seeds.kind() != TaskKind.MULTICLASS) {
            return labels;
        }
        float[] out = new float[rows.length * outputs];
        for (int i = 0; i < rows.length; i++) {
            if (Float.isNaN(labels[i])) {
                Arrays.fill(out, i * outputs, (i + 1) * outputs, Float.NaN);
            } else {
                out[i * outputs + (int) labels[i]] = 1;
            }
        }
        return out;
    }

    @Override
    public void close() {
        graph.ifPresent(g -> g.inputs().close());
        provider.close();
    }
}
