package dev.hypha.relational.database;

import static dev.hypha.relational.database.Samples.open;
import static dev.hypha.relational.database.Samples.refusal;
import static dev.hypha.relational.database.Samples.rows;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hypha.graph.InputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Which line a row stands on, and files whose line ends differ.
class CsvLinesTest {
    private static final String[] ENDS = {"\n", "\r\n", "\r"};

    @TempDir
    Path folder;

    /// A random file with what it holds.
    private record Written(String text, List<Long> lines, List<String> values) {
        /// @param ends one of `ENDS` for all lines, or -1 for any
        static Written of(long seed, int ends) {
            SplittableRandom random = new SplittableRandom(seed);
            StringBuilder text = new StringBuilder(random.nextBoolean() ? "\uFEFF" : "");
            List<Long> lines = new ArrayList<>();
            List<String> values = new ArrayList<>();
            long line = 1;
            for (int row = -1; row < 12; row++) {
                while (row >= 0 && random.nextInt(4) == 0) {
                    // A blank line after CR must not begin with LF: the two would be one line end.
                    boolean afterReturn = text.charAt(text.length() - 1) == '\r';
                    String end = end(random, ends);
                    text.append(afterReturn && end.equals("\n") ? "\r\n" : end);
                    line++;
                }
                lines.add(line);
                String value = row < 0 ? "name" : value(random);
                values.add(value);
                boolean quoted = value.contains("\n") || value.contains("\r") || value.startsWith("\"");
                text.append(row < 0 ? "id" : row).append(',');
                text.append(quoted ? '"' + value.replace("\"", "\"\"") + '"' : value);
                text.append(end(random, ends));
                line += 1 + value.chars().filter(c -> c == '\n').count();
            }
            return new Written(text.toString(), lines, values);
        }

        private static String end(SplittableRandom random, int ends) {
            return ENDS[ends < 0 ? random.nextInt(ENDS.length) : ends];
        }

        private static String value(SplittableRandom random) {
            String[] values = {
                "plain", "two\nlines", "two\r\nlines", "5\" tape", "\"", "\"a\"\n\"b\"", "\"\"", "x\n\n\ny"
            };
            return values[random.nextInt(values.length)];
        }
    }

    private Path write(String text) throws IOException {
        Files.createDirectories(folder.resolve("db"));
        return Files.write(folder.resolve("db/t.csv"), text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void rowsAreFoundWhereTheyWereWritten() throws IOException {
        for (long seed = 0; seed < 200; seed++) {
            Written written = Written.of(seed, (int) (seed % 4) - 1);
            CsvLines lines = new CsvLines(write(written.text()), ',');
            for (int row = 0; row < written.lines().size(); row++) {
                assertThat(lines.lineOf(row + 1, false))
                        .as("seed %d, row %d", seed, row)
                        .isEqualTo(written.lines().get(row));
            }
        }
    }

    @Test
    void mixedLineEndsAreReadAndSaid() throws IOException {
        for (long seed = 0; seed < 12; seed++) {
            Written written = Written.of(seed, -1);
            write(written.text());
            try (Database database = open(folder.resolve("db"))) {
                assertThat(rows(database, "SELECT name FROM data.t ORDER BY id"))
                        .as("seed %d", seed)
                        .isEqualTo(written.values().subList(1, written.values().size()));
                assertThat(database.warnings()).anyMatch(w -> w.contains("ends otherwise than the lines before it"));
            }
        }
        write("id,name\n1,a\n2,b\r\n3,c\n");
        try (Database database = open(folder.resolve("db"))) {
            assertThat(rows(database, "SELECT * FROM data.t"))
                    .containsExactly("1|a|0|null", "2|b|1|null", "3|c|2|null");
            assertThat(database.warnings()).anyMatch(w -> w.contains("t.csv, line 3, ends otherwise"));
        }
    }

    @Test
    void aWrongRowOfAMixedFileIsNamedByItsLine() throws IOException {
        write("id,name\r\n1,a\n\n2,b,c\r\n3,d\n");
        InputException e = refusal(folder.resolve("db").toString());
        assertThat(e.getMessage()).contains("t.csv, line 4, has 3 fields where the header has 2");
    }
}
