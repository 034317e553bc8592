package dev.hypha.graph.reading;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RowCountTest {
    @TempDir
    Path folder;

    @Test
    void smallFilesAreCounted() throws IOException {
        for (String text : new String[] {"", "1,2", "1,2\n", "1,2\n3,4", "1,2\n3,4\n", "1,2\n".repeat(300_000)}) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            long lines = text.lines().count();
            assertThat(RowCount.about(Files.write(folder.resolve("plain"), bytes)))
                    .isEqualTo(lines);
            assertThat(RowCount.about(Files.write(folder.resolve("packed"), gzip(bytes))))
                    .isEqualTo(lines);
        }
    }

    /// Ids that rise, as in files that are in order, so that the first lines are shorter than the others.
    @Test
    void largeFilesAreJudgedByPiecesOfThem() throws IOException {
        Random random = new Random(1);
        StringBuilder text = new StringBuilder();
        int lines = 3_000_000;
        for (int i = 0; i < lines; i++) {
            text.append(i).append(',').append(random.nextInt(lines)).append('\n');
        }
        byte[] bytes = text.toString().getBytes(StandardCharsets.US_ASCII);
        assertThat(bytes.length).isGreaterThan(RowCount.MOST_TEXT);
        assertThat(RowCount.about(Files.write(folder.resolve("plain"), bytes)))
                .isCloseTo(lines, Percentage.withPercentage(1));
        assertThat(RowCount.about(Files.write(folder.resolve("packed"), gzip(bytes))))
                .isCloseTo(lines, Percentage.withPercentage(3));
        // Two members, whose last length is not that of the whole.
        ByteArrayOutputStream two = new ByteArrayOutputStream();
        two.write(gzip(bytes));
        two.write(gzip("1,2\n".getBytes(StandardCharsets.US_ASCII)));
        assertThat(RowCount.about(Files.write(folder.resolve("two"), two.toByteArray())))
                .isCloseTo(lines, Percentage.withPercentage(10));
    }

    private static byte[] gzip(byte[] text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text);
        }
        return bytes.toByteArray();
    }
}
