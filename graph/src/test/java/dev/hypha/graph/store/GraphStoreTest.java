package dev.hypha.graph.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hypha.graph.InputException;
import dev.hypha.graph.store.v1.DataFileWriter;
import dev.hypha.graph.store.v1.FileNames;
import dev.hypha.graph.store.v1.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A small store with everything that a store can hold, damaged in every way.
class GraphStoreTest {
    @TempDir
    Path folder;

    Path store;

    @BeforeEach
    void make() throws IOException {
        store = folder.resolve("store");
        try (StoreWriter writer = StoreWriter.create(store)) {
            int people = writer.nodes("people\tand\nothers \\", 3, false);
            longs(writer, FileNames.ids(people), Kind.IDS, -7, 0, 9);
            writer.timed(people);
            longs(writer, FileNames.times(people), Kind.TIMES, 30, 10, 20);
            int towns = writer.nodes("towns", 2, true);
            texts(writer, FileNames.ids(towns), "Elm", "Öl");
            String matrix = writer.nodeColumn(people, "x", ColumnType.FLOAT32, 2);
            try (DataFileWriter file = writer.begin(matrix, Kind.FLOAT32)) {
                file.floats(new float[] {1, 2, 3, 4, 5, Float.NaN}, 0, 6);
                writer.end(file);
            }
            String word = writer.nodeColumn(towns, "size", ColumnType.TEXT, 1);
            ints(writer, word, Kind.CODES, 1, -1);
            texts(writer, word, "large", "small");
            int lives = writer.edges("lives in", people, towns, 3, 1, false);
            longs(writer, FileNames.offsets(lives), Kind.OFFSETS, 0, 2, 3);
            // By (time, number): person 1 came at 10, person 0 at 30.
            ints(writer, FileNames.sources(lives), Kind.SOURCES, 1, 0, 2);
            String since = writer.edgeColumn(lives, "since", ColumnType.FLOAT64, 1);
            try (DataFileWriter file = writer.begin(since, Kind.FLOAT64)) {
                file.doubles(new double[] {0.5, 1.5, 2.5}, 0, 3);
                writer.end(file);
            }
            int houses = writer.edges("houses", towns, people, 3, 0, true);
            longs(writer, FileNames.offsets(houses), Kind.OFFSETS, 0, 1, 2, 3);
            ints(writer, FileNames.sources(houses), Kind.SOURCES, 0, 0, 1);
            longs(writer, FileNames.positions(houses), Kind.POSITIONS, 1, 0, 2);
            writer.commit();
        }
    }

    private static void longs(StoreWriter writer, String name, Kind kind, long... values) throws IOException {
        try (DataFileWriter file = writer.begin(name, kind)) {
            file.longs(values, 0, values.length);
            writer.end(file);
        }
    }

    private static void ints(StoreWriter writer, String name, Kind kind, int... values) throws IOException {
        try (DataFileWriter file = writer.begin(name, kind)) {
            file.ints(values, 0, values.length);
            writer.end(file);
        }
    }

    private static void texts(StoreWriter writer, String of, String one, String other) throws IOException {
        byte[] first = one.getBytes(StandardCharsets.UTF_8);
        byte[] second = other.getBytes(StandardCharsets.UTF_8);
        longs(writer, FileNames.textIndex(of), Kind.TEXT_INDEX, 0, first.length, first.length + second.length);
        try (DataFileWriter file = writer.begin(FileNames.text(of), Kind.TEXT)) {
            file.bytes(first, 0, first.length);
            file.bytes(second, 0, second.length);
            writer.end(file);
        }
    }

