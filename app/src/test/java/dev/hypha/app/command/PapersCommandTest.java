package dev.hypha.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hypha.app.Ran;
import dev.hypha.learn.papers.Papers;
import dev.hypha.learn.papers.PapersPage;
import dev.hypha.learn.papers.Records;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PapersCommandTest {
    private static List<JsonNode> objects(Ran ran) throws IOException {
        List<JsonNode> objects = new ArrayList<>();
        for (String line : ran.out().lines().toList()) objects.add(new ObjectMapper().readTree(line));
        return objects;
    }

    @Test
    void everyPaperIsALineOfJson() throws IOException {
        Ran ran = Ran.hypha("papers", "--json");
        assertThat(ran.exit()).isZero();
        List<JsonNode> objects = objects(ran);
        assertThat(objects).hasSameSizeAs(Papers.all());
        for (JsonNode each : objects) {
            assertThat(each.fieldNames())
                    .toIterable()
                    .contains("hypha", "command", "id", "short", "title", "family", "status", "method", "last");
            assertThat(each.get("status").asText()).isIn("works", "short", "absent");
            assertThat(each.get("method").isNull())
                    .isEqualTo(each.get("status").asText().equals("absent"));
        }
    }

    @Test
    void familyAndStatusNarrowTheList() throws IOException {
        List<JsonNode> models = objects(Ran.hypha("papers", "--family", "node-models", "--json"));
        assertThat(models)
                .hasSize(17)
                .allMatch(each -> each.get("family").asText().equals("node-models"));
        Ran absent = Ran.hypha("papers", "--family", "vision-language", "--status", "absent");
        assertThat(absent.out()).contains("works 0, short 0, absent").doesNotContain("GCN");
        assertThat(absent.out().lines().count()).isGreaterThan(80);
    }

    @Test
    void theMarkdownIsThePageOfTheProject() {
        assertThat(Ran.hypha("papers", "--markdown").out().stripTrailing())
                .isEqualTo(PapersPage.text(Papers.coverage(Records.own())).stripTrailing());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--family nodemodels      | --family is nodemodels | Did you mean node-models?",
                "--family nope            | --family is nope, and there is none like that | There are ",
                "--status done            | --status is done       | works, short, absent",
                "--markdown --status works | --markdown prints all  | Leave out",
                "--seeds 3                | no use for --seeds     | Leave it out",
            })
    void whatCannotBeListedIsAnsweredWithWhatCan(String options, String message, String hint) {
        Ran ran = Ran.hypha(("papers " + options).split(" ", -1));
        assertThat(ran.exit()).isEqualTo(2);
        assertThat(ran.err()).contains(message, hint);
        assertThat(ran.out()).isEmpty();
    }
}
