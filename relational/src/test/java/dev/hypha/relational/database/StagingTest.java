package dev.hypha.relational.database;

import static dev.hypha.relational.database.Samples.open;
import static dev.hypha.relational.database.Samples.rows;
import static dev.hypha.relational.database.Samples.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hypha.graph.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StagingTest {
    @TempDir
    Path folder;

    private static Set<String> left() throws IOException {
        String mine = "hypha-" + ProcessHandle.current().pid() + "-";
        try (Stream<Path> all = Files.list(Staging.temporaryFolder())) {
            return all.map(p -> p.getFileName().toString())
                    .filter(n -> n.startsWith(mine))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    @Test
    void nothingIsLeftBehindEvenAfterAFailure() throws IOException {
        Set<String> before = left();
        write(folder, "t.csv", "id", "1");
        try (Database database = open(folder)) {
            assertThat(left()).hasSize(before.size() + 1);
            assertThat(database.location()).isEqualTo(folder.toString());
        }
        write(folder, "t.csv", "id", "1,2");
        assertThatThrownBy(() -> open(folder)).isInstanceOf(InputException.class);
        assertThat(left()).isEqualTo(before);
    }

    @Test
    void whatAKilledProcessLeftIsSwept() throws IOException, InterruptedException {
        Process gone = new ProcessBuilder("true").start();
        gone.waitFor();
        Path orphan = Files.createDirectory(Staging.temporaryFolder().resolve("hypha-" + gone.pid() + "-123456789"));
        write(orphan, "staging.duckdb", "x");
        Staging.open(2, Samples.MEMORY).close();
        assertThat(orphan).doesNotExist();
    }

    @Test
    void neverFetchesExtensionsAndKeepsToItsMemory() {
        write(folder, "t.csv", "id", "1");
        try (Database database = open(folder)) {
            assertThat(rows(
                            database,
                            "SELECT name, value FROM duckdb_settings() WHERE name IN ('autoinstall_known_extensions',"
                                    + " 'autoload_known_extensions', 'memory_limit') ORDER BY name"))
                    .containsExactly(
                            "autoinstall_known_extensions|false",
                            "autoload_known_extensions|false",
                            "memory_limit|256.0 MiB");
        }
    }

    @Test
    void machineFaultsAreSaidInASentence() {
        RuntimeException full = SqlFailure.of(
                "CREATE TABLE x",
                new SQLException("IO Error: Could not write file \"/t/staging.duckdb\": No space left on device"));
        assertThat(full).isInstanceOf(InputException.class).hasMessageContaining("disk is full");
        assertThat(((InputException) full).kind()).isEqualTo("disk-full");
        RuntimeException memory = SqlFailure.of(
                "SELECT 1", new SQLException("Out of Memory Error: failed to allocate data of size 1.0 GiB"));
        assertThat(((InputException) memory).kind()).isEqualTo("memory-limit");
        assertThat(SqlFailure.of("SELECT x", new SQLException("Binder Error: no x")))
                .isInstanceOf(SqlFailure.class);
    }
}