    @Test
    void everythingComesBack() throws IOException {
        assertThat(GraphStore.check(store)).isEmpty();
        try (StoredGraph stored = GraphStore.open(store)) {
            var graph = stored.graph();
            assertThat(graph.nodeTypes().getFirst().name()).isEqualTo("people\tand\nothers \\");
            assertThat(graph.time(0, 2)).isEqualTo(20);
            assertThat(graph.timed(1)).isFalse();
            assertThat(graph.neighbors(0).visibleEnd(0, 15)).isEqualTo(1);
            assertThat(stored.ids(0).name(0)).isEqualTo("-7");
            assertThat(stored.ids(1).find("Öl")).hasValue(1);
            assertThat(stored.ids(1).find("Ulm")).isEmpty();
            Column x = stored.nodeColumn(0, "x").orElseThrow();
            assertThat(x.width()).isEqualTo(2);
            assertThat(x.rows()).isEqualTo(3);
            assertThat(x.number(1, 1)).isEqualTo(4);
            assertThat(x.number(2, 1)).isNaN();
            Column size = stored.nodeColumn(1, "size").orElseThrow();
            assertThat(size.words()).containsExactly("large", "small");
            assertThat(size.text(0)).isEqualTo("small");
            assertThat(size.text(1)).isEmpty();
            assertThat(stored.edgeColumn(0, "since").orElseThrow().number(1, 0)).isEqualTo(1.5);
            assertThat(stored.edgeColumns(1)).isEmpty();
            assertThat(stored.positions(0)).isEmpty();
            assertThat(stored.positions(1)).isPresent();
        }
    }

    @Test
    void anyFlippedByteInAnyFileIsFound() throws IOException {
        for (Path file : files()) {
            byte[] whole = Files.readAllBytes(file);
            for (int i = 0; i < whole.length; i++) {
                byte[] flipped = whole.clone();
                flipped[i] ^= (byte) (1 << (i % 8));
                Files.write(file, flipped);
                assertThat(GraphStore.check(store))
                        .as("%s, byte %d", file.getFileName(), i)
                        .isNotEmpty()
                        .allSatisfy(finding -> assertThat(finding.file()).isEqualTo(file.toString()));
            }
            Files.write(file, whole);
        }
        assertThat(GraphStore.check(store)).isEmpty();
    }

    @Test
    void anyFileCutShortIsFoundWhenTheStoreIsOpened() throws IOException {
        for (Path file : files()) {
            byte[] whole = Files.readAllBytes(file);
            for (int length : new int[] {0, 1, 63, whole.length / 2, whole.length - 1}) {
                Files.write(file, Arrays.copyOf(whole, Math.min(length, whole.length - 1)));
                assertThatThrownBy(() -> GraphStore.open(store).close())
                        .as("%s, %d bytes", file.getFileName(), length)
                        .isInstanceOfSatisfying(
                                InputException.class, e -> assertThat(e.kind()).isEqualTo("corrupt-store"));
            }
            Files.delete(file);
            assertThat(GraphStore.isStore(store)).isEqualTo(!file.endsWith("graph.txt"));
            assertThatThrownBy(() -> GraphStore.open(store).close()).isInstanceOf(InputException.class);
            Files.write(file, whole);
        }
    }

