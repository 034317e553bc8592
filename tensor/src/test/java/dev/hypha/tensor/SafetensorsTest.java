package dev.hypha.tensor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SafetensorsTest {
    @TempDir
    private Path folder;

    private final Memory memory = Memory.unlimited();

    @AfterEach
    void free() {
        memory.close();
    }

    private Matrix random(int rows, int cols, long key) {
        SplittableRandom random = new SplittableRandom(key);
        Matrix m = Matrix.of(memory, Purpose.PARAMETERS, rows, cols);
        for (int i = 0; i < m.size(); i++) m.put(i, Float.intBitsToFloat(random.nextInt()));
        return m;
    }

    private static MemorySegment segment(StoredMatrix matrix) {
        return switch (matrix) {
            case Matrix m -> m.segment();
            case Bfloat16Matrix m -> m.segment();
            case SparseMatrix _ -> throw new AssertionError("none here");
        };
    }

    private Map<String, StoredMatrix> some() {
        Map<String, StoredMatrix> tensors = new LinkedHashMap<>();
        tensors.put("layer.weight", random(37, 11, 1));
        // An odd number of two bytes each: what follows does not start at a multiple of four.
        tensors.put("embeddings", Bfloat16Matrix.of(memory, Purpose.PARAMETERS, random(33, 5, 4)));
        tensors.put("empty", random(0, 4, 2));
        tensors.put("name with \"quotes\", \\ and ü😀\n", random(1, 18_000, 3));
        return tensors;
    }

    private Path written() throws IOException {
        Path file = folder.resolve("some.safetensors");
        Safetensors.write(file, some(), Map.of("note", "a \"b\" \u0001 é"));
        return file;
    }

    private Path bytes(String header, int dataBytes) throws IOException {
        byte[] text = header.getBytes(UTF_8);
        ByteBuffer all = ByteBuffer.allocate(8 + text.length + dataBytes).order(ByteOrder.LITTLE_ENDIAN);
        return Files.write(
                folder.resolve("hostile"), all.putLong(text.length).put(text).array());
    }

    @Test
    void whatIsWrittenIsReadToTheSameBits() throws IOException {
        Path file = written();
        Safetensors read = Safetensors.read(file);
        assertThat(read.names()).containsExactlyElementsOf(some().keySet());
        assertThat(read.metadata()).isEqualTo(Map.of("note", "a \"b\" \u0001 é"));
        assertThat(read.shape("layer.weight")).isEqualTo(new Shape(37, 11));
        assertThat(read.isBfloat16("embeddings")).isTrue();
        assertThat(read.isBfloat16("empty")).isFalse();
        Map<String, StoredMatrix> targets = new LinkedHashMap<>();
        some().forEach((name, m) -> targets.put(
                name,
                m instanceof Bfloat16Matrix
                        ? Bfloat16Matrix.of(memory, Purpose.PARAMETERS, m.rows(), m.cols())
                        : Matrix.of(memory, Purpose.PARAMETERS, m.rows(), m.cols())));
        read.copyTo(targets);
        some().forEach((name, m) ->
                assertThat(segment(targets.get(name)).mismatch(segment(m))).isEqualTo(-1));
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void aFailedWriteLeavesTheOldFileAlone() throws IOException {
        Path file = written();
        byte[] before = Files.readAllBytes(file);
        Map<String, StoredMatrix> tensors = some();
        Matrix freed = Matrix.of(memory, Purpose.PARAMETERS, 2, 2);
        freed.close();
        tensors.put("freed", freed);
        assertThatThrownBy(() -> Safetensors.write(file, tensors, Map.of())).isInstanceOf(IllegalStateException.class);
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void everyTruncationIsFound() throws IOException {
        byte[] whole = Files.readAllBytes(written());
        Path file = folder.resolve("cut");
        for (int length = 0; length < whole.length; length += length < 400 ? 1 : 1997) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> Safetensors.read(file))
                    .as("cut to %d bytes", length)
                    .isInstanceOf(SafetensorsException.class)
                    .hasMessageStartingWith(file + ": ");
        }
        Files.write(file, Arrays.copyOf(whole, whole.length + 1));
        assertThatThrownBy(() -> Safetensors.read(file)).hasMessageContaining("1 bytes follow");
    }

    @Test
    void everyFlippedBitIsFoundOrHarmless() throws IOException {
        byte[] whole = Files.readAllBytes(written());
        long headerBytes =
                8 + ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN).getLong();
        Path file = folder.resolve("flipped");
        SplittableRandom random = new SplittableRandom(11);
        for (int i = 0; i < 600; i++) {
            int at = i % 2 == 0 ? random.nextInt((int) headerBytes) : random.nextInt(whole.length);
            byte[] flipped = whole.clone();
            flipped[at] ^= (byte) (1 << random.nextInt(8));
            Files.write(file, flipped);
            try {
                // A changed name or note is not an error of the format; data and places must be as they were.
                Safetensors read = Safetensors.read(file);
                assertThat(at).as("flip %d", i).isBetween(8, (int) headerBytes - 1);
                assertThat(read.names()).hasSize(4);
            } catch (SafetensorsException e) {
                assertThat(e.problem()).isNotBlank();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 0, 1, Long.MAX_VALUE, Long.MIN_VALUE, 1L << 40, 1 << 30})
    void aHeaderOfAnUnlikelySizeIsNotAllocated(long size) throws IOException {
        ByteBuffer all = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN).putLong(size);
        Path file = Files.write(folder.resolve("hostile"), all.array());
        assertThatThrownBy(() -> Safetensors.read(file))
                .isInstanceOf(SafetensorsException.class)
                .hasMessageContaining("header");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},\"b\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[4,12]}} | overlaps",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[4,12]}} | gap",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}} | 4 bytes follow",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[4],\"data_offsets\":[0,16]}} | cut off within tensor 'a'",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[0,8]}} | does not take up",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[12,0]}} | does not take up",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[-3],\"data_offsets\":[0,12]}} | no sound shape",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[]}} | no sound data_offsets",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[0]}} | does not take up",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[1,1,3],\"data_offsets\":[0,12]}} | 3 dimensions",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[0,12]}} | 0 dimensions",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[2147483647,2147483647],\"data_offsets\":[0,12]}} | does not take up",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[4294967296,1],\"data_offsets\":[0,12]}} | 2^31",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[99999999999999999999],\"data_offsets\":[0,12]}} | whole number",
                "{\"a\":{\"dtype\":\"F16\",\"shape\":[6],\"data_offsets\":[0,12]}} | F16",
                "{\"a\":{\"dtype\":\"bf16\",\"shape\":[6],\"data_offsets\":[0,12]}} | bf16",
                "{\"a\":{\"dtype\":[\"BF16\"],\"shape\":[6],\"data_offsets\":[0,12]}} | type [BF16]",
                "{\"a\":{\"dtype\":\"BF16\",\"shape\":[3],\"data_offsets\":[0,12]}} | does not take up",
                "{\"a\":{\"dtype\":\"BF16\",\"shape\":[5],\"data_offsets\":[0,10]}} | 2 bytes follow",
                "{\"a\":{\"dtype\":\"BF16\",\"shape\":[8],\"data_offsets\":[0,16]}} | cut off within tensor 'a'",
                "{\"a\":{\"dtype\":\"BF16\",\"shape\":[2,2],\"data_offsets\":[0,8]},\"b\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[4,12]}} | overlaps",
                "{\"a\":{\"dtype\":\"BF16\",\"shape\":[2147483647,2147483647],\"data_offsets\":[0,12]}} | does not take up",
                "{\"a\":{\"shape\":[3],\"data_offsets\":[0,12]}} | type null",
                "{\"b\":[],\"a\":{}} | not an object",
                "{\"__metadata__\":{\"x\":1}} | not a string",
                "{\"__metadata__\":[]} | not an object",
                "[1,2,3] | not an object",
                "{\"a\":1.5} | broken",
                "{\"a\":true} | broken",
                "{\"a\" | broken",
                "{} x | more text",
                "[[[[[[[[[[[[1]]]]]]]]]]]] | too deep",
                "{\"a\\u00g0\":1} | broken",
                "{\"a\\q\":1} | broken",
            })
    void hostileHeadersAreRefused(String header, String problem) throws IOException {
        Path file = bytes(header, 12);
        assertThatThrownBy(() -> Safetensors.read(file))
                .isInstanceOf(SafetensorsException.class)
                .hasMessageContaining(problem);
    }

    @Test
    void aRepeatedNameIsRefused() throws IOException {
        String entry = "\"a\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[0,12]}";
        Path file = bytes("{" + entry + "," + entry + "}", 12);
        assertThatThrownBy(() -> Safetensors.read(file)).hasMessageContaining("'a' stands there twice");
    }

    @Test
    void aHeaderThatIsNotTextIsRefused() throws IOException {
        Path file = bytes("{\"aa\":[]}", 0);
        byte[] bytes = Files.readAllBytes(file);
        bytes[10] = (byte) 0xff;
        Files.write(file, bytes);
        assertThatThrownBy(() -> Safetensors.read(file)).hasMessageContaining("UTF-8");
    }

    @Test
    void filesOfOthersAreReadInAnyOrder() throws IOException {
        Path file = bytes(
                "{\"b\":{\"dtype\":\"F32\",\"shape\":[1,2],\"data_offsets\":[4,12]},"
                        + "\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}  ",
                12);
        byte[] bytes = Files.readAllBytes(file);
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putFloat(bytes.length - 4, 2.5f);
        Files.write(file, bytes);
        Matrix a = Matrix.of(memory, Purpose.PARAMETERS, 1, 1);
        Matrix b = Matrix.of(memory, Purpose.PARAMETERS, 1, 2);
        Safetensors.read(file).copyTo(Map.of("a", a, "b", b));
        assertThat(b.toArray()).containsExactly(0, 2.5f);
    }

    @Test
    void bfloat16IsWidenedButFloat32IsNotRounded() throws IOException {
        Path file = folder.resolve("embeddings");
        Bfloat16Matrix half = Bfloat16Matrix.of(memory, Purpose.PARAMETERS, random(300, 129, 6));
        Safetensors.write(file, Map.of("half", half), Map.of());
        Matrix wide = Matrix.of(memory, Purpose.PARAMETERS, 300, 129);
        Safetensors.read(file).copyTo(Map.of("half", wide));
        for (long i = 0; i < wide.size(); i++) {
            assertThat(Float.floatToRawIntBits(wide.at(i))).isEqualTo(Float.floatToRawIntBits(half.at(i)));
        }
        Safetensors.write(file, Map.of("half", wide), Map.of());
        Bfloat16Matrix untouched = Bfloat16Matrix.of(memory, Purpose.PARAMETERS, 300, 129);
        assertThatThrownBy(() -> Safetensors.read(file).copyTo(Map.of("half", untouched)))
                .isInstanceOf(SafetensorsException.class)
                .hasMessageContaining("is float32, wanted is bfloat16");
        SparseMatrix sparse = SparseMatrix.of(memory, Purpose.PARAMETERS, wide.slice(0, 1));
        assertThatThrownBy(() -> Safetensors.write(file, Map.of("half", sparse), Map.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void otherNamesOrShapesAreRefusedAndNothingChanges() throws IOException {
        Path file = folder.resolve("weights");
        try (Parameters saved = new Parameters(memory);
                Parameters target = new Parameters(memory)) {
            saved.add("a", 2, 2).value().fill(3);
            saved.add("b", 1, 2).value().fill(4);
            saved.save(file, Map.of("model", "x"));
            Matrix a = target.add("a", 2, 2).value();
            assertThatThrownBy(() -> target.load(file)).hasMessageContaining("'b' too many");
            target.add("b", 2, 1);
            assertThatThrownBy(() -> target.load(file)).hasMessageContaining("'b' has shape [1, 2], wanted is [2, 1]");
            assertThat(a.toArray()).containsOnly(0);
            saved.add("c", 1, 1);
            assertThatThrownBy(() -> saved.load(file)).hasMessageContaining("lacks tensor 'c'");
        }
    }

    @Test
    void parametersComeBack() throws IOException {
        Path file = folder.resolve("weights");
        try (Parameters parameters = new Parameters(memory)) {
            parameters.add("a", 2, 2).value().fill(3);
            parameters.addUntrained("moments", 1, 2).value().fill(4);
            parameters.save(file, Map.of("model", "x"));
            for (Parameter p : parameters) p.value().fill(0);
            assertThat(parameters.load(file)).isEqualTo(Map.of("model", "x"));
            assertThat(parameters.get("a").value().toArray()).containsOnly(3);
            assertThat(parameters.get("moments").value().toArray()).containsOnly(4);
        }
    }
}
