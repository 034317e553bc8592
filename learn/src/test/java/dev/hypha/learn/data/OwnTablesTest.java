package dev.hypha.learn.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import dev.hypha.graph.InputException;
import dev.hypha.learn.TaskKind;
import dev.hypha.learn.data.NodeFiles.Columns;
import dev.hypha.tensor.Matrix;
import dev.hypha.tensor.Memory;
import dev.hypha.tensor.Purpose;
import dev.hypha.tensor.SparseMatrix;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Tables of a user's own: columns of any kind.
final class OwnTablesTest {
    private static final String NODES = """
            name,age,city,bio,same,joined,color,score,likes,fast,big
            ann,20,Oslo,one,7,2001-05-01,red,0.5,a|b,1,no
            bob,40,Rome,two,7,2003-01-01,blue,1.5,b,0,yes
            cy,,Oslo,three,7,2002-01-01,red,2.5,c;a,1,no
            dee,30,Rome,four,7,2000-01-01,,?,,1,yes
            """;

    @TempDir
    private Path folder;

    private final Memory memory = Memory.unlimited();

    @BeforeEach
    void write() throws IOException {
        Files.writeString(folder.resolve("people.csv"), NODES);
        Files.writeString(folder.resolve("knows.txt"), "ann bob\ncy bob\nbob ann\n");
    }

    private NodeData read(TaskKind task, String time, Set<String> ignored, String... targets) {
        Columns columns = new Columns(
                "", List.of(targets), task, Set.of("?"), "split", time, true, List.copyOf(ignored), List.of());
        return NodeReader.read(
                new NodeFiles(
                        "people",
                        folder.resolve("people.csv"),
                        folder.resolve("knows.txt"),
                        Optional.empty(),
                        Map.of(),
                        Optional.empty(),
                        columns,
                        false),
                memory);
    }

    @Test
    void numbersAreStandardisedCategoriesSpreadAndOtherTextLeftOut() {
        Set<String> ignored = Set.of("joined", "score", "likes", "fast", "big");
        try (NodeData data = read(null, "", ignored, "color")) {
            assertThat(data.kind()).isEqualTo(TaskKind.BINARY);
            assertThat(data.classNames()).containsExactly("blue", "red");
            assertThat(data.labels()).containsExactly(1, 0, 1, Float.NaN);
            assertThat(data.arcs().offsets()).containsExactly(0, 1, 3, 4, 4);
            // ages 20, 40, none, 30: mean 30, deviation sqrt(200 / 3); then Oslo, then Rome
            float off = (float) (10 / Math.sqrt(200.0 / 3));
            assertThat(((Matrix) data.features()).toArray()).containsExactly(-off, 1, 0, off, 0, 1, 0, 1, 0, 0, 0, 1);
            assertThat(data.notes())
                    .containsExactly(
                            "Column age lacks 1 number: the mean stands there.",
                            "Column bio is left out: it is text, 4 different ones.",
                            "Column same is left out: it is the same everywhere.");
        }
    }

    @Test
    void numbersWithFractionsAreARegression() {
        try (NodeData data = read(null, "joined", Set.of("likes", "color"), "score")) {
            assertThat(data.kind()).isEqualTo(TaskKind.REGRESSION);
            assertThat(data.labels()).containsExactly(0.5f, 1.5f, 2.5f, Float.NaN);
            assertThat(data.times()[3]).isLessThan(data.times()[0]).isLessThan(data.times()[2]);
            assertThat(Splits.usual(data)).isEqualTo("time/60/20/20");
            Split split = Splits.of(data, "time/34/33/33", 0);
            assertThat(split.train()).containsExactly(0); // dee is older, but nobody knows her score
            assertThat(split.validation()).containsExactly(2);
            assertThat(split.test()).containsExactly(1);
        }
    }

    @Test
    void severalClassesStandInACellOrInColumns() {
        try (NodeData data = read(TaskKind.MULTILABEL, "", Set.of(), "likes")) {
            assertThat(data.classNames()).containsExactly("a", "b", "c");
            float none = Float.NaN;
            assertThat(data.labels()).containsExactly(1, 1, 0, 0, 1, 0, 1, 0, 1, none, none, none);
            assertThat(data.target().known(3)).isFalse();
        }
        try (NodeData data = read(null, "", Set.of(), "fast", "big")) {
            assertThat(data.kind()).isEqualTo(TaskKind.MULTILABEL);
            assertThat(data.classNames()).containsExactly("fast", "big");
            assertThat(data.labels()).containsExactly(1, 0, 0, 1, 1, 0, 1, 1);
        }
    }

