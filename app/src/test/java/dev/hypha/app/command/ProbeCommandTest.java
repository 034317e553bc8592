package dev.hypha.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hypha.app.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `hypha probe` on Cora, which comes along, and on tables.
final class ProbeCommandTest {
    @TempDir
    Path folder;

    private static Ran hypha(String arguments) {
        return Ran.hypha((arguments + " --quiet --threads 2").split(" ", -1));
    }

    @Test
    void whatScriptsRelyOnIsThere() {
        Ran ran = hypha("probe cora --json");
        assertThat(ran.exit()).isZero();
        assertThat(ran.err()).isEmpty();
        JsonNode json = ran.json();
        assertThat(json.path("command").asText()).isEqualTo("probe");
        Map<String, Double> found = new HashMap<>();
        for (JsonNode each : json.path("findings")) {
            assertThat(each.path("means").asText()).isNotBlank();
            found.put(each.path("what").asText(), each.path("value").asDouble());
        }
        assertThat(found).containsKeys("labels", "chance", "netinfof-u", "netinfof-s", "homophily-node", "components");
        assertThat(found).doesNotContainKeys("amud", "curvature-mean");
        assertThat(found.get("homophily-edge")).isBetween(0.8, 0.85);
        assertThat(found.get("accuracy-mixed")).isBetween(0.8, 0.9);
        assertThat(json.path("advice")).isNotEmpty();
        assertThat(json.at("/choice/model").asText()).isEqualTo("appnp");
        assertThat(json.at("/choice/directed").asBoolean()).isFalse();
    }

    /// A ring whose nodes are labelled in two halves.
    private void tables() throws IOException {
        StringBuilder nodes = new StringBuilder("id,kind\n");
        StringBuilder edges = new StringBuilder("source,target\n");
        for (int i = 0; i < 60; i++) {
            nodes.append("n%d,%s%n".formatted(i, i < 30 ? "left" : "right"));
            edges.append("n%d,n%d%nn%d,n%d%n".formatted(i, (i + 1) % 60, i, (i + 2) % 60));
        }
        Files.writeString(folder.resolve("nodes.csv"), nodes);
        Files.writeString(folder.resolve("edges.csv"), edges);
    }

    @Test
    void aPersonIsToldWhatToTrainAndWhy() throws IOException {
        tables();
        Ran ran = hypha("probe " + folder.resolve("nodes.csv") + " " + folder.resolve("edges.csv")
                + " --target kind --squashing");
        assertThat(ran.err()).isEmpty();
        assertThat(ran.exit()).isZero();
        assertThat(ran.out())
                .contains("accuracy-structure", "homophily-adjusted", "curvature-mean", "commute-median")
                .contains("Worth training: label-spreading", "Features tell nothing of the labels, the structure does");
    }

    @Test
    void aPageShowsWhatWasFound() throws IOException {
        tables();
        String tables = folder.resolve("nodes.csv") + " " + folder.resolve("edges.csv") + " --target kind";
        Ran ran = hypha("probe " + tables + " --out " + folder.resolve("page.html"));
        assertThat(ran.out()).endsWith("page: " + folder.resolve("page.html") + System.lineSeparator());
        assertThat(Files.readString(folder.resolve("page.html")))
                .contains("<h1>Worth training: label-spreading</h1>", "What can be read off", "class=\"bar\"")
                .contains("<td>homophily-adjusted: of edges ", "60 nodes");
        Ran table = hypha("probe " + tables + " --out " + folder.resolve("edges.csv"));
        assertThat(table.exit()).isEqualTo(2);
        assertThat(table.err()).contains("what is written is a page of HTML");
        assertThat(Files.readString(folder.resolve("edges.csv"))).startsWith("source,target");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "cora --target label | the data set cora says itself which columns are what",
                "corra               | there is no data set, no folder and no file 'corra'. Did you mean cora?",
                "cora --split thirds | Option --split is thirds, and there is none like that",
                "cora --resume       | hypha probe has no use for --resume",
                "cora --memory 9m    | the probe needs",
            })
    void mistakesAreAnsweredInASentence(String arguments, String sentence) {
        Ran ran = hypha("probe " + arguments);
        assertThat(ran.exit()).isEqualTo(2);
        assertThat(ran.err()).contains(sentence);
        assertThat(ran.out()).isEmpty();
    }

    @Test
    void tooFewLabelsAreNotGuessedFrom() throws IOException {
        tables();
        Path nodes = folder.resolve("nodes.csv");
        Files.writeString(nodes, Files.readString(nodes).replaceAll("(n[6-9]|n[1-4][0-9]|n5[0-7]),[a-z]+", "$1,?"));
        Ran ran = hypha("probe " + nodes + " " + folder.resolve("edges.csv") + " --target kind --unknown ?");
        assertThat(ran.exit()).isEqualTo(2);
        assertThat(ran.err()).contains("have a label", "The probe wants at least 10.");
    }
}
