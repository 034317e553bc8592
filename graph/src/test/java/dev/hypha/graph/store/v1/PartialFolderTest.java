package dev.hypha.graph.store.v1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hypha.graph.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PartialFolderTest {
    @TempDir
    Path temp;

    @Test
    void aFolderOfOthersIsNeverDeleted() throws IOException {
        Path own = Files.createDirectories(temp.resolve("g.partial")).resolve("thesis.txt");
        Files.writeString(own, "years of work");
        assertThatThrownBy(() -> PartialFolder.create(temp.resolve("g")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("g.partial is there already");
        assertThat(own).content().isEqualTo("years of work");
    }

    @Test
    void oneAtATimeMakesIt() throws IOException {
        try (PartialFolder first = PartialFolder.create(temp.resolve("g"))) {
            Files.writeString(first.partial().resolve("a"), "first");
            assertThatThrownBy(() -> PartialFolder.create(temp.resolve("g")))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("another command is writing");
            first.commit();
        }
        assertThat(temp.resolve("g")).isDirectoryContaining("glob:**/a").isDirectoryNotContaining("glob:**/.hypha*");
        assertThat(temp.resolve("g.partial")).doesNotExist();
    }

    @Test
    void whatIsNotPutInPlaceIsRemoved() throws IOException {
        try (PartialFolder folder = PartialFolder.create(temp.resolve("g"))) {
            Files.writeString(folder.partial().resolve("a"), "half");
        }
        assertThat(temp).isEmptyDirectory();
    }
}
