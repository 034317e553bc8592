package dev.hypha.graph.importing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hypha.graph.InputException;
import dev.hypha.graph.importing.ImportRequest.Columns;
import dev.hypha.graph.store.ColumnType;
import dev.hypha.graph.store.GraphStore;
import dev.hypha.graph.store.StoredGraph;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Files that are broken, hostile or odd. Each is told with its place, and leaves nothing behind.
class WrongFilesTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "1,2\\n3,x\\n                       | :2: 'x' is no integer",
                "1,2\\n3\\n                         | :2: has 1 column instead of 2",
                "1,2\\n3,4,5\\n                     | :2: has 3 columns instead of 2",
                "1,2\\n3,\\n                        | :2: '' is empty",
                "1,2\\n9223372036854775808,1\\n     | :2: '9223372036854775808' does not fit in 64 bits",
                "1,2\\n-9223372036854775809,1\\n    | :2: '-9223372036854775809' does not fit in 64 bits",
                "1,2\\n1,99999999999999999999\\n    | :2: '99999999999999999999' does not fit in 64 bits",
                "1,2\\n3,4.0\\n                     | :2: '4.0' is no integer",
                "1,2\\n\\n# no row\\n3,\"4\\n       | :4: a quote is not closed on its line",
                "1,2\\n\"3\"x,4\\n                  | :2: 'x,4' follows a closing quote",
                "1 2\\n3 4\\n5 -\\n                 | :3: '-' is no integer",
                "1 2\\n3 \\u0000\\n                 | :2: '?' is no integer",
                "%%MatrixMarket matrix coordinate pattern general\\n3 3 1\\n4 1\\n | :3: 4 is none of 1 to 3",
                "%%MatrixMarket matrix coordinate pattern general\\n3 3 1\\n0 1\\n | :3: 0 is none of 1 to 3",
                "%%MatrixMarket matrix coordinate pattern general\\n3 3 2\\n1 1\\n | has 1 entries, and its head says 2",
                "%%MatrixMarket matrix coordinate pattern general\\n3 3\\n1 1\\n   | :2 has no line of rows",
                "%%MatrixMarket matrix coordinate pattern general\\n3 4 1\\n1 1\\n | nodes of two types",
                "%%MatrixMarket matrix coordinate pattern general\\n2000000000 2000000000 1\\n1 1\\n | :2 says 2000000000 rows",
                "%%MatrixMarket matrix coordinate complex general\\n3 3 0\\n       | entries of type complex",
                "%%MatrixMarket matrix array real general\\n3 3\\n1\\n             | no Matrix Market file of coordinates",
                "%%MatrixMarket matrix coordinate real hermitian\\n3 3 0\\n        | is hermitian",
                "source,target,\\na,b,3\\n            | :1: the header has no name for column 3",
                "# made\\nfrom,to,w,w\\na,b,3,4\\n      | :2: the header names two columns w",
                "a,b,a\\n1,2,3\\n                    | :1: the header names two columns a",
                "``                                 | there is nothing in",
                "# only a remark\\n                  | there is nothing in",
                "12\\n34\\n                         | have no two columns",
                "a\\u0000b c\\n                      | is no text file",
            })
    void aWrongFileIsToldWithItsPlace(String content, String message) throws IOException {
        String text = content.replace("\\n", "\n").replace("\\u0000", "\0");
        Path file = Files.writeString(folder.resolve("e.csv"), text);
        refused(file, message);
    }

    @Test
    void brokenCompressionIsTold() throws IOException {
        byte[] whole = gzip("1,2\n".repeat(100_000));
        refused(Files.write(folder.resolve("cut.gz"), Arrays.copyOf(whole, whole.length / 2)), "breaks off");
        refused(Files.write(folder.resolve("tail.gz"), Arrays.copyOf(whole, whole.length - 3)), "breaks off");
        byte[] flipped = whole.clone();
        flipped[flipped.length - 6] ^= 1;
        refused(Files.write(folder.resolve("sum.gz"), flipped), "is damaged: what stands at byte");
        refused(Files.write(folder.resolve("head.gz"), new byte[] {0x1f, (byte) 0x8b, 7, 7, 7}), "unknown compression");
    }

    @Test
    void missingFilesFoldersAndEndlessLinesAreTold() throws IOException {
        refused(folder.resolve("none.csv"), "there is no file");
        refused(folder, "is a folder");
        refused(Files.writeString(folder.resolve("long"), "1 2\n" + "3".repeat(5 << 20) + " 4\n"), ":2 is longer than");
        refused(Files.write(folder.resolve("16"), "1,2\n".getBytes(StandardCharsets.UTF_16)), "is in UTF-16");
        refused(Path.of("/dev/null"), "is a pipe or a device");
    }

    @Test
    void randomBytesNeverDoAnythingButBeRefusedOrBeImported() throws IOException {
        for (long seed = 0; seed < 200; seed++) {
            var random = new Random(seed);
            byte[] bytes = new byte[random.nextInt(400)];
            random.nextBytes(bytes);
            if (random.nextBoolean()) {
                String alphabet = "0123456789 ,\t\n\r\"-.;#%ax";
                for (int i = 0; i < bytes.length; i++) {
                    bytes[i] = (byte) alphabet.charAt(random.nextInt(alphabet.length()));
                }
            }
            Path file = Files.write(folder.resolve("r" + seed), bytes);
            Path out = folder.resolve("g" + seed);
            try {
                Imports.run(Imports.request(
                        out, List.of(), List.of(Imports.edges(file)), Columns.guessed(), seed % 2 * 1000, 1 << 20));
                assertThat(GraphStore.check(out)).as("seed %d", seed).isEmpty();
            } catch (InputException e) {
                assertThat(e.where()).as("seed %d: %s", seed, e).isNotEmpty();
                assertThat(Files.exists(out)).as("seed %d", seed).isFalse();
            }
        }
    }

    @Test
    void oddButGoodFilesAreRead() throws IOException {
        String mark = "\uFEFF";
        for (String text : List.of(
                "1,2\n2,3\n",
                mark + "1,2\n2,3",
                "1,2\r\n2,3\r\n",
                "source,target\n1,2\n2,3\n",
                "# remark\n\n1\t2\n \n2\t3\n\n",
                "  1   2  \n\t2\t 3",
                "1;2\n2;3\n",
                "1|2\n2|3\n",
                "\"1\",\"2\"\n2 , 3\n",
                "+1,02\n2,3\n")) {
            Path file = Files.write(folder.resolve("odd"), text.getBytes(StandardCharsets.UTF_8));
            sameAsPlain(file, text);
            sameAsPlain(Files.write(file, gzip(text)), text);
        }
        ByteArrayOutputStream twoMembers = new ByteArrayOutputStream();
        twoMembers.write(gzip("1,2\n"));
        twoMembers.write(gzip("2,3\n"));
        sameAsPlain(Files.write(folder.resolve("two.gz"), twoMembers.toByteArray()), "two members");
    }

    @Test
    void aFirstRowWithoutSomeValueIsNoHeader() throws IOException {
        Path file = Files.writeString(folder.resolve("first.csv"), "ann,bob,\ncid,dan,3\n");
        Imported imported = Imports.run(Imports.request(folder.resolve("first"), Imports.edges(file)));
        assertThat(imported.edges().getFirst().rows()).isEqualTo(2);
    }

    @Test
    void aMatrixHasTheTypeThatItsHeadSays() throws IOException {
        String entries = "1 1 7\n".repeat(1500) + "1 1 0.5\n";
        for (String values : List.of("real", "integer")) {
            String head = "%%MatrixMarket matrix coordinate " + values + " general\n1 1 1501\n";
            Path file = Files.writeString(folder.resolve(values), head + entries);
            Path out = folder.resolve("of-" + values);
            if (values.equals("integer")) {
                refused(file, ":1503: '0.5' is no integer");
            } else {
                Imports.run(Imports.request(out, Imports.edges(file)));
                try (StoredGraph stored = GraphStore.open(out)) {
                    assertThat(stored.edgeColumns(0).getFirst().type()).isEqualTo(ColumnType.FLOAT64);
                }
            }
        }
    }

    @Test
    void aColumnThatWasGuessedTooNarrowIsToldHowToBeWidened() throws IOException {
        String rows = "source,target,w\n" + "1,2,7\n".repeat(1500);
        for (String wrong : List.of("0.5 float64", "x text")) {
            String[] value = wrong.split(" ", 2);
            Path file = Files.writeString(folder.resolve("w.csv"), rows + "1,2," + value[0] + "\n");
            assertThatThrownBy(() -> Imports.run(Imports.request(folder.resolve("w"), Imports.edges(file))))
                    .hasMessage(file + ":1502: '" + value[0] + "' is no integer")
                    .isInstanceOfSatisfying(
                            InputException.class, e -> assertThat(e.hint()).contains("--types w=" + value[1]));
        }
    }

    private void sameAsPlain(Path file, String what) throws IOException {
        Path out = folder.resolve("g");
        Imports.run(Imports.request(out, Imports.edges(file)));
        try (StoredGraph stored = GraphStore.open(out)) {
            List<String> edges = new ArrayList<>();
            for (int target = 0; target < stored.ids(0).count(); target++) {
                for (long i = stored.graph().neighbors(0).begin(target);
                        i < stored.graph().neighbors(0).end(target);
                        i++) {
                    int source = stored.graph().neighbors(0).source(i);
                    edges.add(stored.ids(0).name(source) + ">" + stored.ids(0).name(target));
                }
            }
            assertThat(edges).as(what).containsExactly("1>2", "2>3");
        }
        try (Stream<Path> files = Files.list(out)) {
            for (Path each : files.toList()) {
                Files.delete(each);
            }
        }
        Files.delete(out);
    }

    @Test
    void wrongLinesAreLeftOutAndCountedUpToABound() throws IOException {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 30; i++) {
            text.append(i).append(",").append(i + 1).append(i % 2 == 0 ? "\n" : "\nbad," + i + "\n");
        }
        Path file = Files.writeString(folder.resolve("e.csv"), text);
        List<String> warnings = new ArrayList<>();
        var listener = new ImportListener() {
            @Override
            public void warn(String line) {
                warnings.add(line);
            }
        };
        Imported imported = GraphImport.run(request(file, "g", 15), listener);
        assertThat(imported.wrongLines()).isEqualTo(15);
        assertThat(imported.edges().getFirst().rows()).isEqualTo(30);
        // The other end of a wrong line is no node: 31 numbers stand in good lines.
        assertThat(imported.nodes().getFirst().count()).isEqualTo(31);
        assertThat(warnings)
                .hasSize(11)
                .startsWith("left out " + file + ":3: 'bad' is no integer")
                .endsWith("more wrong lines are left out and counted");
        assertThatThrownBy(() -> GraphImport.run(request(file, "h", 14), ImportListener.SILENT))
                .hasMessage(file + ":45: 'bad' is no integer (wrong line number 15)");
        assertThat(Files.exists(folder.resolve("h"))).isFalse();
    }

    private ImportRequest request(Path file, String out, long skip) {
        return Imports.request(
                folder.resolve(out), List.of(), List.of(Imports.edges(file)), Columns.guessed(), skip, Imports.MEMORY);
    }

    private void refused(Path file, String message) {
        Path out = folder.resolve("refused");
        assertThatThrownBy(() -> Imports.run(Imports.request(out, Imports.edges(file))))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(message)
                .hasMessageContaining(file.toString());
        assertThat(Files.exists(out)).isFalse();
        assertThat(Files.exists(folder.resolve("refused.partial"))).isFalse();
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }
}
