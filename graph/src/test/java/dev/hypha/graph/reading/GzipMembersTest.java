package dev.hypha.graph.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipException;
import org.junit.jupiter.api.Test;

/// Members of gzip one after the other, whole, cut off and damaged at every byte.
class GzipMembersTest {
    private static final byte[] ONE = gzip("1,2\n2,3\n".repeat(20));
    private static final byte[] OTHER = gzip("5,6\n");
    private static final String TEXT = "1,2\n2,3\n".repeat(20) + "5,6\n";

    @Test
    void membersAreReadOneAfterTheOther() throws IOException {
        assertThat(text(joined(ONE, OTHER))).isEqualTo(TEXT);
        assertThat(text(joined(ONE, gzip(""), OTHER, gzip("")))).isEqualTo(TEXT);
        for (long seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            byte[] noise = new byte[random.nextInt(300_000)];
            random.nextBytes(noise);
            String expected = new String(noise, StandardCharsets.ISO_8859_1);
            byte[] read = new GzipMembers(new ByteArrayInputStream(joined(gzip(expected), OTHER))).readAllBytes();
            assertThat(new String(read, StandardCharsets.UTF_8))
                    .as("seed %d", seed)
                    .isEqualTo(expected + "5,6\n");
        }
    }

    @Test
    void zerosMayFollowButNothingElse() throws IOException {
        assertThat(text(joined(ONE, OTHER, new byte[1000]))).isEqualTo(TEXT);
        assertThatThrownBy(() -> text(joined(ONE, "garbage\n".getBytes(StandardCharsets.US_ASCII))))
                .isInstanceOf(ZipException.class)
                .hasMessage("what stands at byte " + (ONE.length + 1) + " follows a whole member and begins no other");
        assertThatThrownBy(() -> text(joined(ONE, new byte[1000], OTHER))).hasMessageContaining("is no zero");
    }

    @Test
    void whatIsCutOffIsTold() {
        byte[] both = joined(ONE, OTHER);
        for (int length = 2; length < both.length; length++) {
            if (length != ONE.length) {
                byte[] cut = Arrays.copyOf(both, length);
                assertThatThrownBy(() -> text(cut)).as("%d bytes", length).isInstanceOf(EOFException.class);
            }
        }
    }

    /// Some bits mean nothing to the text (the time, what fills the last byte of the compressed data): it is whole
    /// then.
    @Test
    void aFlippedBitIsToldOrLeavesTheTextWhole() {
        byte[] both = joined(ONE, OTHER);
        int refused = 0;
        for (int bit = 0; bit < both.length * Byte.SIZE; bit++) {
            byte[] flipped = both.clone();
            flipped[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
            try {
                assertThat(text(flipped)).as("bit %d", bit).isEqualTo(TEXT);
            } catch (IOException e) {
                refused++;
            }
        }
        int least = (both.length - 2 * 8) * Byte.SIZE;
        assertThat(refused).isBetween(least, both.length * Byte.SIZE);
    }

    @Test
    void allFieldsOfAHeaderAreRead() throws IOException {
        ByteArrayOutputStream header = new ByteArrayOutputStream();
        header.write(new byte[] {0x1f, (byte) 0x8b, 8, 2 | 4 | 8 | 16, 1, 2, 3, 4, 0, 3, 3, 0, 9, 9, 9});
        header.write("name\0remark\0".getBytes(StandardCharsets.US_ASCII));
        CRC32 sum = new CRC32();
        sum.update(header.toByteArray());
        header.write((int) sum.getValue());
        header.write((int) sum.getValue() >>> Byte.SIZE);
        byte[] rest = Arrays.copyOfRange(OTHER, 10, OTHER.length);
        assertThat(text(joined(header.toByteArray(), rest))).isEqualTo("5,6\n");
        byte[] wrong = header.toByteArray();
        wrong[5] ^= 1;
        assertThatThrownBy(() -> text(joined(wrong, rest))).hasMessageContaining("its header does not have");
    }

    private static String text(byte[] bytes) throws IOException {
        try (GzipMembers members = new GzipMembers(new ByteArrayInputStream(bytes))) {
            return new String(members.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            bytes.writeBytes(part);
        }
        return bytes.toByteArray();
    }

    private static byte[] gzip(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return bytes.toByteArray();
    }
}
