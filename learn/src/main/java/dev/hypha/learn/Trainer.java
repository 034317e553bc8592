package dev.hypha.learn;

import dev.hypha.graph.InputException;
import dev.hypha.learn.metrics.Metric;
import dev.hypha.tensor.AdamW;
import dev.hypha.tensor.KernelProvider;
import dev.hypha.tensor.Memory;
import dev.hypha.tensor.OptimizerState;
import dev.hypha.tensor.Parameter;
import dev.hypha.tensor.Parameters;
import dev.hypha.tensor.Tape;
import dev.hypha.tensor.Tensor;
import dev.hypha.tensor.Workspace;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/// Trains a model by mini-batches with AdamW, stops early on a validation metric and keeps the best
/// weights.
///
/// The result depends on the data, the options and the key alone: not on the number of threads, and not on
/// how often the training was stopped and resumed. One trainer trains once.
///
/// @param <B> what the model looks at
public final class Trainer<B extends Batch> implements AutoCloseable {
    private final Setup<B> setup;
    private final Control control;
    private final long key;
    private final Weights weights;
    private final Workspace workspace;
    private final float[] shares;
    private final List<Epoch> history = new ArrayList<>();
    private OptimizerState optimizer;
    private Parameters best;
    private int bestEpoch;
    private int stale;
    private int halvings;
    private int[] asTheyStand;
    private long lastCheckpoint = System.nanoTime();

    /// Rows, and batches at least and at most, whose memory is found out before the first step: where
    /// batches are sampled, none is much larger than the largest of these.
    private static final int TRIED_ROWS = 4096;

    private static final int LEAST_TRIED = 4;
    private static final int MOST_TRIED = 64;

    /// The folder in that of the checkpoints which has the weights of the best epochs, where they are kept.
    public static final String BEST = BestEpochs.FOLDER;

    /// What is trained, on what, towards what.
    ///
    /// @param <B> what the model looks at
    /// @param train the rows to learn from, at least one
    /// @param validation the rows that decide when to stop; with none, the last epoch's weights are the
    ///     result
    /// @param metric measured on the validation rows
    public record Setup<B extends Batch>(
            Model<B> model,
            Training options,
            Target target,
            Metric metric,
            BatchSource<B> train,
            BatchSource<B> validation,
            KernelProvider provider,
            Memory memory) {
        Setup<B> on(KernelProvider other, Memory elsewhere) {
            return new Setup<>(model, options, target, metric, train, validation, other, elsewhere);
        }
    }

    /// How a training is watched, stopped and gone on with.
    ///
    /// @param checkpoints folder for checkpoints after each epoch; null for none
    /// @param resume whether to go on from a checkpoint found there; otherwise what is there is deleted
    /// @param data names the data that is learned from, such as its hash: a checkpoint of other data is
    ///     refused
    /// @param cancelled asked before each batch; true ends the training with a [CancellationException]
    /// @param kept how many of the best epochs' weights stay in the folder `best` of the checkpoints, 0
    ///     for none
    /// @param everyMillis that pass at least between two checkpoints; 0 for one after each epoch
    public record Control(
            Path checkpoints,
            boolean resume,
            String data,
            Progress progress,
            BooleanSupplier cancelled,
            int kept,
            long everyMillis) {
        /// With a checkpoint after each epoch.
        public Control(Path checkpoints, boolean resume, String data, Progress progress, BooleanSupplier cancelled) {
            this(checkpoints, resume, data, progress, cancelled, 0, 0);
        }

        /// Nothing is kept, said or asked.
        public static final Control NONE = new Control(null, false, "", Progress.SILENT, () -> false);

        /// @param when said of a training that is not: after what it stopped
        /// @throws CancellationException where the training is not wanted any more
        void requireWanted(String when) {
            if (Thread.currentThread().isInterrupted() || cancelled.getAsBoolean()) {
                throw new CancellationException("training was cancelled " + when);
            }
        }
    }

    /// What came of a training.
    ///
    /// @param weights the best weights, closed, owned by the caller
    /// @param bestEpoch number of the epoch they are from
    public record Trained(Weights weights, List<Epoch> history, int bestEpoch) {}

    /// @param key source of all randomness: first weights, order of rows, sampling, dropout
    public Trainer(Setup<B> setup, Control control, long key) {
        if (setup.train.count() == 0) throw new IllegalArgumentException("no rows to train on");
        this.setup = setup;
        this.control = control;
        this.key = key;
        this.weights = new Weights(setup.memory, Keys.split(key, "weights"));
        this.workspace = new Workspace(setup.memory);
        boolean balanced = setup.options.classWeights() == Training.ClassWeights.BALANCED;
        this.shares = balanced ? setup.target.balance(setup.train.labels()) : null;
    }

