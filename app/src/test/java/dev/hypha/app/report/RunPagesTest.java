package dev.hypha.app.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hypha.learn.Run;
import dev.hypha.learn.RunDraft;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunPagesTest {
    @TempDir
    Path folder;

    private final ObjectNode header =
            JsonNodeFactory.instance.objectNode().put("command", "predict").put("threads", 2);
    private final ObjectNode tree =
            JsonNodeFactory.instance.objectNode().put("query", "PREDICT x").put("kernels", "plain");

    @Test
    void theRunTakesItsPlaceWithItsPages() throws IOException {
        RunDraft draft = RunDraft.begin(folder.resolve("run"), false);
        Files.writeString(draft.file("report.html"), "left by a killed one");
        Files.writeString(draft.file("weights"), "1");
        Run run = draft.commit(tree, new RunPages(() -> header, List.of("predict", "a b")));
        assertThat(run.json().propertyStream().map(Map.Entry::getKey))
                .containsExactly("command", "threads", "query", "kernels", "format", "arguments", "files");
        assertThat(run.json().path("arguments")).hasSize(2);
        assertThat(run.json().path("files").propertyStream().map(Map.Entry::getKey))
                .containsExactly("weights");
        Path report = RunPages.report(run.folder()).orElseThrow();
        assertThat(Files.readString(report)).contains("PREDICT x", "./hypha predict 'a b'");
        try (var files = Files.list(run.folder())) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("run.json", "weights", "report.html", "model-card.md");
        }
        Files.writeString(report, "with a word of mine");
        assertThat(Run.open(run.folder()).file("weights")).isPresent();
    }

    @Test
    void aKillWhileThePagesAreMadeLeavesTheFormerRunAndTheCheckpoints() throws IOException {
        RunDraft.begin(folder.resolve("run"), false).commit(tree, new RunPages(() -> header, List.of("former")));
        RunDraft draft = RunDraft.begin(folder.resolve("run"), false);
        Files.writeString(Files.createDirectories(draft.checkpoints()).resolve("state"), "3");
        RunPages killed = new RunPages(
                () -> {
                    throw new IllegalStateException("killed");
                },
                List.of());
        assertThatThrownBy(() -> draft.commit(tree, killed)).hasMessage("killed");
        assertThat(Run.open(folder.resolve("run")).json().at("/arguments/0").asText())
                .isEqualTo("former");
        RunDraft again = RunDraft.begin(folder.resolve("run"), true);
        assertThat(again.checkpoints().resolve("state")).hasContent("3");
        again.commit(tree, new RunPages(() -> header, List.of("again")));
        assertThat(folder.resolve("run/checkpoint")).doesNotExist();
        assertThat(RunPages.report(folder.resolve("run")).orElseThrow())
                .content()
                .contains("./hypha again");
    }
}