    @Test
    void severalColumnsAreNoTaskOfOne() {
        assertThatThrownBy(() -> read(TaskKind.MULTICLASS, "", Set.of(), "fast", "big"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("the columns fast, big of ")
                .hasMessageEndingWith(" are a class each, which a multiclass task cannot have");
        read(TaskKind.MULTILABEL, "", Set.of(), "fast", "big").close();
    }

    @Test
    void manyCategoriesAreStoredSparse() throws IOException {
        StringBuilder text = new StringBuilder("id,kind,label\n");
        for (int i = 0; i < 60; i++) text.append("n%d,k%d,%d\n".formatted(i, i % 20, i % 2));
        Files.writeString(folder.resolve("people.csv"), text);
        Files.writeString(folder.resolve("knows.txt"), "a,b\nn1,n2\n");
        try (NodeData data = read(null, "", Set.of(), "label")) {
            assertThat(((SparseMatrix) data.features()).cols()).isEqualTo(20);
            assertThat(data.arcs().edges()).isEqualTo(2);
        }
    }

    @Test
    void timesAreNumbersOfDaysAndThatIsSaid() {
        Set<String> ignored = Set.of("age", "city", "score", "likes", "fast", "big");
        try (NodeData data = read(null, "", ignored, "color")) {
            double[] days = {11443, 12053, 11688, 10957}; // since 1970, of 2001-05-01 and so on
            double mean = Arrays.stream(days).average().orElseThrow();
            double sd = Math.sqrt(Arrays.stream(days)
                    .map(x -> (x - mean) * (x - mean))
                    .average()
                    .orElseThrow());
            assertThat(data.features().cols()).isEqualTo(1);
            for (int i = 0; i < 4; i++) {
                assertThat(((Matrix) data.features()).get(i, 0))
                        .isCloseTo((float) ((days[i] - mean) / sd), offset(1e-5f));
            }
            assertThat(data.notes()).contains("Column joined holds times: they are taken as numbers of days.");
        }
    }

    @Test
    void numbersMayBeStandardisedBySomeNodesAlone() {
        Set<String> ignored = Set.of("joined", "score", "likes", "fast", "big");
        try (NodeData data = read(null, "", ignored, "color");
                Matrix some = (Matrix) data.featuresBy(new int[] {0, 2, 3}, memory);
                Matrix alone = (Matrix) data.featuresBy(new int[] {0}, memory)) {
            // ages 20, 40, none, 30: of 20 and 30 the mean is 25 and the deviation 5; then Oslo, then Rome
            assertThat(some.toArray()).containsExactly(-1, 1, 0, 3, 0, 1, 0, 1, 0, 1, 0, 1);
            assertThat(alone.toArray()).containsExactly(0, 1, 0, 0, 0, 1, 0, 1, 0, 0, 0, 1);
        }
    }

    @Test
    void anEdgeTableWithoutRowsAndColumnsOfEdgesThatNobodyReadsAreSaid() throws IOException {
        Files.writeString(folder.resolve("knows.txt"), "from,to,weight,since\nann,bob,2,2001\n");
        try (NodeData data = read(null, "", Set.of(), "color")) {
            assertThat(data.notes())
                    .contains("Of knows.txt the columns weight, since are not read: every edge counts the same.");
            assertThat(data.toString()).contains("4 nodes, 1 edge, ");
        }
        Files.writeString(folder.resolve("knows.txt"), "from,to\n");
        try (NodeData data = read(null, "", Set.of(), "color")) {
            assertThat(data.notes()).contains("Table knows.txt has no rows: no node has an edge.");
        }
    }

    @Test
    void aTableOfFeaturesMayCallNodesAsTheTableOfNodesDoes() throws IOException {
        Path file = folder.resolve("more.csv");
        Files.writeString(file, "name,x,y\nann,1,0\nbob,0,2\ncy,0,0\ndee,3,0\n");
        assertThat(withFeatures(file)).containsExactly(1, 0, 0, 2, 0, 0, 3, 0);
        Files.writeString(file, "who,x,y\nann,1,0\n");
        assertThatThrownBy(() -> withFeatures(file))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("more.csv: neither node nor name")
                .satisfies(e -> assertThat(((InputException) e).hint()).startsWith("It has who, x, y."));
    }

    private float[] withFeatures(Path file) {
        Columns columns = new Columns("", List.of("color"), null, Set.of(), "split", "", false, List.of(), List.of());
        NodeFiles files = new NodeFiles(
                "people",
                folder.resolve("people.csv"),
                folder.resolve("knows.txt"),
                Optional.of(file),
                Map.of(),
                Optional.empty(),
                columns,
                false);
        try (NodeData data = NodeReader.read(files, memory);
                Matrix dense = Matrix.of(memory, Purpose.FEATURES, 4, 2)) {
            switch (data.features()) {
                case SparseMatrix sparse -> sparse.writeTo(dense, 0, 4);
                case Matrix matrix -> dense.copyFrom(matrix);
                default -> throw new AssertionError(data.features());
            }
            return dense.toArray();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ann,20 > ann,nan     | color | age of | has 1 value that is no finite number, the first is nan of node ann",
                "cy, > cy,-inf        | color | age of | has 1 value that is no finite number, the first is -inf of node cy",
                "2.5 > much           | score | score of | the label 'much' of node cy",
                "blue > red           | color | every label in the column color of | is red",
                "1,no > 2,no          | fast,big | fast of | the label '2' of node ann in the column fast of",
                "2001-05-01 > then    | color | people.csv:2 | is no time",
            })
    void aMistakeIsNamedWithItsColumnAndNode(String change, String targets, String place, String says)
            throws IOException {
        String[] both = change.split(" > ", -1);
        Files.writeString(folder.resolve("people.csv"), NODES.replace(both[0], both[1]));
        TaskKind task = targets.equals("score") ? TaskKind.REGRESSION : null;
        assertThatThrownBy(() -> read(task, "joined", Set.of(), targets.split(",", -1)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(place)
                .hasMessageContaining(says);
        assertThat(memory.live()).isZero();
    }

    @Test
    void aFewTextsAmongNumbersAreMistakes() throws IOException {
        StringBuilder text = new StringBuilder("id,age,label\n");
        for (int i = 0; i < 60; i++) text.append("n%d,%s,%d\n".formatted(i, i == 33 ? "old" : "" + i, i % 2));
        Files.writeString(folder.resolve("people.csv"), text);
        Files.writeString(folder.resolve("knows.txt"), "n1 n2\n");
        assertThatThrownBy(() -> read(null, "", Set.of(), "label"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("holds numbers and 1 other text, the first is 'old' of node n33")
                .satisfies(e -> assertThat(((InputException) e).hint()).contains("--ignore age"));
    }
}
