package dev.hypha.learn.papers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hypha.graph.InputException;
import dev.hypha.learn.Progress;
import dev.hypha.learn.papers.Measured.Run;
import dev.hypha.learn.papers.Reproduction.Experiment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReproductionTest {
    static final Setting SETTING = Setting.parse("gcn", """
        {"seeds": 3,
         "base": {"method": "gcn", "split": "public", "from": "section 5"},
         "trials": {"cora": {"data": "cora"}, "deep": {"data": "cora", "options": {"layers": 9}},
                    "citeseer": {"data": "citeseer"}},
         "checks": [{"trial": "cora", "at-least": 0.8}]}
        """);

    @TempDir
    private Path folder;

    /// What was done, in its order: `prepare`, seeds, `close`.
    private final List<String> done = new ArrayList<>();

    private Experiment laboratory(Trial trial) {
        done.add("prepare " + trial.name());
        return new Experiment() {
            @Override
            public Run run(long seed) {
                if (seed == 5) throw new IllegalStateException("out of power");
                done.add(trial.name() + " " + seed);
                return new Run(seed / 10.0, 0, 0);
            }

            @Override
            public void close() {
                done.add("close " + trial.name());
            }
        };
    }

    private Map<String, Measured> run(long firstSeed, int seeds, String... trials) {
        List<Trial> chosen = List.of(trials).stream().map(SETTING::trial).toList();
        Kept kept = Kept.resumed(folder.resolve("runs.json"), SETTING, "hypha");
        return new Reproduction(SETTING, chosen, firstSeed, seeds).run(this::laboratory, kept, Progress.SILENT);
    }

    @Test
    void eachTrialIsPreparedOnceAndRunsItsSeedsInOrder() {
        Map<String, Measured> measured = run(1, 2, "cora", "citeseer");
        assertThat(done)
                .containsExactly(
                        "prepare cora",
                        "cora 1",
                        "cora 2",
                        "close cora",
                        "prepare citeseer",
                        "citeseer 1",
                        "citeseer 2",
                        "close citeseer");
        assertThat(measured.keySet()).containsExactly("cora", "citeseer");
        assertThat(measured.get("cora").test().values()).containsExactly(0.1, 0.2);
    }

    @Test
    void anInterruptedWorkGoesOnWithTheSeedItWasAt() {
        assertThatThrownBy(() -> run(3, 4, "cora")).hasMessage("out of power");
        assertThat(done).containsExactly("prepare cora", "cora 3", "cora 4", "close cora");
        done.clear();
        assertThat(run(2, 3, "cora").get("cora").test().values()).containsExactly(0.2, 0.3, 0.4);
        assertThat(done).containsExactly("prepare cora", "cora 2", "close cora");
        done.clear();
        run(2, 3, "cora");
        assertThat(done).as("nothing left to do").isEmpty();
    }

    @Test
    void trialsAreChosenByTheirDataOrTheirName() {
        assertThat(chosen(null)).containsExactly("cora", "deep", "citeseer");
        assertThat(chosen("cora")).containsExactly("cora", "deep");
        assertThat(chosen("Deep")).containsExactly("deep");
        assertThatThrownBy(() -> chosen("citeser"))
                .isInstanceOfSatisfying(
                        InputException.class, e -> assertThat(e.hint()).contains("citeseer"));
    }

    private static List<String> chosen(String only) {
        return Reproduction.chosen(SETTING, Optional.ofNullable(only)).stream()
                .map(Trial::name)
                .toList();
    }
}