    /// Trains to the end.
    ///
    /// @throws CancellationException when cancelled or interrupted; the last checkpoint is good
    /// @throws InputException when the loss is no longer a number, or a checkpoint to resume from is damaged or of
    ///     another training
    public Trained train() {
        workspace.reserve(prepare());
        begin();
        if (history.isEmpty()) pretraining().run(optimizer, control, steps(), this::batches);
        control.progress.stage("training", (long) setup.options.epochs() * steps());
        while (history.size() < setup.options.epochs() && !exhausted()) epoch();
        control.progress.done();
        Weights result = new Weights(best);
        best = null; // now the caller's
        return new Trained(result, List.copyOf(history), bestEpoch);
    }

    /// Makes all that is held throughout. The model's first pass is one without numbers, on batches that
    /// the training will see: the parameters that it asks for there are all it will ever have.
    ///
    /// @return bytes of workspace that these batches take
    long prepare() {
        long bytes = trial();
        best = weights.parameters().copy();
        AdamW rule = new AdamW((float) setup.options.rate(), (float) setup.options.decay());
        optimizer = rule.start(weights.parameters(), setup.memory);
        return bytes;
    }

    /// How many numbers are trained.
    long parameters() {
        return weights.parameters().elements();
    }

    private long trial() {
        try (Memory counted = Memory.counting();
                KernelProvider dry = setup.provider.dry();
                Workspace trial = new Workspace(counted)) {
            IntFunction<B> batches = batches(1);
            int tried = Math.clamp(TRIED_ROWS / setup.options.batch(), LEAST_TRIED, MOST_TRIED);
            for (int i = 0; i < Math.min(tried, steps()); i++) {
                try (Tape tape = new Tape(dry, trial, true)) {
                    loss(tape, batches.apply(i), 1, i).backward();
                }
                pretraining().attempt(dry, trial, batches.apply(i));
                weights.seal();
            }
            long validation = predictor().bytes(setup.validation, setup.options.batch(), Keys.split(key, "validation"));
            return Math.max(trial.extent(), validation);
        }
    }

    private void begin() {
        if (control.checkpoints == null) return;
        Checkpoint checkpoint = new Checkpoint(control.checkpoints);
        if (!control.resume) {
            checkpoint.clear();
            return;
        }
        checkpoint
                .read(identity(), weights.parameters(), best, optimizer)
                .ifPresentOrElse(
                        this::goOn,
                        () -> control.progress.note("there is no checkpoint of it: starting with the first epoch"));
    }

    private void goOn(Checkpoint.State state) {
        history.addAll(state.history());
        bestEpoch = state.bestEpoch();
        stale = state.stale();
        halvings = state.halvings();
        control.progress.note("going on after epoch " + history.size() + " of at most " + setup.options.epochs()
                + ", the best so far is " + bestEpoch);
    }

    /// All that must be the same for a resumed training to end as it would have.
    private String identity() {
        return setup.model + ", " + setup.options + ", " + setup.target + ", metric=" + setup.metric.label() + ", key="
                + key + ", train=" + setup.train.count() + ", validation=" + setup.validation.count() + ", data="
                + control.data;
    }

    private boolean exhausted() {
        return setup.options.patience() > 0 && stale >= setup.options.patience();
    }

    private int steps() {
        int all = Math.ceilDiv(setup.train.count(), setup.options.batch());
        return setup.options.steps() == 0 ? all : Math.min(all, setup.options.steps());
    }

    private void epoch() {
        long start = System.nanoTime();
        int number = history.size() + 1;
        double loss = learn(number);
        double metric = validate();
        boolean better = setup.validation.count() == 0 || bestEpoch == 0 || setup.metric.better(metric, bestMetric());
        double seconds = (System.nanoTime() - start) / 1e9;
        history.add(new Epoch(number, loss, metric, setup.options.rate() * factor(number, steps() - 1), seconds));
        keep(better);
        if (control.checkpoints != null && control.kept > 0) {
            new BestEpochs(control.checkpoints, control.kept, setup.metric).keep(history, weights.parameters());
        }
        if (control.checkpoints != null && System.nanoTime() - lastCheckpoint >= 1_000_000 * control.everyMillis) {
            requireWanted(); // an interrupted thread cannot write files
            lastCheckpoint = System.nanoTime();
            Checkpoint.State state = new Checkpoint.State(identity(), history, bestEpoch, stale, halvings);
            new Checkpoint(control.checkpoints).write(state, weights.parameters(), best, optimizer);
        }
        control.progress.at((long) number * steps(), state(number, loss, metric));
    }

    private double bestMetric() {
        return history.get(bestEpoch - 1).metric();
    }

    private void keep(boolean better) {
        if (better) {
            best.copyFrom(weights.parameters());
            bestEpoch = history.size();
            stale = 0;
            return;
        }
        stale++;
        if (setup.options.schedule() == Training.Schedule.PLATEAU && stale % 2 == 0) halvings++;
    }

    private String state(int number, double loss, double metric) {
        String line = String.format(Locale.ROOT, "epoch %d  loss %.4f", number, loss);
        if (Double.isNaN(metric)) return line;
        return line + String.format(Locale.ROOT, "  %s %.4f", setup.metric.label(), metric);
    }

