package dev.hypha.learn.papers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hypha.graph.InputException;
import dev.hypha.learn.metrics.Metric;
import dev.hypha.learn.papers.Coverage.Last;
import dev.hypha.learn.papers.Measured.Run;
import dev.hypha.learn.papers.Recorded.Entry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RecordedTest {
    private static final Setting SETTING = Setting.parse("gcn", """
        {"seeds": 2,
         "base": {"method": "gcn", "split": "public", "from": "section 5"},
         "trials": {"cora": {"data": "cora"}, "citeseer": {"data": "citeseer"}},
         "checks": [{"trial": "cora", "at-least": 0.8}, {"trial": "citeseer", "at-least": 0.7}]}
        """);

    private static Entry entry(String trial, double... values) {
        return new Entry(
                SETTING.trial(trial).fingerprint(),
                "84ceb0f1d2c3",
                "2026-11-21",
                "hypha reproduce gcn --record",
                new Measured(
                        Metric.ACCURACY,
                        Arrays.stream(values).mapToObj(x -> new Run(x, 0.5, 2)).toList()));
    }

    private static boolean passes(Map<String, Entry> trials) {
        return new Last(SETTING, Optional.of(new Recorded(trials))).passes();
    }

    @Test
    void isReadAsItWasWritten() {
        Recorded recorded = new Recorded(Map.of("cora", entry("cora", 0.8125, 0.83)));
        String text = recorded.text(SETTING);
        assertThat(Recorded.parse(text)).isEqualTo(recorded);
        assertThat(text).contains("\"mean\" : 0.82125", "\"check\" : \"at least 80.0\"", "\"pass\" : true");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Recorded.parse(text.replace("\"version\" : 1", "\"version\" : 2")))
                .withMessageContaining("version 2");
        assertThatIllegalArgumentException().isThrownBy(() -> Recorded.parse(text.substring(0, text.length() / 2)));
    }

    @Test
    void passesWithAllTrialsAllSeedsAndAllChecks() {
        Entry cora = entry("cora", 0.81, 0.82);
        assertThat(passes(Map.of("cora", cora, "citeseer", entry("citeseer", 0.71, 0.70))))
                .isTrue();
        assertThat(passes(Map.of("cora", cora, "citeseer", entry("citeseer", 0.70, 0.69))))
                .isFalse();
        assertThat(passes(Map.of("cora", cora, "citeseer", entry("citeseer", 0.71))))
                .as("one seed of two")
                .isFalse();
        assertThat(passes(Map.of("cora", cora))).as("one trial of two").isFalse();
        assertThat(new Last(SETTING, Optional.empty()).passes()).isFalse();
    }

    @Test
    void whatWasMeasuredOfAnotherTrialDoesNotCount() {
        Entry cora = entry("cora", 0.81, 0.82);
        assertThat(new Recorded(Map.of("citeseer", cora)).of(SETTING)).isEmpty();
        assertThat(new Recorded(Map.of("cora", cora)).of(SETTING)).containsOnlyKeys("cora");
    }

    @Test
    void aCheckoutKeepsWhatWasRecordedOfOtherTrialsAndHasItsPageMadeAgain(@TempDir Path checkout) throws IOException {
        Path papers = checkout.resolve("learn/src/main/resources/dev/hypha/learn/papers");
        Files.createDirectories(papers);
        Records.Sources sources = Records.in(checkout);
        assertThat(sources.of("gcn")).isEmpty();
        sources.write(SETTING, Map.of("citeseer", entry("citeseer", 0.7, 0.7)));
        Path file = sources.write(SETTING, Map.of("cora", entry("cora", 0.8, 0.8)));
        assertThat(file).isEqualTo(papers.resolve("results/gcn.json"));
        assertThat(sources.of("gcn").orElseThrow().trials().keySet()).containsExactly("cora", "citeseer");
        assertThat(checkout.resolve("PAPERS.md")).content().isEqualTo(PapersPage.text(Papers.coverage(sources)));
        try (var left = Files.list(papers.resolve("results"))) {
            assertThat(left).containsExactly(file);
        }
    }

    @Test
    void whereThereAreNoSourcesNothingIsWritten(@TempDir Path elsewhere) {
        assertThatThrownBy(() -> Records.in(elsewhere))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("no sources");
        assertThat(elsewhere).isEmptyDirectory();
    }
}