    @Test
    void aFlippedByteIsToldWithBothChecksums() throws IOException {
        Path file = store.resolve("edges-0.sources");
        byte[] whole = Files.readAllBytes(file);
        whole[64] ^= 1;
        Files.write(file, whole);
        var sum = new CRC32C();
        sum.update(whole, 64, 12);
        int stored = ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN).getInt(76);
        HexFormat hex = HexFormat.of();
        assertThat(GraphStore.check(store))
                .containsExactly(new GraphStore.Finding(
                        file.toString(),
                        "does not match its checksum in the block 0 (from byte 64)",
                        hex.toHexDigits(stored),
                        hex.toHexDigits((int) sum.getValue())));
    }

    @Test
    void aFolderInPlaceOfAFileIsDamageToo() throws IOException {
        Path file = store.resolve("edges-0.sources");
        Files.delete(file);
        Files.createDirectory(file);
        assertThat(GraphStore.check(store)).singleElement().satisfies(finding -> {
            assertThat(finding.file()).isEqualTo(file.toString());
            assertThat(finding.problem()).isEqualTo("is a folder");
        });
        assertThatThrownBy(() -> GraphStore.open(store).close()).isInstanceOf(InputException.class);
    }

    @Test
    void metadataWithoutItsLastLineEndIsToldAsSuch() throws IOException {
        Path file = store.resolve("graph.txt");
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 1] ^= 1;
        Files.write(file, bytes);
        assertThatThrownBy(() -> GraphStore.open(store).close())
                .hasMessageEndingWith("does not end with the line of its checksum");
    }

    @Test
    void anotherVersionIsRefused() throws IOException {
        Path file = store.resolve("graph.txt");
        Files.writeString(file, Files.readString(file).replaceFirst("hypha-graph\t1", "hypha-graph\t2"));
        assertThatThrownBy(() -> GraphStore.open(store).close())
                .hasMessageContaining("is of another version: 1 expected, 2 found");
    }

    @Test
    void metadataThatLiesWithAGoodChecksumIsRefused() throws IOException {
        Path file = store.resolve("graph.txt");
        String text = Files.readString(file);
        for (List<String> lie : List.of(
                List.of("\t3\tinteger-ids", "\t2147483647\tinteger-ids"),
                List.of("\t3\tinteger-ids", "\t-3\tinteger-ids"),
                List.of("\t3\tinteger-ids", "\tmany\tinteger-ids"),
                List.of("integer-ids", "text-ids"),
                List.of("edges\tlives in\t0\t1\t3\t1", "edges\tlives in\t0\t7\t3\t1"),
                List.of("edges\tlives in\t0\t1\t3\t1", "edges\tlives in\t0\t1\t9223372036854775807\t1"),
                List.of("edges\tlives in\t0\t1\t3\t1", "edges\tlives in\t0\t1\t3\t9"),
                List.of("edges\tlives in\t0\t1\t3\t1", "edges\tlives in"),
                List.of("column\tx\tfloat32\t2", "column\tx\tfloat32\t1"),
                List.of("column\tx\tfloat32\t2", "column\tx\tfloat99\t2"),
                List.of("file\tedges-0.offsets", "file\t../edges-0.offsets"),
                List.of("positions\n", "riddles\n"))) {
            String changed = text.replace(lie.getFirst(), lie.getLast());
            assertThat(changed).isNotEqualTo(text);
            Files.write(file, summed(changed));
            assertThatThrownBy(() -> GraphStore.open(store).close())
                    .as(lie.toString())
                    .isInstanceOf(InputException.class)
                    .hasMessageNotContaining("For input string");
            assertThat(GraphStore.check(store)).as(lie.toString()).isNotEmpty();
        }
    }

    private static byte[] summed(String metadata) {
        String before = metadata.substring(0, metadata.lastIndexOf("sum\t"));
        var sum = new CRC32C();
        sum.update(before.getBytes(StandardCharsets.UTF_8));
        return (before + "sum\t" + HexFormat.of().toHexDigits((int) sum.getValue()) + "\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void aGraphThatContradictsItselfIsFoundThoughItsChecksumsAgree() throws IOException {
        Path other = folder.resolve("other");
        try (StoreWriter writer = StoreWriter.create(other)) {
            writer.nodes("n", 2, false);
            longs(writer, FileNames.ids(0), Kind.IDS, 5, 5);
            writer.commit();
        }
        assertThat(GraphStore.check(other))
                .singleElement()
                .satisfies(finding -> assertThat(finding.problem())
                        .isEqualTo("n: the id of node 1 does not come after the one before it"));
    }

    @Test
    void aStoreIsNeverOverwrittenAndAnUnfinishedOneIsRemoved() throws IOException {
        assertThatThrownBy(() -> StoreWriter.create(store)).hasMessageContaining("is there already");
        Path next = folder.resolve("next");
        // As after a kill: the next one finds what another left.
        Path killed = Files.createDirectories(folder.resolve("next.partial"));
        Files.write(killed.resolve(".hypha-partial"), new byte[0]);
        Files.writeString(killed.resolve(FileNames.ids(0)), "half");
        try (StoreWriter writer = StoreWriter.create(next)) {
            writer.nodes("n", 0, false);
            longs(writer, FileNames.ids(0), Kind.IDS);
            writer.commit();
        }
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).containsExactlyInAnyOrder(store, next);
        }
        assertThat(GraphStore.check(next)).isEmpty();
    }

    @Test
    void aFolderWithoutAStoreIsTheUsersMistake() {
        assertThatThrownBy(() -> GraphStore.open(folder).close()).hasMessage(folder + " is no graph store");
        assertThatThrownBy(() -> GraphStore.check(folder.resolve("none"))).isInstanceOf(InputException.class);
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> list = Files.list(store)) {
            return list.sorted().toList();
        }
    }
}
