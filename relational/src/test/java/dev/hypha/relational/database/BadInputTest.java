package dev.hypha.relational.database;

import static dev.hypha.relational.database.Samples.gzip;
import static dev.hypha.relational.database.Samples.open;
import static dev.hypha.relational.database.Samples.refusal;
import static dev.hypha.relational.database.Samples.write;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hypha.graph.InputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Every mistake is one sentence with its place and a remedy, and leaves nothing behind.
class BadInputTest {
    @TempDir
    Path folder;

    private void folderRefused(String kind, String... words) {
        refused(folder.toString(), kind, words);
    }

    private static void refused(String location, String kind, String... words) {
        InputException e = refusal(location);
        assertThat(e).as("opening %s", location).isNotNull();
        assertThat(e.kind()).isEqualTo(kind);
        assertThat(e.getMessage()).doesNotContain("\n");
        for (String word : words) assertThat(e.getMessage()).contains(word);
        assertThat(e.hint()).isNotBlank();
        assertThat(e.where()).isNotEmpty();
    }

    @Test
    void aPlaceThatIsNoDatabase() throws IOException {
        refused(folder.resolve("none").toString(), "not-found", "none");
        refused("", "not-found");
        refused("jdbc:duckdb:", "not-found");
        refused("jdbc:oracle:thin:@h:1:x", "unknown-url");
        refused("postgresql://u:secret@h/d", "unknown-url");
        assertThat(refusal("postgresql://u:secret@h/d").getMessage()).doesNotContain("secret");
        refused(write(folder, "notes.duckdb", "hello").toString(), "not-a-database", "notes.duckdb");
        refused(Files.createFile(folder.resolve("empty.db")).toString(), "not-a-database", "empty");
        refused(write(folder, "t.csv", "a,b").toString(), "not-a-database", "t.csv");
    }

    @Test
    void aFolderWithoutTables() {
        write(folder, "README.md", "nothing");
        folderRefused("no-tables", folder.toString());
    }

