package dev.hypha.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypha.app.Ran;
import dev.hypha.graph.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a person is told: the reason and a remedy, in words.
class WordsTest {
    @TempDir
    Path folder;

    private Path database;

    @BeforeEach
    void write() throws IOException {
        database = Files.createDirectory(folder.resolve("db"));
        Files.writeString(database.resolve("customers.csv"), "customer_id,city\n1,Oslo\n2,Bergen\n");
        Files.writeString(database.resolve("orders.csv"), "order_id,customer_id,ordered_at\n");
    }

    private Ran hypha(String verb, String... arguments) {
        String[] all = new String[arguments.length + 3];
        all[0] = verb;
        all[1] = database.toString();
        System.arraycopy(arguments, 0, all, 2, arguments.length);
        all[all.length - 1] = "--quiet";
        return Ran.hypha(all);
    }

    @Test
    void fieldsForProgramsStandInNoSentence() {
        InputException e = new InputException(
                "memory-limit", "this needs more", Map.of("neededBytes", 7, "table", "orders"), "give it");
        assertThat(Failure.of(e).sentence()).isEqualTo("this needs more (table orders). Give it");
        assertThat(Failure.of(e).json().at("/error/where/neededBytes").asInt()).isEqualTo(7);
    }

    @Test
    void anEditedSchemaFileIsNotWrittenOver() throws IOException {
        Path file = folder.resolve("sc.yaml");
        assertThat(hypha("schema", "--out", file.toString()).exit()).isZero();
        String written = Files.readString(file);
        assertThat(hypha("schema", "--out", file.toString()).exit())
                .as("the same again")
                .isZero();
        Files.writeString(file, written + "# mine\n");
        Ran again = hypha("schema", "--out", file.toString());
        assertThat(again.exit()).isEqualTo(2);
        assertThat(again.err()).contains("sc.yaml exists", "--out " + folder.resolve("sc-new.yaml"));
        assertThat(file).hasContent(written + "# mine\n");
    }

    @Test
    void whyAFileCannotBeWrittenIsSaid() throws IOException {
        Path nowhere = folder.resolve("nodir/x/sc.yaml");
        assertThat(hypha("schema", "--out", nowhere.toString()).err())
                .contains("there is no folder " + nowhere.getParent());
        assertThat(hypha("schema", "--out", folder.toString()).err()).contains("it is a folder");
        assertThat(folder.toFile().list()).containsExactly("db");
    }

    @Test
    void aModelThatIsNotThereIsSaidToBeMissing() {
        Ran ran = hypha("predict", "--model", "runs/nope");
        assertThat(ran.exit()).isEqualTo(2);
        assertThat(ran.err()).contains("'runs/nope'", "nor a folder that is there");
    }

    @Test
    void aTableWithAHeaderAloneIsSaidToBeEmpty() {
        Ran ran = hypha("predict", "PREDICT COUNT(orders.*, 0, 9, DAYS) FOR EACH customers.customer_id");
        assertThat(ran.exit()).isEqualTo(2);
        assertThat(ran.err()).contains("the table orders is empty");
    }
}
