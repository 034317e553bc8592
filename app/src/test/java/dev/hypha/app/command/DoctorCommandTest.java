package dev.hypha.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hypha.app.Ran;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DoctorCommandTest {
    @Test
    void everyCheckIsNamedAndASickOneHasARemedy() {
        Ran ran = Ran.hypha("doctor", "--json", "--threads", "2");
        JsonNode object = ran.json();
        List<String> names = new ArrayList<>();
        boolean healthy = true;
        for (JsonNode check : object.get("checks")) {
            names.add(check.get("name").asText());
            assertThat(check.get("value").asText()).isNotBlank();
            assertThat(check.get("hint").asText().isEmpty())
                    .isEqualTo(check.get("ok").asBoolean());
            healthy &= check.get("ok").asBoolean();
        }
        assertThat(names)
                .contains(
                        "jdk",
                        "kernels",
                        "vector-module",
                        "threads",
                        "memory",
                        "duckdb",
                        "lightgbm",
                        "temporary-files");
        assertThat(object.get("healthy").asBoolean()).isEqualTo(healthy);
        assertThat(ran.exit()).isEqualTo(healthy ? 0 : 3);
    }

    @Test
    void tooMuchMemoryIsSaid() {
        Ran ran = Ran.hypha("doctor", "--memory", "900t");
        assertThat(ran.exit()).isEqualTo(3);
        assertThat(ran.out()).contains("Give less with --memory.");
    }

    @Test
    void kernelsThatDoNotExistAreTheUsersMistake() {
        String before = System.getProperty("hypha.kernels");
        System.setProperty("hypha.kernels", "steam");
        try {
            Ran ran = Ran.hypha("doctor", "--json");
            assertThat(ran.exit()).isEqualTo(2);
            assertThat(ran.json().at("/error/message").asText()).contains("steam", "blas");
        } finally {
            if (before == null) {
                System.clearProperty("hypha.kernels");
            } else {
                System.setProperty("hypha.kernels", before);
            }
        }
    }
}
