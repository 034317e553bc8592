package dev.hypha.relational.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypha.graph.InputException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/// What is full is named, by whichever of the failure and the caller knows it.
class DiskFullTest {
    private static final Path WANTED = Path.of("/out/run");

    private static String message(Throwable thrown) {
        return DiskFull.of(thrown, WANTED).map(InputException::getMessage).orElse("");
    }

    @Test
    void theFailureNamesTheFileOrTheCallerDoes() {
        assertThat(message(new IOException("No space left on device")))
                .isEqualTo("the disk is full: /out/run cannot be written");
        assertThat(message(new FileSystemException("/d/f.csv", null, "No space left on device")))
                .isEqualTo("the disk is full: /d/f.csv cannot be written");
        assertThat(message(
                        new SQLException("IO Error: Could not write file \"/d/x.csv.part\": No space left on device")))
                .isEqualTo("the disk is full: /d/x.csv.part cannot be written");
        assertThat(message(new SQLException("IO Error: Async write failed: {\"exception_message\":"
                        + "\"Could not write file \\\"/d/y.csv\\\": No space left on device\"}")))
                .isEqualTo("the disk is full: /d/y.csv cannot be written");
        assertThat(message(new IOException("There is not enough space on the disk")))
                .contains("/out/run");
        assertThat(message(new IOException("Permission denied"))).isEmpty();
    }

    @Test
    void theTemporaryFolderIsNamedForWhatLiesInIt() {
        Path temporary = Staging.temporaryFolder();
        for (String staged :
                new String[] {temporary + "/hypha-17-42/spill/a.tmp", temporary + "/hypha-17-42/staging.duckdb"}) {
            RuntimeException e = SqlFailure.of(
                    "x",
                    new SQLException("IO Error: Could not write file \"" + staged + "\": No space left on device"));
            assertThat(e).hasMessageEndingWith("the folder for temporary files, " + temporary);
        }
        assertThat(SqlFailure.of(
                        "x",
                        new SQLException("IO Error: Could not write file \"/home/shop.duckdb.wal\": No space left")))
                .hasMessage("the disk is full: /home/shop.duckdb.wal cannot be written");
    }
}
