package dev.hypha.app.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunPagesTest {
    @TempDir
    Path folder;

    @Test
    void completesTheRunAndPutsThePagesBesideIt() throws IOException {
        Files.writeString(
                folder.resolve("run.json"), "{\"query\": \"PREDICT x\", \"kernels\": \"plain\", \"format\": 1}");
        ObjectNode header =
                JsonNodeFactory.instance.objectNode().put("command", "predict").put("threads", 2);
        Path report = RunPages.write(folder, header, List.of("predict", "a b"));

        JsonNode run = new ObjectMapper().readTree(Files.readString(folder.resolve("run.json")));
        assertThat(run.fieldNames())
                .toIterable()
                .containsExactly("command", "threads", "query", "kernels", "format", "arguments");
        assertThat(run.get("arguments")).hasSize(2);
        assertThat(report).isEqualTo(folder.resolve("report.html"));
        assertThat(Files.readString(report)).contains("PREDICT x", "./hypha predict 'a b'");
        try (var files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("run.json", "report.html", "model-card.md");
        }
    }
}
