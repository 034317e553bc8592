package dev.hypha.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hypha.app.Ran;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `import`, `info`, `check` and `generate`, as they are typed.
class GraphCommandsTest {
    @TempDir
    Path folder;

    Path edges;
    String graph;

    @BeforeEach
    void write() throws IOException {
        edges = Files.writeString(folder.resolve("cites.tsv"), "a\tb\na\tc\nb\tc\nc\tc\na\tb\nd\ta\n");
        graph = folder.resolve("papers").toString();
    }

    @Test
    void importsDescribesAndChecks() throws IOException {
        Path papers = Files.writeString(
                folder.resolve("papers.csv"), "id,year,label\na,1999,x\nb,2001,x\nc,2003,y\nd,,x\ne,2005,y\n");
        Ran imported = Ran.hypha(
                "import", edges.toString(), "--nodes", papers.toString(), "--out", graph, "--json", "--quiet");
        assertThat(imported.exit()).as(imported.out()).isZero();
        JsonNode made = imported.json();
        assertThat(made.at("/nodes/0/count").asInt()).isEqualTo(5);
        assertThat(made.at("/edges/0/rows").asInt()).isEqualTo(6);
        assertThat(made.at("/edges/0/selfLoops").asInt()).isEqualTo(1);
        assertThat(made.at("/edges/0/duplicates").asInt()).isEqualTo(1);
        assertThat(made.get("wrongLines").asInt()).isZero();

        JsonNode info = Ran.hypha("info", graph, "--json", "--quiet").json();
        assertThat(info.at("/graph/nodes").asInt()).isEqualTo(5);
        assertThat(info.at("/graph/edges").asInt()).isEqualTo(6);
        assertThat(info.at("/nodes/0/ids").asText()).isEqualTo("text");
        assertThat(info.at("/nodes/0/columns/0/type").asText()).isEqualTo("int64");
        assertThat(info.at("/components/count").asInt()).isEqualTo(2);
        assertThat(info.at("/components/isolated").asInt()).isEqualTo(1);
        assertThat(info.at("/edges/0/inDegree/max").asInt()).isEqualTo(3);
        // a-b twice and d-a join equal labels, of five edges that are no loops.
        assertThat(info.at("/edges/0/homophily/edge").asDouble()).isEqualTo(0.6);

        Ran text = Ran.hypha("info", graph);
        assertThat(text.out()).contains("5  nodes, text ids", "edge in", "edge out", "homophily", "0.600");
        assertThat(Ran.hypha("check", graph).out()).contains("is sound");
    }

    @Test
    void aFlippedByteIsAShortCheckAndStopsWhoeverOpens() throws IOException {
        Ran.hypha("import", edges.toString(), "--out", graph, "--quiet");
        Path sources = Path.of(graph, "edges-0.sources");
        byte[] bytes = Files.readAllBytes(sources);
        bytes[65] ^= 1;
        Files.write(sources, bytes);
        Ran check = Ran.hypha("check", graph, "--json");
        assertThat(check.exit()).isEqualTo(3);
        JsonNode finding = check.json().at("/findings/0");
        assertThat(finding.get("file").asText()).isEqualTo(sources.toString());
        assertThat(finding.get("expected").asText()).matches("[0-9a-f]{8}");
        assertThat(finding.get("found").asText())
                .matches("[0-9a-f]{8}")
                .isNotEqualTo(finding.get("expected").asText());

        Files.write(sources, Arrays.copyOf(bytes, bytes.length - 1));
        Ran info = Ran.hypha("info", graph, "--json");
        assertThat(info.exit()).isEqualTo(2);
        JsonNode where = info.json().at("/error/where");
        assertThat(where.get("file").asText()).isEqualTo(sources.toString());
        assertThat(where.get("expected").asText()).isEqualTo(String.valueOf(bytes.length));
        assertThat(where.get("found").asText()).isEqualTo(String.valueOf(bytes.length - 1));
    }

