package dev.hypha.app.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ModelCardTest {
    @Test
    void saysWhatHowWellAndFromWhat() {
        assertThat(ModelCard.of(SampleRun.binary()))
                .contains(
                        "# Predictions for customers",
                        "    PREDICT COUNT(orders.*, 0, 90, DAYS) = 0",
                        "| this model: graph model and trees together | 0.853 ± 0.004 |",
                        "- train: 6,532 rows, 2023-09-28 to 2024-01-01",
                        "note: holidays has no time");
    }

    @Test
    void textStaysText() {
        ObjectNode run = SampleRun.binary();
        run.put("entity", "x\n# Forged\n<script>|`[a](b)");
        run.put("query", "PREDICT\n\n# Forged");
        assertThat(ModelCard.of(run).lines().filter(line -> line.startsWith("# ")))
                .hasSize(1);
        assertThat(ModelCard.of(run)).doesNotContain("<script>", " `[a](b)").contains("    # Forged");
    }

    @Test
    void anyPartMayBeMissing() {
        for (ObjectNode run : new ObjectNode[] {SampleRun.regression(), SampleRun.scored()}) {
            for (String field : run.propertyStream().map(Map.Entry::getKey).toList()) {
                ObjectNode less = run.deepCopy();
                less.remove(field);
                assertThatCode(() -> ModelCard.of(less)).as("without " + field).doesNotThrowAnyException();
            }
        }
        assertThat(ModelCard.of(SampleRun.scored())).contains("Nothing was measured.");
    }
}