    @Test
    void oneTableInTwoFiles() {
        write(folder, "t.csv", "a", "1");
        write(folder, "T.tsv", "a", "1");
        folderRefused("duplicate-table", "t.csv", "T.tsv");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', textBlock = """
            1,a,extra  ~ 3 fields where the header has 2
            1          ~ 1 fields where the header has 2
            1,"a       ~ quote that does not end
            """)
    void aWrongRow(String row, String what) {
        write(folder, "t.csv", "id,name", "", "8,x", "9,\"two\nlines\"", row, "2,b");
        folderRefused("csv-row", "t.csv, line 6", what);
    }

    @Test
    void aWrongRowFarDownInAPackedFile() {
        String[] lines = new String[120_000];
        Arrays.setAll(lines, i -> i == 0 ? "id,name" : i == 100_000 ? "1,2,3" : i + ",x");
        gzip(folder, "t.csv.gz", lines);
        folderRefused("csv-row", "t.csv.gz, line 100001", "3 fields");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', textBlock = """
            id,ID  ~ twice
            id,,x  ~ without a name
            ''     ~ no header
            """)
    void aWrongHeader(String header, String what) {
        write(folder, "t.csv", header);
        folderRefused("unreadable-file", "t.csv", what);
    }

    @Test
    void textThatIsNotUtf8() throws IOException {
        Files.write(folder.resolve("t.csv"), "id,name\n1,café\n".getBytes(StandardCharsets.ISO_8859_1));
        folderRefused("csv-row", "t.csv, line 2", "UTF-8");
        Files.write(folder.resolve("t.csv"), "id,café\n1,x\n".getBytes(StandardCharsets.ISO_8859_1));
        folderRefused("unreadable-file", "t.csv", "UTF-8");
        Files.write(folder.resolve("t.csv"), "id,name\n1,x\n".getBytes(StandardCharsets.UTF_16));
        assertThat(refusal(folder.toString())).isNotNull();
    }

    @Test
    void filesThatEndTooEarly() throws IOException, SQLException {
        byte[] packed = Files.readAllBytes(gzip(
                folder,
                "t.csv.gz",
                new SplittableRandom(1).longs(2000).mapToObj(Long::toString).toArray(String[]::new)));
        for (int length : new int[] {3, 12, packed.length / 2, packed.length - 1}) {
            Files.write(folder.resolve("t.csv.gz"), Arrays.copyOf(packed, length));
            folderRefused("unreadable-file", "t.csv.gz", "truncated");
        }
        packed[packed.length / 2] ^= 0x55;
        Files.write(folder.resolve("t.csv.gz"), packed);
        folderRefused("unreadable-file", "t.csv.gz");
        Files.delete(folder.resolve("t.csv.gz"));

        Path parquet = folder.resolve("t.parquet");
        try (Connection c = DriverManager.getConnection("jdbc:duckdb:");
                Statement s = c.createStatement()) {
            s.execute("COPY (SELECT range AS a FROM range(10000)) TO '" + parquet + "' (FORMAT parquet)");
        }
        byte[] whole = Files.readAllBytes(parquet);
        for (int length : new int[] {4, 11, whole.length / 2, whole.length - 1}) {
            Files.write(parquet, Arrays.copyOf(whole, length));
            folderRefused("unreadable-file", "t.parquet");
        }
        write(folder, "t.parquet", "a,b", "1,2");
        folderRefused("unreadable-file", "t.parquet", "not a Parquet file");
    }

    @Test
    void aDamagedDuckDbFile() throws IOException, SQLException {
        Path file = folder.resolve("d.duckdb");
        try (Connection c = DriverManager.getConnection("jdbc:duckdb:" + file);
                Statement s = c.createStatement()) {
            s.execute("CREATE TABLE t AS SELECT range AS a FROM range(100000)");
        }
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, 5000));
        refused(file.toString(), "unreadable-file", "d.duckdb");
        Arrays.fill(whole, 14_000, whole.length - 10, (byte) 7);
        Files.write(file, whole);
        refused(file.toString(), "unreadable-file", "d.duckdb");
    }

    @Test
    void aDamagedSqliteFile() throws IOException {
        Path file = folder.resolve("s.db");
        byte[] noise = new byte[9000];
        new SplittableRandom(3).nextBytes(noise);
        System.arraycopy("SQLite format 3\0".getBytes(StandardCharsets.US_ASCII), 0, noise, 0, 16);
        Files.write(file, noise);
        refused(file.toString(), "unreadable-file", "s.db");
    }

    @Test
    void aDuckDbFileThatAnotherProcessWrites() throws Exception {
        Path file = folder.resolve("locked.duckdb");
        Process other = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LockHolder.class.getName(),
                        file.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            int ready = other.getInputStream().read();
            assertThat(ready).isEqualTo('!');
            refused(file.toString(), "database-locked", "locked.duckdb", "another process");
        } finally {
            other.destroy();
            other.waitFor();
        }
        try (Database database = open(file)) {
            assertThat(database.schema().tables()).hasSize(1);
        }
    }

    /// Holds a DuckDB file open for writing until it is killed.
    static final class LockHolder {
        private LockHolder() {}

        public static void main(String[] arguments) throws Exception {
            try (Connection c = DriverManager.getConnection("jdbc:duckdb:" + arguments[0]);
                    Statement s = c.createStatement()) {
                s.execute("CREATE TABLE t(id INTEGER)");
                s.execute("CHECKPOINT");
                System.out.print('!');
                System.out.flush();
                Thread.sleep(60_000);
            }
        }
    }

    @Test
    void aDuckDbFileThatThisProcessWrites() throws SQLException {
        Path file = folder.resolve("open.duckdb");
        try (Connection c = DriverManager.getConnection("jdbc:duckdb:" + file);
                Statement s = c.createStatement()) {
            s.execute("CREATE TABLE t(id INTEGER)");
            s.execute("CHECKPOINT");
            refused(file.toString(), "database-locked", "open.duckdb");
        }
    }

    @Test
    void aKeyThatRepeatsOrIsMissing() {
        write(folder, "customers.csv", "customer_id,x", "1,a", "2,b", "3,c", "2,d");
        folderRefused("duplicate-key", "customers.customer_id", "value 2 in 2 rows");
        write(folder, "customers.csv", "customer_id,x", "1,a", "2,b", ",c", "3,d");
        folderRefused("duplicate-key", "customers.customer_id", "missing in 1 row");
    }

    @Test
    void aServerThatIsNotThere() {
        String url = "jdbc:postgresql://127.0.0.1:1/shop?user=u&password=secret";
        refused(url, "database-down", "127.0.0.1:1");
        assertThat(refusal(url).getMessage()).doesNotContain("secret");
    }
}
