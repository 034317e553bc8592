package dev.hypha.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hypha.app.Ran;
import dev.hypha.learn.papers.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ReproduceCommandTest {
    @TempDir
    private Path folder;

    private static List<JsonNode> objects(Ran ran) throws IOException {
        List<JsonNode> objects = new ArrayList<>();
        for (String line : ran.out().lines().toList()) objects.add(new ObjectMapper().readTree(line));
        return objects;
    }

    @Test
    void theListNarrowsToWhatIsOnSomeData() throws IOException {
        List<JsonNode> all = objects(Ran.hypha("reproduce", "--json"));
        List<JsonNode> texas = objects(Ran.hypha("reproduce", "--only", "texas", "--json"));
        assertThat(texas).isNotEmpty().hasSizeLessThan(all.size());
        assertThat(texas).extracting(each -> each.path("setting").asText()).doesNotContain("gcn");
        assertThat(Ran.hypha("reproduce", "--only", "corra").err())
                .contains("no setting has a trial on 'corra'", "Did you mean cora?");
        assertThat(Ran.hypha("reproduce", "--record").err()).contains("none is named");
    }

    /// On Cora, which comes with the program.
    private Ran gcn(String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "reproduce",
                "gcn",
                "--only",
                "cora",
                "--threads",
                "1",
                "--out",
                folder.resolve("gcn.json").toString()));
        arguments.addAll(List.of(more));
        return Ran.hypha(arguments.toArray(String[]::new));
    }

    @Test
    void whatIsMeasuredStandsBesideWhatIsPrintedAndKeepsItsSeeds() throws IOException {
        Ran first = gcn("--seeds", "1", "--json");
        JsonNode trial = first.json();
        assertThat(trial.get("method").asText()).isEqualTo("gcn");
        assertThat(trial.get("data").asText()).isEqualTo("cora");
        assertThat(trial.get("published").asDouble()).isEqualTo(0.815);
        assertThat(trial.get("source").asText()).contains("Kipf");
        assertThat(trial.at("/ours/mean").asDouble()).isBetween(0.76, 0.86);
        assertThat(trial.get("check").asText()).isEqualTo("at least 81.3");
        assertThat(trial.at("/ours/sd").isNull()).isTrue();
        assertThat(trial.get("pass").isNull()).isTrue();
        assertThat(trial.get("verdict").asText()).isEqualTo("1 of 10 seeds, not the check");
        assertThat(first.exit()).isEqualTo(trial.at("/ours/mean").asDouble() >= 0.813 ? 0 : 3);

        Path file = folder.resolve("gcn.json");
        String kept = Files.readString(file);
        JsonNode again = gcn("--seeds", "1", "--json", "--resume").json();
        assertThat(Files.readString(file)).as("nothing was trained again").isEqualTo(kept);
        assertThat(again.get("ours")).isEqualTo(trial.get("ours"));
        assertThat(again.get("trainingSeconds")).isEqualTo(trial.get("trainingSeconds"));

        Ran text = gcn("--seeds", "1", "--resume");
        assertThat(text.out()).contains("published", "81.5", "at least 81.3", "Kipf and Welling", "GCN is asked for");
        assertThat(text.out()).contains("1 of 10 seeds, not the check").doesNotContain("±");
        assertThat(text.exit()).isEqualTo(first.exit());
    }

    @Test
    void withoutANameItListsWhatThereIs() throws IOException {
        assertThat(objects(Ran.hypha("reproduce", "--json")))
                .extracting(each -> each.get("setting").asText())
                .containsExactlyElementsOf(Settings.names());
        assertThat(Ran.hypha("reproduce").out()).contains("dagnn", "DAGNN");
    }

    @Test
    void anEstimateSaysWhatWouldBeDoneAndWhereItIsFrom() throws IOException {
        Ran ran = gcn("--estimate", "--json");
        assertThat(ran.exit()).isZero();
        assertThat(objects(ran)).singleElement().satisfies(trial -> {
            assertThat(trial.get("seeds").asInt()).isEqualTo(10);
            assertThat(trial.get("options").asText()).contains("hidden=16");
            assertThat(trial.get("from").asText()).contains("section 5.2");
        });
        assertThat(folder).isEmptyDirectory();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "dagn                         | There is no setting 'dagn'    | Did you mean dagnn?",
                "gcn --only corra             | no trial on 'corra'           | Did you mean cora?",
                "gcn --record --seeds 2       | --record wants the seeds      | Leave out --seed and --seeds",
                "gcn --record --seed 1        | --record wants the seeds      | Leave out --seed and --seeds",
            })
    void whatCannotBeReproducedIsAnsweredWithTheRemedy(String typed, String message, String hint) {
        Ran ran = Ran.hypha(("reproduce " + typed).split(" ", -1));
        assertThat(ran.exit()).isEqualTo(2);
        assertThat(ran.err()).contains(message, hint);
        assertThat(ran.out()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--resume", "--quiet"})
    void aFileThatReproduceDidNotKeepIsRefusedBeforeAnyTraining(String more) throws IOException {
        Path file = Files.writeString(folder.resolve("gcn.json"), "{\"version\": 1, \"runs\": {}}");
        Ran ran = gcn(more);
        assertThat(ran.exit()).isEqualTo(2);
        assertThat(ran.err()).contains(file.toString(), "Give another file with --out, or remove it.");
        assertThat(file).hasContent("{\"version\": 1, \"runs\": {}}");
    }

    @Test
    void aFolderIsNoPlaceForSeeds() throws IOException {
        Files.createDirectory(folder.resolve("gcn.json"));
        Ran ran = gcn();
        assertThat(ran.exit()).isEqualTo(2);
        assertThat(ran.err()).contains("it is a folder", "Give another file with --out.");
    }

    @Test
    void namesAreFoundInCapitalsToo() throws IOException {
        Ran ran = Ran.hypha("reproduce", "GCN", "--only", "Cora", "--estimate", "--json");
        assertThat(objects(ran)).extracting(each -> each.get("trial").asText()).containsExactly("cora");
    }

    @Test
    void placesOfOneMachineAreNotRecorded() {
        assertThat(ReproduceCommand.recorded(List.of(
                        "reproduce", "--out", "here/x.json", "sgc", "--resume", "--out=there", "--threads", "1")))
                .containsExactly("reproduce", "sgc", "--threads", "1");
    }
}
