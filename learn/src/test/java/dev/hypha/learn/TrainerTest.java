package dev.hypha.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hypha.graph.InputException;
import dev.hypha.learn.metrics.Metric;
import dev.hypha.learn.zoo.HeteroSage;
import dev.hypha.tensor.KernelProvider;
import dev.hypha.tensor.Memory;
import dev.hypha.tensor.Parameter;
import dev.hypha.tensor.Parameters;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TrainerTest {
    private static final RowModel MODEL = Options.read(HeteroSage.class, Map.of("channels", "8", "fan-out", "3,2"));

    @TempDir
    Path temp;

    private final Memory memory = Memory.unlimited();
    private final KernelProvider provider = KernelProvider.choose(2);
    private final Shop shop = new Shop(memory, 120, 1);

    @AfterEach
    void free() {
        shop.close();
        provider.close();
        assertThat(memory.live()).as("bytes left behind").isZero();
        memory.close();
    }

    /// Stops by throwing from Progress once the epoch is reported done.
    private static final class StopAfter implements Progress {
        private final int epoch;
        private int seen;

        StopAfter(int epoch) {
            this.epoch = epoch;
        }

        @Override
        public void at(long done, String state) {
            if (state.contains("auroc") && ++seen == epoch) throw new IllegalStateException("pulled the plug");
        }
    }

    @ParameterizedTest
    @CsvSource({"cosine, 1", "cosine, 3", "plateau, 4"})
    void stoppedAndResumedEndsInTheSameBits(String schedule, int stop) {
        Training options = options("epochs", "5", "schedule", schedule, "patience", "0");
        Snapshot whole = train(options, Trainer.Control.NONE, 7);
        assertThatThrownBy(() -> train(options, control(false, new StopAfter(stop), () -> false), 7))
                .hasMessage("pulled the plug");
        assertThat(names(temp)).containsExactly("epoch-0000" + stop);
        Snapshot resumed = train(options, control(true, Progress.SILENT, () -> false), 7);
        assertThat(resumed).isEqualTo(whole);
        assertThat(names(temp)).containsExactly("epoch-00005");
    }

    @Test
    void stoppedTwiceInMidEpochAndResumedEndsInTheSameBits() {
        Training options = options("epochs", "4");
        Snapshot whole = train(options, Trainer.Control.NONE, 7);
        AtomicInteger asked = new AtomicInteger();
        for (int batches : new int[] {8, 17}) {
            assertThatThrownBy(() ->
                            train(options, control(true, Progress.SILENT, () -> asked.incrementAndGet() == batches), 7))
                    .isInstanceOf(CancellationException.class);
        }
        assertThat(names(temp)).containsExactly("epoch-00002");
        assertThat(train(options, control(true, Progress.SILENT, () -> false), 7))
                .isEqualTo(whole);
    }

    @Test
    void interruptedThreadIsCancelledWithTheCheckpointGood() {
        Training options = options("epochs", "3");
        assertThatThrownBy(() -> train(
                        options,
                        control(
                                false,
                                new Progress() {
                                    @Override
                                    public void at(long done, String state) {
                                        if (state.contains("epoch 2"))
                                            Thread.currentThread().interrupt();
                                    }
                                },
                                () -> false),
                        7))
                .isInstanceOf(CancellationException.class);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(names(temp)).containsExactly("epoch-00001");
        assertThat(train(options, control(true, Progress.SILENT, () -> false), 7))
                .isEqualTo(train(options, Trainer.Control.NONE, 7));
    }

    @Test
    void threadsDoNotChangeTheBitsButTheKeyDoes() {
        Training options = options("epochs", "2");
        Snapshot two = train(options, Trainer.Control.NONE, 7);
        try (KernelProvider one = KernelProvider.choose(1)) {
            assertThat(train(options, Trainer.Control.NONE, 7, one, TaskKind.BINARY))
                    .isEqualTo(two);
        }
        assertThat(train(options, Trainer.Control.NONE, 8)).isNotEqualTo(two);
    }

    @Test
    void checkpointOfOtherOptionsOrDamagedIsRefused() throws IOException {
        train(options("epochs", "1"), control(false, Progress.SILENT, () -> false), 7);
        assertThatThrownBy(() -> train(options("epochs", "2"), control(true, Progress.SILENT, () -> false), 7))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("then epochs=1, now epochs=2");
        var otherData = new Trainer.Control(temp, true, "2", Progress.SILENT, () -> false);
        assertThatThrownBy(() -> train(options("epochs", "1"), otherData, 7))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("then data=1, now data=2");
        Path weights = temp.resolve("epoch-00001").resolve("best.safetensors");
        Files.write(weights, Arrays.copyOf(Files.readAllBytes(weights), 100));
        assertThatThrownBy(() -> train(options("epochs", "1"), control(true, Progress.SILENT, () -> false), 7))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("is damaged");
        Files.createDirectories(temp.resolve("epoch-00009.partial"));
        train(options("epochs", "1"), control(false, Progress.SILENT, () -> false), 7);
        assertThat(names(temp)).containsExactly("epoch-00001");
    }

    @ParameterizedTest
    @CsvSource({
        "BINARY, AUROC, 0.9",
        "MULTICLASS, ACCURACY, 0.75",
        "MULTILABEL, AUROC, 0.9",
        "REGRESSION, R2, 0.6",
    })
    void everyKindOfTaskIsLearned(TaskKind kind, Metric metric, double atLeast) {
        assertThat(bestOnManyRows(options("epochs", "10", "rate", "0.02"), kind, metric))
                .isGreaterThan(atLeast);
    }

    @ParameterizedTest
    @CsvSource({"ABSOLUTE", "HUBER", "SQUARED"})
    void everyLossOfANumberGivesItBackInItsOwnUnit(Training.RegressionLoss loss) {
        String name = loss.name().toLowerCase(Locale.ROOT);
        Training options = options("epochs", "10", "rate", "0.02", "regression-loss", name);
        assertThat(bestOnManyRows(options, TaskKind.REGRESSION, Metric.MAE)).isLessThan(4); // labels are 80 to 120
    }

    /// Trains with all neighbors on enough rows to learn from; gives the best validation metric.
    private double bestOnManyRows(Training options, TaskKind kind, Metric metric) {
        RowModel model = Options.read(HeteroSage.class, Map.of("channels", "16", "fan-out", "-1"));
        try (Shop large = new Shop(memory, 400, 1)) {
            Seeds train = large.seeds(kind, 0, 300);
            Target target = Target.fit(kind, kind == TaskKind.MULTICLASS ? 3 : 2, train.label());
            BatchSource<RowBatch> validation = large.batches(model, large.seeds(kind, 300, 400));
            Trainer.Setup<RowBatch> setup = new Trainer.Setup<>(
                    model, options, target, metric, large.batches(model, train), validation, provider, memory);
            try (Trainer<RowBatch> trainer = new Trainer<>(setup, Trainer.Control.NONE, 7)) {
                Trainer.Trained trained = trainer.train();
                trained.weights().close();
                return trained.history().get(trained.bestEpoch() - 1).metric();
            }
        }
    }

    @Test
    void stopsEarlyAndKeepsTheBestWeights() {
        Training options = options("epochs", "40", "patience", "2", "rate", "0.03", "schedule", "constant");
        Snapshot trained = train(options, Trainer.Control.NONE, 7);
        int best = trained.bestEpoch();
        assertThat(trained.history()).hasSize(best + 2).hasSizeLessThan(40);
        double top = trained.history().stream().mapToDouble(Epoch::metric).max().orElseThrow();
        assertThat(trained.best().metric()).isEqualTo(top);
        assertThat(trained.validation()).isEqualTo(top);
    }

    @Test
    void withoutValidationRowsTheLastWeightsAreTheResult() {
        Training options = options("epochs", "3");
        Trainer.Setup<RowBatch> setup = setup(options, provider, TaskKind.BINARY, Metric.AUROC, 120);
        try (Trainer<RowBatch> trainer = new Trainer<>(setup, Trainer.Control.NONE, 7)) {
            Trainer.Trained trained = trainer.train();
            assertThat(trained.bestEpoch()).isEqualTo(3);
            assertThat(trained.history()).allMatch(e -> Double.isNaN(e.metric()));
            trained.weights().close();
        }
    }

    @Test
    void savedWeightsPredictTheSameBits() {
        Training options = options("epochs", "1");
        Trainer.Setup<RowBatch> setup = setup(options, provider, TaskKind.BINARY, Metric.AUROC, 80);
        try (Trainer<RowBatch> trainer = new Trainer<>(setup, Trainer.Control.NONE, 7);
                Weights trained = trainer.train().weights()) {
            trained.save(temp.resolve("w.safetensors"));
            try (Weights read = Weights.load(memory, temp.resolve("w.safetensors"))) {
                assertThat(predict(setup, read, 16)).isEqualTo(predict(setup, trained, 16));
                assertThat(predict(setup, read, 1000))
                        .hasSize(setup.validation().count());
            }
        }
    }

    @Test
    void theEstimateCoversWhatTheTrainingTakesAndNotMuchMore() {
        Training options = options("epochs", "1", "batch", "200");
        Trainer.Setup<RowBatch> setup = setup(options, provider, TaskKind.BINARY, Metric.AUROC, 120);
        TrainingEstimate estimate = TrainingEstimate.of(setup, 7);
        long before = memory.live();
        try (Trainer<RowBatch> trainer = new Trainer<>(setup, Trainer.Control.NONE, 7);
                Weights weights = trainer.train().weights()) {
            long values = 0;
            for (Parameter p : weights.parameters()) values += p.value().size();
            assertThat(estimate.parameters()).isEqualTo(values);
            assertThat(memory.peak() - before).isBetween(estimate.bytes() / 4, estimate.bytes());
        }
    }

    @Test
    void lossThatIsNoNumberStopsTheTraining() {
        shop.features().get(Shop.PRODUCTS).dense().fill(Float.NaN);
        assertThatThrownBy(() -> train(options(), Trainer.Control.NONE, 7))
                .isInstanceOfSatisfying(
                        InputException.class, e -> assertThat(e.where()).containsEntry("epoch", 1));
    }

    @Test
    void learningRateRisesThenFalls() {
        Training t = options("warmup", "3", "schedule", "cosine");
        assertThat(t.factorAt(0, 100, 0)).isEqualTo(0.25);
        assertThat(t.factorAt(50, 100, 0)).isCloseTo(0.5, Offset.offset(1e-12));
        assertThat(t.factorAt(99, 100, 0)).isLessThan(0.001);
        assertThat(options("warmup", "0", "schedule", "plateau").factorAt(9, 10, 2))
                .isEqualTo(0.25);
        assertThat(options("warmup", "0", "schedule", "constant").factorAt(9, 10, 2))
                .isEqualTo(1);
    }

    /// What a training left, comparable.
    private record Snapshot(Map<String, List<Float>> weights, List<Epoch> history, int bestEpoch, double validation) {
        Epoch best() {
            return history.get(bestEpoch - 1);
        }
    }

    private Snapshot train(Training options, Trainer.Control control, long key) {
        return train(options, control, key, provider, TaskKind.BINARY);
    }

    private Snapshot train(Training options, Trainer.Control control, long key, KernelProvider on, TaskKind kind) {
        return train(options, control, key, on, kind, Metric.AUROC);
    }

    private Snapshot train(
            Training options, Trainer.Control control, long key, KernelProvider on, TaskKind kind, Metric metric) {
        Trainer.Setup<RowBatch> setup = setup(options, on, kind, metric, 80);
        try (Trainer<RowBatch> trainer = new Trainer<>(setup, control, key)) {
            Trainer.Trained trained = trainer.train();
            try (Weights weights = trained.weights()) {
                Predictor<RowBatch> predictor = new Predictor<>(MODEL, weights, setup.target(), on, memory);
                float[] predicted = predictor.predict(
                        setup.validation(), options.batch(), Keys.split(key, "validation"), Progress.SILENT);
                double validation = metric.of(
                        predictor.outcomes(predicted, setup.validation().labels()));
                List<Epoch> untimed = trained.history().stream()
                        .map(e -> new Epoch(e.number(), e.loss(), e.metric(), e.rate(), 0))
                        .toList();
                return new Snapshot(values(weights.parameters()), untimed, trained.bestEpoch(), validation);
            }
        }
    }

    private float[] predict(Trainer.Setup<RowBatch> setup, Weights weights, int batch) {
        Predictor<RowBatch> predictor = new Predictor<>(MODEL, weights, setup.target(), provider, memory);
        return predictor.predict(setup.validation(), batch, 5, Progress.SILENT);
    }

    private Trainer.Setup<RowBatch> setup(
            Training options, KernelProvider on, TaskKind kind, Metric metric, int split) {
        Seeds train = shop.seeds(kind, 0, split);
        Target target = Target.fit(kind, kind == TaskKind.MULTICLASS ? 3 : 2, train.label());
        Seeds validation = shop.seeds(kind, split, 120);
        return new Trainer.Setup<>(
                MODEL,
                options,
                target,
                metric,
                shop.batches(MODEL, train),
                shop.batches(MODEL, validation),
                on,
                memory);
    }

    private static Training options(String... given) {
        Map<String, String> all = new TreeMap<>(Map.of("batch", "48"));
        for (int i = 0; i < given.length; i += 2) all.put(given[i], given[i + 1]);
        return Options.read(Training.class, all);
    }

    private Trainer.Control control(boolean resume, Progress progress, BooleanSupplier cancelled) {
        return new Trainer.Control(temp, resume, "1", progress, cancelled);
    }

    private static Map<String, List<Float>> values(Parameters parameters) {
        Map<String, List<Float>> out = new TreeMap<>();
        for (Parameter p : parameters) {
            List<Float> values = new ArrayList<>();
            for (float x : p.value().toArray()) values.add(x);
            out.put(p.name(), values);
        }
        return out;
    }

    private static List<String> names(Path folder) {
        try (Stream<Path> all = Files.list(folder)) {
            return all.map(p -> p.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
