package dev.hypha.learn.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hypha.graph.InputException;
import dev.hypha.learn.Checksum;
import dev.hypha.tensor.Memory;
import dev.hypha.tensor.SparseMatrix;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class DatasetsTest {
    private static final Map<String, String> TABLES = Map.of(
            "nodes.csv", "id,label\n0,0\n1,1\n2,1\n",
            "edges.csv", "source,target\n0,1\n");

    @TempDir
    private Path folder;

    private final Memory memory = Memory.unlimited();

    @Test
    void coraComesAlong() {
        try (NodeData cora = Datasets.named("cora").open(nowhere(), memory)) {
            assertThat(cora.nodes()).isEqualTo(2708);
            assertThat(cora.arcs().edges()).isEqualTo(10_556);
            assertThat(cora.classes()).isEqualTo(7);
            assertThat(((SparseMatrix) cora.features()).pattern().edges()).isEqualTo(49_216);
            Split split = cora.splits().getFirst();
            assertThat(split.toString()).isEqualTo("public: 140 train, 500 validation, 1,000 test");
        }
    }

    private DataFolders nowhere() {
        return new DataFolders(List.of(folder.resolve("none")), folder.resolve("cache"));
    }

    static Stream<Dataset> all() {
        return Datasets.all().stream();
    }

    @ParameterizedTest
    @MethodSource("all")
    void everySetIsReadWhereItIsThere(Dataset set) {
        DataFolders shared = DataFolders.of(System.getenv(), folder);
        boolean there = shared.folders().stream().anyMatch(f -> Files.isDirectory(f.resolve(set.folder())));
        assumeTrue(there, () -> "skipped: no " + set.folder() + " in " + shared.folders() + "; set HYPHA_SHARED");
        try (NodeData data = set.open(shared, memory)) {
            assertThat(data.nodes()).isGreaterThan(100);
            assertThat(data.classNames()).hasSizeGreaterThan(1);
            if (set.family() != null)
                assertThat(data.splits().getFirst().family()).isEqualTo(set.family());
            for (Split split : data.splits()) assertThat(split.train()).isNotEmpty();
        }
        assertThat(memory.live()).isZero();
    }

    @Test
    void namesAreKnownAndNearOnesTold() {
        assertThat(Datasets.has("texas")).isTrue();
        assertThat(Datasets.has("texan")).isFalse();
        assertThatThrownBy(() -> Datasets.named("corra"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("there is no data set 'corra'")
                .satisfies(e -> assertThat(((InputException) e).hint()).isEqualTo("Did you mean cora?"));
    }

    @Test
    void aSetThatIsNowhereSaysWhereItWasLookedFor() {
        assertThatThrownBy(() -> set(null).open(nowhere(), memory))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(folder.resolve("none").resolve("tiny").toString())
                .hasMessageContaining(folder.resolve("cache").resolve("tiny").toString())
                .satisfies(e -> assertThat(((InputException) e).hint()).contains("somewhere", "edges.csv, nodes.csv"));
    }

    @Test
    void aChangedFileIsRefused() throws IOException {
        Path place = Files.createDirectories(folder.resolve("cache").resolve("tiny"));
        for (var table : TABLES.entrySet()) Files.writeString(place.resolve(table.getKey()), table.getValue());
        set(null).open(nowhere(), memory).close();
        Files.writeString(place.resolve("edges.csv"), "source,target\n0,2\n");
        assertThatThrownBy(() -> set(null).open(nowhere(), memory))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("edges.csv is not the file of the data set tiny: its SHA-256 is");
    }

    @Test
    void aSetWithAnAddressIsDownloadedOnceAndRefusedWhereItDiffers() throws IOException {
        Path site = Files.createDirectory(folder.resolve("site"));
        for (var table : TABLES.entrySet()) Files.writeString(site.resolve(table.getKey()), table.getValue());
        Files.writeString(site.resolve("edges.csv"), "source,target\n0,2\n");
        Dataset set = set(site.toUri().toString());
        assertThatThrownBy(() -> set.open(nowhere(), memory))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("edges.csv is not the file of the data set");
        assertThat(folder.resolve("cache")).isEmptyDirectory();
        Files.writeString(site.resolve("edges.csv"), TABLES.get("edges.csv"));
        set.open(nowhere(), memory).close();
        Files.delete(site.resolve("edges.csv"));
        try (NodeData data = set.open(nowhere(), memory)) {
            assertThat(data.nodes()).isEqualTo(3);
        }
    }

    @Test
    void aSetIsDownloadedFromAServerOnceAndNothingStaysOfWhatWentWrong() throws IOException {
        try (Server server = new Server()) {
            Dataset set = set(server.address() + "tiny/");
            refused(set, "edges.csv the server answers 404", "nodes.csv the server answers 404");
            TABLES.forEach((name, text) -> server.texts.put("/tiny/" + name, text));
            server.promised = 7;
            refused(set, " bytes", "Premature EOF");
            server.promised = 0;
            server.texts.put("/tiny/nodes.csv", TABLES.get("nodes.csv").replace("2,1", "2,0"));
            refused(set, "nodes.csv is not the file of the data set tiny");
            server.texts.put("/tiny/nodes.csv", TABLES.get("nodes.csv"));
            try (NodeData data = set.open(nowhere(), memory)) {
                assertThat(data.notes())
                        .contains("Downloaded from " + set.address() + " into " + folder.resolve("cache/tiny") + ".");
            }
            int asked = server.asked.size();
            try (NodeData data = set.open(nowhere(), memory)) {
                assertThat(data.notes()).noneMatch(note -> note.startsWith("Downloaded"));
            }
            assertThat(server.asked).hasSize(asked);
            Files.createDirectories(folder.resolve("none/tiny"));
            for (var table : TABLES.entrySet()) {
                Files.writeString(folder.resolve("none/tiny").resolve(table.getKey()), table.getValue());
            }
            Files.writeString(folder.resolve("cache/tiny/nodes.csv"), "not looked at, since a folder has the set");
            set.open(nowhere(), memory).close();
        }
    }

    /// For one of some reasons.
    private void refused(Dataset set, String... reasons) {
        assertThatThrownBy(() -> set.open(nowhere(), memory))
                .isInstanceOf(InputException.class)
                .satisfies(e -> assertThat(reasons).anyMatch(e.getMessage()::contains));
        assertThat(folder.resolve("cache")).isEmptyDirectory();
    }

    @Test
    void anAddressThatDoesNotAnswerIsToldWithTheFolderToFill() {
        assertThatThrownBy(() -> set("http://127.0.0.1:1/").open(nowhere(), memory))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("cannot be brought from http://127.0.0.1:1/")
                .satisfies(e -> assertThat(((InputException) e).hint()).contains("cache"));
    }

    @Test
    void placesComeFromTheEnvironment() {
        DataFolders folders = DataFolders.of(
                Map.of("HYPHA_DATA", "/d", "HYPHA_SHARED", "/s", "XDG_CACHE_HOME", "/c"), Path.of("/home"));
        assertThat(folders.folders()).containsExactly(Path.of("/d"), Path.of("/s/data"));
        assertThat(folders.cache()).isEqualTo(Path.of("/c/hypha/data"));
        assertThat(DataFolders.of(Map.of(), Path.of("/home")).cache()).isEqualTo(Path.of("/home/.cache/hypha/data"));
    }

    private Dataset set(String address) {
        Map<String, String> tables = Map.of("nodes", "nodes.csv", "edges", "edges.csv");
        Map<String, String> sums = Map.of(
                "nodes.csv", Checksum.of(TABLES.get("nodes.csv")).substring("sha256:".length()),
                "edges.csv", Checksum.of(TABLES.get("edges.csv")).substring("sha256:".length()));
        return new Dataset(
                "tiny", "Tiny", "tiny", "somewhere", "MIT", address, tables, null, null, false, null, false, sums);
    }
}
