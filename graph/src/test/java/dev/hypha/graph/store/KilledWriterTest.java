package dev.hypha.graph.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypha.graph.importing.Imports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An import in a process of its own, killed in the middle.
class KilledWriterTest {
    @TempDir
    Path folder;

    /// Imports one file.
    static final class Importing {
        private Importing() {}

        public static void main(String[] arguments) throws IOException {
            Imports.run(Imports.request(Path.of(arguments[0]), Imports.edges(Path.of(arguments[1]))));
        }
    }

    @Test
    void leavesNoStoreAndDoesNotHinderTheNext() throws IOException, InterruptedException {
        Path out = folder.resolve("g");
        Path edges = folder.resolve("e.csv");
        // Long enough that the kill comes before the end on any machine: the partial folder is there from the start.
        Files.writeString(edges, "1,2\n3,4\n".repeat(4_000_000));
        Process process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Importing.class.getName(),
                        out.toString(),
                        edges.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        Path partial = folder.resolve("g.partial");
        while (!Files.exists(partial) && process.isAlive()) {
            Thread.onSpinWait();
        }
        process.destroyForcibly().waitFor();
        assertThat(partial).as(Files.readString(folder.resolve("log"))).exists();
        assertThat(out).doesNotExist();
        Files.writeString(edges, "1,2\n");
        Imports.run(Imports.request(out, Imports.edges(edges)));
        assertThat(GraphStore.check(out)).isEqualTo(List.of());
        assertThat(partial).doesNotExist();
    }
}