    /// One pass over the training rows.
    ///
    /// @return mean loss of its batches
    private double learn(int number) {
        double sum = 0;
        int step = 0;
        try (Prefetch<B> prefetch = new Prefetch<>(steps(), setup.provider.threads(), batches(number))) {
            for (; prefetch.hasNext(); step++) {
                requireWanted();
                sum += step(prefetch.next(), number, step);
                String state = String.format(Locale.ROOT, "epoch %d  loss %.4f", number, sum / (step + 1));
                control.progress.at((number - 1L) * steps() + step + 1, state);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            requireWanted();
        }
        return sum / step;
    }

    /// The batches of an epoch by their numbers.
    private IntFunction<B> batches(int number) {
        int size = setup.options.batch();
        int[] order = order(number);
        long keys = Keys.split(Keys.split(key, "batches"), number);
        return i ->
                setup.train.batch(range(order, i * size, Math.min(order.length, (i + 1) * size)), Keys.split(keys, i));
    }

    private static int[] range(int[] order, int from, int to) {
        return from == 0 && to == order.length ? order : Arrays.copyOfRange(order, from, to);
    }

    /// The rows in the order of an epoch: drawn anew each time, but as they stand where one step takes
    /// them all, since memory is read faster that way.
    private int[] order(int number) {
        int count = setup.train.count();
        if (count > setup.options.batch()) return Keys.permutation(count, Keys.split(Keys.split(key, "order"), number));
        if (asTheyStand == null) asTheyStand = IntStream.range(0, count).toArray();
        return asTheyStand;
    }

    private void requireWanted() {
        control.requireWanted("after epoch " + history.size());
    }

    private Pretraining<B> pretraining() {
        return new Pretraining<>(setup, weights, workspace, Keys.split(key, "pretraining"));
    }

    private float step(B batch, int number, int step) {
        try (Tape tape = new Tape(setup.provider, workspace, true)) {
            weights.parameters().zeroGradients();
            Tensor loss = loss(tape, batch, number, step);
            loss.backward();
            if (!Float.isFinite(loss.number())) {
                throw diverged(
                        loss.number(),
                        "step %d of epoch %d".formatted(step + 1, number),
                        Map.of("epoch", number, "step", step + 1));
            }
            Predicate<Parameter> learns = learning(number);
            for (Parameter p : weights.parameters()) {
                if (p.trained() && !learns.test(p)) p.gradient().fill(0);
            }
            shrink(learns);
            if (setup.options.clip() > 0) weights.parameters().clipGradients(setup.provider, setup.options.clip());
            optimizer.step(setup.provider, (float) factor(number, step), learns);
            return loss.number();
        }
    }

    static InputException diverged(float loss, String when, Map<String, Object> where) {
        return new InputException(
                "diverged",
                "the loss is " + loss + " in " + when,
                where,
                "Take a lower learning rate, or look for features that are far larger than others.");
    }

    /// Which parameters an epoch changes.
    private Predicate<Parameter> learning(int number) {
        Predicate<Parameter> rest = pretraining().part().negate();
        if (!(setup.model instanceof AlternatingModel<B> model)) return rest;
        return rest.and(p -> model.learns(p.name(), number));
    }

    /// Adds the gradient of the squares of parameters.
    private void shrink(Predicate<Parameter> learns) {
        if (setup.options.l2() == 0) return;
        String first = layer(weights.parameters().iterator().next());
        boolean all = setup.options.l2Of() == Training.Shrunk.ALL;
        weights.parameters()
                .shrink(
                        setup.provider,
                        (float) setup.options.l2(),
                        p -> learns.test(p) && (all || layer(p).equals(first)));
    }

    private static String layer(Parameter parameter) {
        return parameter.name().split("\\.", 2)[0];
    }

    private Tensor loss(Tape tape, B batch, int number, int step) {
        long draws = Keys.split(Keys.split(Keys.split(key, "draws"), number), step);
        Context c = new Context(tape, weights, setup.target.outputs(), true, draws);
        return c.penalised(setup.target.loss(c, setup.model.forward(c, batch), batch, setup.options, shares));
    }

    private double factor(int number, int step) {
        long done = (number - 1L) * steps() + step;
        return setup.options.factorAt(done, (long) setup.options.epochs() * steps(), halvings);
    }

    private double validate() {
        BatchSource<B> rows = setup.validation;
        if (rows.count() == 0) return Double.NaN;
        Predictor<B> predictor = predictor();
        float[] predicted = predictor.predict(
                rows, setup.options.batch(), Keys.split(key, "validation"), Progress.SILENT, workspace);
        return setup.metric.of(predictor.outcomes(predicted, rows.labels()));
    }

    private Predictor<B> predictor() {
        return new Predictor<>(setup.model, weights, setup.target, setup.provider, setup.memory);
    }

    /// Frees all that the training held; the result it gave stays.
    @Override
    public void close() {
        weights.close();
        workspace.close();
        if (optimizer != null) optimizer.close();
        if (best != null) best.close();
    }
}
