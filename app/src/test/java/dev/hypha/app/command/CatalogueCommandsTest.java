package dev.hypha.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hypha.app.Ran;
import dev.hypha.learn.data.Dataset;
import dev.hypha.learn.data.Datasets;
import dev.hypha.learn.node.Method;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// `hypha models` and `hypha datasets`: what there is to train, and on what.
final class CatalogueCommandsTest {
    private static List<JsonNode> objects(Ran ran) throws IOException {
        List<JsonNode> objects = new ArrayList<>();
        for (String line : ran.out().lines().toList()) objects.add(new ObjectMapper().readTree(line));
        return objects;
    }

    @Test
    void everyModelThatTrainTakesIsListed() throws IOException {
        List<JsonNode> models = objects(Ran.hypha("models", "--json"));
        assertThat(models)
                .extracting(each -> each.path("model").asText())
                .containsExactlyElementsOf(Method.models())
                .contains("gcn", "label-propagation")
                .doesNotContain("hetero-sage");
        assertThat(models)
                .allSatisfy(each -> assertThat(each.path("paper").asText()).isNotBlank());
        assertThat(Ran.hypha("models").out().lines()).hasSize(models.size() + 1);
    }

    @Test
    void aModelIsShownWithItsOwnOptionsAndWhatElseItReads() {
        String gat = Ran.hypha("models", "gat").out();
        assertThat(gat.lines().filter(line -> line.contains("--heads")))
                .singleElement()
                .asString()
                .contains("an integer, 1 to");
        assertThat(gat).contains("Velickovic", "--epochs", "--rate").doesNotContain("--hops", "--base");
        assertThat(Ran.hypha("models", "label-spreading").out()).doesNotContain("--rate", "--epochs", "--fan-out");
        JsonNode sgc = Ran.hypha("models", "sgc", "--json").json();
        assertThat(sgc.at("/options/0/name").asText()).isEqualTo("hops");
        assertThat(sgc.at("/options/0/default").asText()).isEqualTo("2");
        Ran wrong = Ran.hypha("models", "gatt");
        assertThat(wrong.exit()).isEqualTo(2);
        assertThat(wrong.err()).contains("there is no model 'gatt'", "Did you mean gat?");
    }

    @Test
    void everyDataSetIsListedWithWhereItIs() throws IOException {
        List<JsonNode> sets = objects(Ran.hypha("datasets", "--json"));
        assertThat(sets)
                .extracting(each -> each.path("data").asText())
                .containsExactlyElementsOf(
                        Datasets.all().stream().map(Dataset::name).toList());
        assertThat(sets).allSatisfy(each -> {
            assertThat(each.path("lookedFor")).isNotEmpty();
            assertThat(each.path("sha256")).isNotEmpty();
        });
        assertThat(Ran.hypha("datasets").out()).contains("cora", "Looked for in ");
        assertThat(Ran.hypha("datasets", "texas").out()).contains("origin", "licence", "SHA-256");
        assertThat(Ran.hypha("datasets", "texan").err()).contains("Did you mean texas?");
    }
}
