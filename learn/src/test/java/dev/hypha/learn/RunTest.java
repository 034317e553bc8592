package dev.hypha.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hypha.graph.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RunTest {
    @TempDir
    Path temp;

    @Test
    void committedRunHoldsItsFilesAndItsTree() throws IOException {
        Run run = write("first", 1);
        assertThat(run.json().path("query").asText()).isEqualTo("first");
        assertThat(Files.readString(run.file("report.html").orElseThrow())).isEqualTo("report 1");
        assertThat(run.file("plots/curve.svg")).isPresent();
        assertThat(run.file("nothing")).isEmpty();
        assertThat(temp.resolve("run.partial")).doesNotExist();
        assertThat(temp.resolve("run/checkpoint")).doesNotExist();
        Run again = Run.open(run.folder());
        assertThat(again.json()).isEqualTo(run.json());
    }

    @Test
    void aDraftLeavesTheFormerRunAloneUntilItIsCommitted() throws IOException {
        write("first", 1);
        RunDraft draft = RunDraft.begin(temp.resolve("run"), false);
        Files.writeString(draft.file("report.html"), "half");
        assertThat(Run.open(temp.resolve("run")).json().path("query").asText()).isEqualTo("first");
        draft.discard();
        assertThat(temp.resolve("run.partial")).doesNotExist();
        assertThat(write("second", 2).json().path("query").asText()).isEqualTo("second");
        assertThat(temp.resolve("run.former")).doesNotExist();
    }

    @Test
    void foldersOfOthersAreNeverDeleted() throws IOException {
        for (String name : new String[] {"run.partial", "run.former"}) {
            Path own = Files.createDirectories(temp.resolve(name)).resolve("thesis.txt");
            Files.writeString(own, "years of work");
            assertThatThrownBy(() -> write("first", 1))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining(name);
            assertThat(own).content().isEqualTo("years of work");
            Files.delete(own);
        }
        assertThat(write("first", 1).json().path("query").asText()).isEqualTo("first");
        assertThat(temp.resolve("run")).isDirectoryNotContaining("glob:**/.hypha-partial");
    }

    @Test
    void aKilledDraftIsGoneOnWithOrDropped() throws IOException {
        RunDraft killed = RunDraft.begin(temp.resolve("run"), false);
        Files.createDirectories(killed.checkpoints());
        Files.writeString(killed.checkpoints().resolve("state"), "3");
        assertThat(RunDraft.begin(temp.resolve("run"), true).checkpoints().resolve("state"))
                .exists();
        assertThat(RunDraft.begin(temp.resolve("run"), false).checkpoints()).doesNotExist();
    }

    @Test
    void aKillBetweenTheTwoRenamesIsMended() throws IOException {
        write("first", 1);
        Files.move(temp.resolve("run"), temp.resolve("run.former"));
        assertThat(Run.open(temp.resolve("run")).json().path("query").asText()).isEqualTo("first");
    }

    @Test
    void damageIsNamed() throws IOException {
        Path folder = write("first", 1).folder();
        Files.writeString(folder.resolve("report.html"), "changed");
        assertThatThrownBy(() -> Run.open(folder)).isInstanceOfSatisfying(InputException.class, e -> {
            assertThat(e).hasMessageContaining("report.html does not match its checksum");
            assertThat(e.where())
                    .containsEntry("file", folder.resolve("report.html").toString());
        });
        Files.delete(folder.resolve("report.html"));
        assertThatThrownBy(() -> Run.open(folder)).hasMessageContaining("is missing from the run");
        String json = Files.readString(folder.resolve(Run.JSON));
        Files.writeString(folder.resolve(Run.JSON), json.substring(0, json.length() / 2));
        assertThatThrownBy(() -> Run.open(folder))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("not valid JSON");
        Files.writeString(folder.resolve(Run.JSON), "{\"format\": 99}");
        assertThatThrownBy(() -> Run.open(folder)).hasMessageContaining("format 99");
        assertThatThrownBy(() -> Run.open(temp.resolve("elsewhere"))).hasMessageContaining("is no run folder");
    }

    private Run write(String query, int report) throws IOException {
        RunDraft draft = RunDraft.begin(temp.resolve("run"), false);
        Files.writeString(draft.file("report.html"), "report " + report);
        Files.createDirectories(draft.file("plots"));
        Files.writeString(draft.file("plots/curve.svg"), "<svg/>");
        Files.createDirectories(draft.checkpoints());
        Files.writeString(draft.checkpoints().resolve("state"), "gone when finished");
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("query", query);
        return draft.commit(json);
    }
}
