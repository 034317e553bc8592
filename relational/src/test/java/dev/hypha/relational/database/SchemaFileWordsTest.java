package dev.hypha.relational.database;

import static dev.hypha.relational.database.Samples.open;
import static dev.hypha.relational.database.Samples.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hypha.graph.InputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Schema files that cannot be read, and those that say nothing.
class SchemaFileWordsTest {
    @TempDir
    Path folder;

    private InputException refused(Path file) {
        return catchThrowableOfType(InputException.class, () -> SchemaFile.read(file));
    }

    @Test
    void whyAFileCannotBeReadIsSaidInWords() throws IOException {
        InputException missing = refused(folder.resolve("none.yaml"));
        assertThat(missing.getMessage()).startsWith("there is no schema file").endsWith("none.yaml");
        assertThat(missing.hint()).contains("hypha schema DB --out none.yaml");
        Path latin =
                Files.write(folder.resolve("l.yaml"), "tables: {caf\u00e9: }".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(refused(latin).getMessage()).endsWith("l.yaml is not UTF-8 text");
        assertThat(refused(latin).hint()).contains("UTF-8").doesNotContain("path");
        assertThat(refused(folder).getMessage()).endsWith("is a folder, not a schema file");
        for (InputException e : new InputException[] {missing, refused(latin), refused(folder)})
            assertThat(e.getMessage()).doesNotContain("Exception");
    }

    @Test
    void aFileThatSaysNothingIsWarnedOf() throws IOException {
        Path data = Files.createDirectory(folder.resolve("db"));
        write(data, "t.csv", "id,name", "1,a", "2,a");
        for (String text : new String[] {"", "# nothing yet", "tables:"}) {
            try (Database database = open(data, write(folder, "s.yaml", text))) {
                assertThat(database.warnings()).as(text).anyMatch(w -> w.contains("s.yaml says nothing"));
            }
        }
        try (Database database = open(data, write(folder, "s.yaml", "tables: {t: {key: id}}"))) {
            assertThat(database.warnings()).noneMatch(w -> w.contains("says nothing"));
        }
    }
}