    @Test
    void aWrongLineStopsTheImportUnlessItIsSkipped() throws IOException {
        Path wrong = Files.writeString(folder.resolve("e.csv"), "1,2\n2,three\n3,1\n");
        Ran stopped = Ran.hypha("import", wrong.toString(), "--out", graph, "--json");
        assertThat(stopped.exit()).isEqualTo(2);
        assertThat(stopped.json().at("/error/where/line").asInt()).isEqualTo(2);
        assertThat(stopped.json().at("/error/where/file").asText()).isEqualTo(wrong.toString());
        assertThat(stopped.json().at("/error/hint").asText()).contains("--skip-bad");
        Ran skipped = Ran.hypha("import", wrong.toString(), "--out", graph, "--skip-bad", "1", "--json");
        assertThat(skipped.exit()).isZero();
        assertThat(skipped.json().get("wrongLines").asInt()).isEqualTo(1);
        assertThat(skipped.err()).contains("warning: left out " + wrong + ":2: 'three' is no integer");
    }

    @Test
    void typesOfNodesAndEdgesAreNamedOnTheCommandLine() throws IOException {
        Path users = Files.writeString(folder.resolve("users.csv"), "id,joined\n1,2020-01-01\n2,2021-01-01\n");
        Path ratings = Files.writeString(folder.resolve("ratings.csv"), "user,movie,stars\n1,Alien,5\n2,Brazil,4\n");
        Ran ran = Ran.hypha(
                "import",
                "--nodes=user=" + users,
                "--edges=user:rates:movie=" + ratings,
                "--source=user",
                "--target=movie",
                "--weight=stars",
                "--time=joined",
                "--out",
                graph,
                "--json");
        assertThat(ran.exit()).as(ran.out()).isZero();
        JsonNode info = Ran.hypha("info", graph, "--json").json();
        assertThat(info.at("/nodes/0/timed").asBoolean()).isTrue();
        assertThat(info.at("/nodes/1/ids").asText()).isEqualTo("text");
        assertThat(info.at("/edges/0/type").asText()).isEqualTo("rates");
        assertThat(info.at("/edges/0/columns/0/name").asText()).isEqualTo("weight");
        assertThat(info.at("/edges/0/columns/0/type").asText()).isEqualTo("float32");
    }

