package dev.hypha.graph.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hypha.graph.InputException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NumpyArrayTest {
    /// `numpy.save(f, numpy.array([[1, -2, 3], [4, 5, -600]], dtype="<i2"))`, numpy 2, gzipped.
    private static final String BY_NUMPY =
            "H4sIAAAAAAACA5vsF+obEMnIUMZQrZ6SWpxcpG6loG6TaaSuo6Cell9UUpSYF59flJIKEndLzClOBYoX"
                    + "ZyQWpAL5GkY6CsaaOgq1CmQDLkaGf/+ZGVgYWBlW/AUAbMKD/IwAAAA=";

    @TempDir
    Path folder;

    @Test
    void readsWhatNumpyWrote() throws IOException {
        byte[] gzip = Base64.getDecoder().decode(BY_NUMPY);
        Path file = folder.resolve("a.npy");
        try (var in = new GZIPInputStream(new ByteArrayInputStream(gzip))) {
            Files.write(file, in.readAllBytes());
        }
        try (Arena arena = Arena.ofConfined()) {
            NumpyArray array = NumpyArray.map(file, arena);
            assertThat(array.type()).isEqualTo(NumpyType.INT16);
            assertThat(array.shape()).containsExactly(2L, 3L);
            assertThat(array.width()).isEqualTo(3);
            assertThat(array.integer(1)).isEqualTo(-2);
            assertThat(array.number(5)).isEqualTo(-600);
        }
    }

    @Test
    void readsWhatItWrote() throws IOException {
        for (NumpyType type : NumpyType.values()) {
            if (type.integer()) {
                Path file = folder.resolve(type.name());
                try (var writer = new NumpyWriter(file, type, 100_000)) {
                    for (int i = 0; i < 100_000; i++) {
                        writer.integer(i % 100);
                    }
                    writer.finish();
                }
                try (Arena arena = Arena.ofConfined()) {
                    NumpyArray array = NumpyArray.map(file, arena);
                    assertThat(array.length()).isEqualTo(100_000);
                    assertThat(array.integer(99_999)).isEqualTo(99);
                }
            }
        }
        Path file = folder.resolve("floats");
        try (var writer = new NumpyWriter(file, NumpyType.FLOAT32, 2, 3)) {
            writer.floats(new float[] {1, 2, 3});
            assertThatThrownBy(writer::finish).hasMessageContaining("3 elements are missing");
            writer.floats(new float[] {4, 5, 6.5f});
            assertThatThrownBy(() -> writer.floats(new float[1])).hasMessageContaining("more elements");
        }
    }

    @Test
    void refusesWhatIsNoArray() throws IOException {
        refused("", "is no .npy file");
        refused("\u0093NUMPX", "is no .npy file");
        refused("\u0093NUMPY\u0009\u0000\u0001\u0000\u0000\u0000", "of version 1, 2 or 3");
        refused("\u0093NUMPY\u0001\u0000\u00ff\u00ff{}", "breaks off in its head");
        refused(array("{'descr': '>f4', 'fortran_order': False, 'shape': (1,), }", 4), "elements of type >f4");
        refused(array("{'descr': '<f4', 'fortran_order': True, 'shape': (1,), }", 4), "Fortran's order");
        refused(
                array("{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }", 4),
                "4 bytes of elements instead of 8");
        refused(
                array("{'descr': '<f4', 'fortran_order': False, 'shape': (4611686018427387905, 4), }", 4),
                "a shape that no array has");
        refused(array("{'descr': '<f4', 'shape': (1,), }", 4), "has no order in its head");
        assertThatThrownBy(() -> NumpyArray.map(folder.resolve("none"), Arena.ofAuto()))
                .isInstanceOf(InputException.class);
        var random = new Random(1);
        byte[] good = array("{'descr': '<f4', 'fortran_order': False, 'shape': (1,), }", 4)
                .getBytes(StandardCharsets.ISO_8859_1);
        for (int i = 0; i < 500; i++) {
            byte[] bytes = Arrays.copyOf(good, random.nextInt(good.length + 1));
            for (int j = 0; j < 3 && bytes.length > 0; j++) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            Path file = Files.write(folder.resolve("r" + i), bytes);
            try (Arena arena = Arena.ofConfined()) {
                assertThat(NumpyArray.map(file, arena).length())
                        .as("array %d", i)
                        .isGreaterThanOrEqualTo(0);
            } catch (InputException e) {
                assertThat(e).as("array %d", i).hasMessageContaining(file.toString());
            }
        }
    }

    @Test
    void aFolderThatIsNoGraphIsToldByFileAndPlace() throws IOException {
        write("indptr", 0, 2, 1, 3);
        write("indices", 0, 1, 2);
        open("indptr.npy falls at 2");
        write("indptr", 0, 1, 2, 4);
        open("does not go from 0 to the 3 indices");
        write("indptr", 0, 1, 2, 3);
        write("indices", 0, 3, 2);
        open("indices.npy names node 3 of 3 at 1");
        write("indices", 0, 2, 1);
        write("y", 7, 8, 9);
        write("other", 7, 8);
        try (Arena arena = Arena.ofConfined()) {
            NumpyFolder graph = NumpyFolder.open(folder, arena);
            assertThat(graph.columns()).containsOnlyKeys("y");
            assertThat(graph.symmetric()).isTrue();
        }
        write("indices", 0, 2, 0);
        try (Arena arena = Arena.ofConfined()) {
            assertThat(NumpyFolder.open(folder, arena).symmetric()).isFalse();
        }
    }

    private void open(String message) {
        try (Arena arena = Arena.ofConfined()) {
            assertThatThrownBy(() -> NumpyFolder.open(folder, arena))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining(message);
        }
    }

    private void write(String name, long... values) throws IOException {
        Path file = folder.resolve(name + ".npy");
        Files.deleteIfExists(file);
        try (var writer = new NumpyWriter(file, NumpyType.INT64, values.length)) {
            for (long value : values) {
                writer.integer(value);
            }
            writer.finish();
        }
    }

    private static String array(String head, int bytes) {
        return "\u0093NUMPY\u0001\u0000" + (char) head.length() + "\u0000" + head + "\u0000".repeat(bytes);
    }

    private void refused(String bytes, String message) throws IOException {
        Path file = Files.write(folder.resolve("wrong.npy"), bytes.getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> NumpyArray.map(file, Arena.ofAuto()))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(message);
    }
}
