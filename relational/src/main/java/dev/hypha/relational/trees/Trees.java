package dev.hypha.relational.trees;

import dev.hypha.learn.TaskKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

/// Grows gradient-boosted trees for any kind of task: the rival of the graph model, and its partner.
///
/// Several classes are each learned against the rest, because the library's binding writes past its buffer when a model
/// has several outputs; the probabilities of exclusive classes are then scaled to sum to 1.
public final class Trees {
    /// Of every number that is learned from, outside the Java heap: as it is handed over, in its bin by rows and by
    /// columns.
    private static final int BYTES_PER_VALUE = Float.BYTES + 2;

    private Trees() {}

    /// What growing takes outside the Java heap, in bytes: each model that grows has the data for itself.
    ///
    /// @param rows to learn from and to stop by, together
    public static long bytes(long rows, int columns, int outputs, TreeOptions options, int threads) {
        return rows * columns * BYTES_PER_VALUE * Math.min(threads, options.models() * outputs);
    }

    /// Grows `options.models()` models per output, whose predictions are averaged.
    ///
    /// @param train what is learned from
    /// @param selection decides how many rounds are kept; absent for all rounds
    /// @param classes number of classes; 1 for binary and regression
    /// @param seed of everything random; the same seed gives the same model for any number of threads
    public static TreeModel fit(
            Examples train,
            Optional<Examples> selection,
            TaskKind kind,
            int classes,
            TreeOptions options,
            long seed,
            int threads) {
        int outputs = kind.outputs(classes);
        List<Booster> boosters = grown(
                options.models() * outputs,
                threads,
                i -> Booster.grow(
                        train,
                        selection,
                        new Booster.Column(i % outputs, kind, outputs),
                        options,
                        key(seed, i / outputs, i % outputs)));
        return new TreeModel(kind, classes, train.features().names(), boosters);
    }

    /// Grows the same trees again on more rows, each model with as many rounds as were kept the first time: once
    /// validation rows have chosen, they are the most recent rows there are to learn from.
    ///
    /// @param chosen what [#fit] gave for fewer rows
    /// @param all the rows to learn from now
    public static TreeModel refit(TreeModel chosen, Examples all, TreeOptions options, long seed, int threads) {
        int outputs = chosen.outputs();
        List<Booster> boosters = grown(
                chosen.boosters().size(),
                threads,
                i -> Booster.grow(
                        all,
                        Optional.empty(),
                        new Booster.Column(i % outputs, chosen.kind(), outputs),
                        options.withRounds(chosen.boosters().get(i).rounds()),
                        key(seed, i / outputs, i % outputs)));
        return new TreeModel(chosen.kind(), chosen.classes(), all.features().names(), boosters);
    }

    /// Grows boosters side by side, each on one thread of its own.
    private static List<Booster> grown(int count, int threads, IntFunction<Booster> grow) {
        try (ExecutorService workers = Executors.newFixedThreadPool(Math.min(threads, count))) {
            List<Future<Booster>> growing = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                int which = i;
                growing.add(workers.submit(() -> grow.apply(which)));
            }
            List<Booster> boosters = new ArrayList<>();
            for (Future<Booster> one : growing) {
                boosters.add(one.get());
            }
            return boosters;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("growing trees was interrupted");
        } catch (ExecutionException e) {
            throw new IllegalStateException(
                    "trees could not be grown: " + e.getCause().getMessage(), e.getCause());
        }
    }

    private static int key(long seed, int model, int output) {
        return (int) (mix(seed * 1_000_003 + model * 1009L + output) >>> 33);
    }

    private static long mix(long x) {
        long z = (x ^ (x >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