    @Test
    void anEstimateMakesNothing() throws IOException {
        Ran ran = Ran.hypha("import", edges.toString(), "--out", graph, "--estimate", "--json");
        assertThat(ran.exit()).isZero();
        assertThat(ran.json().at("/estimate/rows").asInt()).isBetween(4, 8);
        Ran generate = Ran.hypha("generate", "powerlaw", "--out", graph, "--estimate", "--json");
        assertThat(generate.json().at("/estimate/storeBytes").asLong()).isGreaterThan(100 << 20);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(edges);
        }
    }

    @Test
    void generatesAGraphAndItsArraysWhichImportToTheSame() {
        String arrays = folder.resolve("arrays").toString();
        Ran ran = Ran.hypha(
                "generate",
                "powerlaw",
                "--nodes=500",
                "--edges=4000",
                "--features=4",
                "--communities=10",
                "--classes=3",
                "--seed=3",
                "--out",
                graph,
                "--npy",
                arrays,
                "--json");
        assertThat(ran.exit()).as(ran.out()).isZero();
        assertThat(ran.json().at("/graph/edges").asInt()).isEqualTo(4000);
        String again = folder.resolve("again").toString();
        assertThat(Ran.hypha("import", arrays, "--out", again).exit()).isZero();
        JsonNode one = Ran.hypha("info", graph, "--json").json();
        JsonNode other = Ran.hypha("info", again, "--json").json();
        assertThat(other.get("edges")).isEqualTo(one.get("edges"));
        assertThat(other.get("components")).isEqualTo(one.get("components"));
    }

    @Test
    void whatIsNotSaidOfAGraphFollowsTheNumberOfNodes() {
        Ran ran = Ran.hypha("generate", "powerlaw", "--nodes=1000", "--out", graph, "--json");
        assertThat(ran.exit()).as(ran.out()).isZero();
        assertThat(ran.json().at("/graph/edges").asInt()).isEqualTo(20_000);
        assertThat(ran.json().get("communities").asInt()).isEqualTo(2);
        assertThat(ran.json().get("classes").asInt()).isEqualTo(2);
        mistake("Give at least 2", "generate", "powerlaw", "--nodes=1", "--out", graph);
        mistake("Give at least 2", "generate", "powerlaw", "--nodes=-5", "--out", graph);
    }

    @Test
    void mistakesAreOneSentenceWithTheRemedy() throws IOException {
        mistake("Give one with --out", "import", edges.toString());
        mistake("Name one, or give --edges", "import", "--out", graph);
        mistake("is no graph store", "info", folder.toString());
        mistake("is no graph store", "check", folder.toString());
        mistake("Write --edges user:rates:movie=FILE", "import", "--edges=rates=f.csv", "--out", graph);
        mistake("Types are int64", "import", edges.toString(), "--types=x=number", "--out", graph);
        mistake("has no column x", "import", edges.toString(), "--types=x=text", "--out", graph);
        mistake("there is no column who", "import", edges.toString(), "--source=who", "--out", graph);
        mistake("Ask for powerlaw", "generate", "grid", "--out", graph);
        mistake("--edges is 7", "generate", "powerlaw", "--edges=7", "--out", graph);
        Files.createDirectory(Path.of(graph));
        mistake("is there already", "import", edges.toString(), "--out", graph);
        mistake("no node type has a column z", "info", imported(), "--label=z");
    }

    @Test
    void optionsThatWouldBeIgnoredAreRefused() throws IOException {
        String csv = Files.writeString(folder.resolve("e.csv"), "source,target,c,weight\n1,2,3,4\n2,3,4,5\n")
                .toString();
        mistake("--skip-bad is -1", "import", csv, "--skip-bad=-1", "--out", graph);
        mistake("--types names the column c twice", "import", csv, "--types", "c=text,c=int64", "--out", graph);
        mistake("--types is 'text'", "import", csv, "--types", "text", "--out", graph);
        mistake("has no column 9", "import", csv, "--types", "9=text", "--out", graph);
        mistake("--id is for tables of nodes", "import", csv, "--id", "nope", "--out", graph);
        mistake("--time is for tables of nodes", "import", csv, "--time", "c", "--out", graph);
        mistake("called weight, one of them by --weight", "import", csv, "--weight", "c", "--out", graph);
        mistake(
                "is a second table of edges called x",
                "import",
                "--edges=a:x:b=" + csv,
                "--edges=a:x:c=" + csv,
                "--out",
                graph);
        mistake("is a folder without indptr.npy", "import", folder.toString(), "--out", graph);
        Ran numbered = Ran.hypha("import", csv, "--types=3=text,WEIGHT=float32", "--out", graph);
        assertThat(numbered.exit()).as(numbered.err()).isZero();
        JsonNode columns = Ran.hypha("info", graph, "--json").json().at("/edges/0/columns");
        assertThat(columns.at("/0/type").asText()).isEqualTo("text");
        assertThat(columns.at("/1/type").asText()).isEqualTo("float32");
        mistake("It is a graph store already", "import", graph, "--out", graph + "2");
    }

    @Test
    void nodesThatNoEdgeJoinsAreWarnedOf() throws IOException {
        Path users = Files.writeString(folder.resolve("users.csv"), "id,age\n1,30\n");
        Ran ran = Ran.hypha("import", edges.toString(), "--nodes=user=" + users, "--out", graph);
        assertThat(ran.exit()).isZero();
        assertThat(ran.err()).contains("warning: no edge joins nodes of the type user");
    }

    @Test
    void memoryIsBoundedAndSaid() throws IOException {
        String file = edges.toString();
        mistake("buffers of files take most of 16 MB. Give 16m", "import", file, "--memory", "1m", "--out", graph);
        Ran ran = Ran.hypha("import", file, "--memory", "16m", "--out", graph, "--json");
        assertThat(ran.json().at("/memory/boundBytes").asLong()).isEqualTo(16 << 20);
        assertThat(ran.json().at("/memory/reservedBytes").asLong()).isBetween(1L << 20, 16L << 20);
        Ran much = Ran.hypha("import", file, "--memory", "900t", "--out", graph + "2");
        assertThat(much.err()).contains("are used, half of the Java heap; HYPHA_JAVA_OPTS=-Xmx");
        assertThat(much.out()).contains("set aside, bound");
        mistake("--memory is 20.0 MB", "generate", "powerlaw", "--memory", "20m", "--out", graph + "3");
        assertThat(Ran.hypha("import", "--help").out().replaceAll("\\s+", " ")).contains("in the Java heap, of which");
        assertThat(Ran.hypha("predict", "--help").out().replaceAll("\\s+", " ")).contains("outside the Java heap");
    }

    @Test
    void placesOfBothOutputsAreLookedAtFirst() throws IOException {
        String arrays = Files.createDirectory(folder.resolve("arrays")).toString();
        String[] generate = {"generate", "powerlaw", "--nodes=100", "--out", graph, "--npy"};
        mistake("Give another --npy", with(generate, arrays));
        mistake("--npy and --out are both", with(generate, graph));
        assertThat(Files.exists(Path.of(graph))).isFalse();
    }

    private static String[] with(String[] arguments, String last) {
        String[] all = Arrays.copyOf(arguments, arguments.length + 1);
        all[arguments.length] = last;
        return all;
    }

    @Test
    void arraysThatBecomeNoColumnsAndFoldersAmongThemAreTold() throws IOException {
        Path arrays = folder.resolve("arrays");
        Ran.hypha("generate", "powerlaw", "--nodes=100", "--features=2", "--out", graph, "--npy", arrays.toString());
        Files.copy(arrays.resolve("indptr.npy"), arrays.resolve("longer.npy"));
        Ran estimate = Ran.hypha("import", arrays.toString(), "--estimate", "--json");
        assertThat(estimate.json().at("/estimate/rows").asInt()).isEqualTo(2000);
        Ran ran = Ran.hypha("import", arrays.toString(), "--out", graph + "2");
        assertThat(ran.exit()).isZero();
        assertThat(ran.err()).contains("longer.npy has the shape [101] and is left out");
        mistake("--undirected is for tables", "import", arrays.toString(), "--undirected", "--out", graph + "3");
        Files.createDirectory(arrays.resolve("z.npy"));
        mistake("z.npy is a folder", "import", arrays.toString(), "--out", graph + "3");
    }

    @Test
    void anEstimateNeedsNoPlaceAndCountsCompressedRows() throws IOException {
        Path packed = folder.resolve("e.csv.gz");
        try (var out = new GZIPOutputStream(Files.newOutputStream(packed))) {
            out.write("1,2\n".repeat(500_000).getBytes(StandardCharsets.US_ASCII));
        }
        JsonNode estimate = Ran.hypha("import", packed.toString(), "--estimate", "--json")
                .json()
                .get("estimate");
        assertThat(estimate.get("rows").asInt()).isEqualTo(500_000);
        assertThat(estimate.get("leastStoreBytes").asLong()).isEqualTo(4_000_000);
        assertThat(estimate.get("storeBytes").asLong()).isEqualTo(28_000_000);
    }

    private String imported() {
        String out = folder.resolve("imported").toString();
        assertThat(Ran.hypha("import", edges.toString(), "--out", out).exit()).isZero();
        return out;
    }

    private static void mistake(String says, String... arguments) {
        Ran ran = Ran.hypha(arguments);
        assertThat(ran.exit()).as(ran.out() + ran.err()).isEqualTo(2);
        assertThat(ran.err()).contains(says);
        assertThat(ran.out()).isEmpty();
    }
}
