package dev.hypha.learn.papers;

import dev.hypha.graph.InputException;
import dev.hypha.graph.Nearest;
import dev.hypha.learn.Progress;
import dev.hypha.learn.papers.Measured.Run;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Runs trials of a setting, one seed after the other.
///
/// @param setting whose checks count
/// @param trials those of its trials that are run
/// @param firstSeed the others follow it
/// @param seeds runs of each trial
public record Reproduction(Setting setting, List<Trial> trials, long firstSeed, int seeds) {
    public Reproduction {
        trials = List.copyOf(trials);
    }

    /// Trains and measures; made for a trial, used for its seeds.
    public interface Experiment extends AutoCloseable {
        /// What comes of a seed.
        Run run(long seed);

        @Override
        void close();
    }

    /// Makes the experiment of a trial.
    @FunctionalInterface
    public interface Laboratory {
        /// @throws InputException where its data cannot be had
        Experiment prepare(Trial trial);
    }

    /// All trials of a setting, or those on one set of data.
    ///
    /// @param only the name of data or of a trial, in capitals or not
    /// @throws InputException where the setting has none of that name
    public static List<Trial> chosen(Setting setting, Optional<String> only) {
        if (only.isEmpty()) return setting.trials();
        String name = only.get();
        List<Trial> chosen =
                setting.trials().stream().filter(trial -> named(trial, name)).toList();
        if (!chosen.isEmpty()) return chosen;
        List<String> names = setting.trials().stream()
                .flatMap(trial -> Stream.of(trial.name(), trial.data()))
                .distinct()
                .toList();
        throw new InputException(
                "unknown-data",
                "The setting " + setting.name() + " has no trial on '" + name + "'",
                Map.of("option", "--only"),
                Nearest.hint(name, names));
    }

    /// Whether a name means a trial: its own, or that of its data, in capitals or not.
    public static boolean named(Trial trial, String name) {
        return name.equalsIgnoreCase(trial.data()) || name.equalsIgnoreCase(trial.name());
    }

    /// Whether fewer seeds are run than the setting's checks are about.
    public boolean partial() {
        return seeds < setting.seeds();
    }

    /// Runs what is not kept already, and keeps it.
    ///
    /// @return what came of each trial, by its name
    public Map<String, Measured> run(Laboratory laboratory, Kept kept, Progress progress) {
        Map<String, Measured> measured = new LinkedHashMap<>();
        for (Trial trial : trials) {
            progress.stage(setting.name() + ": " + trial.name(), seeds);
            measured.put(trial.name(), new Measured(trial.metric(), runs(trial, laboratory, kept, progress)));
        }
        return measured;
    }

    private List<Run> runs(Trial trial, Laboratory laboratory, Kept kept, Progress progress) {
        List<Run> runs = new ArrayList<>();
        Experiment experiment = null;
        try {
            for (long seed = firstSeed; seed < firstSeed + seeds; seed++) {
                Optional<Run> done = kept.run(trial, seed);
                if (done.isEmpty()) {
                    if (experiment == null) experiment = laboratory.prepare(trial);
                    done = Optional.of(experiment.run(seed));
                    kept.keep(trial, seed, done.get());
                }
                runs.add(done.get());
                progress.at(runs.size(), "mean " + Measured.text(trial.metric(), mean(runs)));
            }
        } finally {
            if (experiment != null) experiment.close();
        }
        return runs;
    }

    private static double mean(List<Run> runs) {
        return runs.stream().mapToDouble(Run::test).average().orElseThrow();
    }
}
