package dev.hypha.learn.papers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hypha.graph.InputException;
import dev.hypha.learn.Options;
import dev.hypha.learn.data.Datasets;
import dev.hypha.learn.metrics.Metric;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class SettingsTest {
    private static final Path RESOURCES = Path.of("src/main/resources/dev/hypha/learn/papers");

    static List<String> names() {
        return Settings.names();
    }

    @ParameterizedTest
    @MethodSource("names")
    void everySettingAsksForWhatThereIs(String name) {
        Setting setting = Settings.named(name);
        for (Trial trial : setting.trials()) {
            assertThat(Options.written(NodeExperiment.method(trial).model()).keySet())
                    .as("options of the model of %s, %s", name, trial.name())
                    .containsAll(trial.options().keySet());
            assertThat(trial.training())
                    .doesNotContainKeys(trial.options().keySet().toArray(String[]::new));
            assertThat(Datasets.has(trial.data())).as("data %s", trial.data()).isTrue();
            trial.published()
                    .ifPresent(value -> assertThat(inRange(trial.metric(), value))
                            .as("published value of %s, %s", name, trial.name())
                            .isTrue());
        }
    }

    /// Shares are written as shares, not in percent.
    private static boolean inRange(Metric metric, double value) {
        return switch (metric) {
            case AUROC, AVERAGE_PRECISION, ACCURACY, F1_MICRO, F1_MACRO -> value > 0 && value < 1;
            case LOG_LOSS, CALIBRATION_ERROR, MAE, RMSE, R2 -> true;
        };
    }

    @Test
    void everyFileOfASettingShowsAPaperAndEveryResultIsOfOne() throws IOException {
        assertThat(files("settings")).containsExactlyInAnyOrderElementsOf(Settings.names());
        assertThat(Settings.names()).containsAll(files("results"));
    }

    @ParameterizedTest
    @MethodSource("names")
    void recordedResultsAreAsTheyAreWritten(String name) throws IOException {
        Optional<Recorded> recorded = Records.own().of(name);
        if (recorded.isEmpty()) return;
        assertThat(RESOURCES.resolve("results/" + name + ".json"))
                .content()
                .as("means and verdicts follow from the runs; write results with hypha reproduce %s --record", name)
                .isEqualTo(recorded.get().text(Settings.named(name)));
    }

    private static List<String> files(String folder) throws IOException {
        if (!Files.isDirectory(RESOURCES.resolve(folder))) return List.of();
        try (Stream<Path> files = Files.list(RESOURCES.resolve(folder))) {
            return files.map(file -> file.getFileName().toString().replaceFirst("\\.json$", ""))
                    .toList();
        }
    }

    @Test
    void anUnknownNameIsAnsweredWithTheNearest() {
        assertThatThrownBy(() -> Settings.named("dagn"))
                .isInstanceOfSatisfying(
                        InputException.class, e -> assertThat(e.hint()).contains("dagnn"));
    }
}
