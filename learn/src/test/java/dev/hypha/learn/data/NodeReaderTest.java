package dev.hypha.learn.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hypha.graph.InputException;
import dev.hypha.learn.TaskKind;
import dev.hypha.tensor.Matrix;
import dev.hypha.tensor.Memory;
import dev.hypha.tensor.SparseMatrix;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NodeReaderTest {
    @TempDir
    private Path folder;

    private final Memory memory = Memory.unlimited();

    @BeforeEach
    void write() throws IOException {
        zipped("nodes", "id,label,split\nann,10,train\nbob,2,val\ncy,9,train\ndee,-1,none\n");
        zipped("edges", "source,target\nann,bob\nbob,ann\ncy,ann\ncy,cy\n");
        zipped("features", "node,feature\ncy,7\nann,0\ncy,1\n");
    }

    private void zipped(String name, String text) throws IOException {
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(folder.resolve(name + ".csv.gz")))) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    /// Plain tables are preferred to gzipped ones.
    private void plain(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name + ".csv"), text);
    }

    private NodeData read() {
        return NodeReader.read(NodeFiles.of(folder, NodeFiles.Columns.USUAL), memory);
    }

    @Test
    void readsNodesEdgesBothWaysAndSparseFeatures() {
        try (NodeData data = read()) {
            assertThat(data.name()).isEqualTo(folder.getFileName().toString());
            assertThat(data.nodeNames()).containsExactly("ann", "bob", "cy", "dee");
            assertThat(data.kind()).isEqualTo(TaskKind.MULTICLASS);
            assertThat(data.classNames()).containsExactly("2", "9", "10");
            assertThat(data.labels()).containsExactly(2, 0, 1, Float.NaN);
            assertThat(data.target().known(3)).isFalse();
            assertThat(data.target().of(new int[] {2, 0})).containsExactly(1, 2);
            assertThat(data.arcs().offsets()).containsExactly(0, 2, 3, 4, 4);
            assertThat(data.arcs().indices()).containsExactly(1, 2, 0, 0);
            assertThat(data.edges().pattern()).isSameAs(data.arcs());
            SparseMatrix features = (SparseMatrix) data.features();
            assertThat(features.cols()).isEqualTo(8);
            assertThat(features.pattern().offsets()).containsExactly(0, 1, 1, 3, 3);
            assertThat(features.pattern().indices()).containsExactly(0, 7, 1);
            assertThat(features.values().toArray()).containsExactly(1, 1, 1);
            assertThat(data.notes())
                    .containsExactly(
                            "1 edge from a node to itself is left out.",
                            "Table features.csv.gz has no row for 2 of the nodes: 0 stands there.");
            Split split = data.splits().getFirst();
            assertThat(split.name()).isEqualTo("public");
            assertThat(split.train()).containsExactly(0, 2);
            assertThat(split.validation()).containsExactly(1);
            assertThat(split.test()).isEmpty();
        }
        assertThat(memory.live()).isZero();
    }

    @Test
    void directedEdgesAreHeardByTheirTargetsAndKnownWithoutDirection() throws IOException {
        plain("edges_directed", "source,target\nann,bob\ncy,bob\nbob,cy\nann,bob\n");
        try (NodeData data = read()) {
            assertThat(data.directed()).isTrue();
            assertThat(data.arcs().offsets()).containsExactly(0, 0, 2, 3, 3);
            assertThat(data.arcs().indices()).containsExactly(0, 2, 1);
            assertThat(data.edges().pattern().offsets()).containsExactly(0, 1, 3, 4, 4);
            assertThat(data.edges().pattern().indices()).containsExactly(1, 0, 2, 1);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "node,feature,value;ann,0,0.5;ann,1,-2;cy,1,3;cy,1,1",
                "node,f0,f1;cy,0,4;ann,0.5,-2",
                "node,index:value;ann,0:0.5 1:-2;cy,1:4",
            })
    void everyFormOfFeaturesIsTheSameMatrix(String text) throws IOException {
        plain("features", text.replace(';', '\n') + "\n");
        try (NodeData data = read()) {
            assertThat(((Matrix) data.features()).toArray()).containsExactly(0.5f, -2, 0, 0, 0, 4, 0, 0);
        }
    }

    @Test
    void listedColumnsAreOnes() throws IOException {
        plain("features", "node,indices\nann,0 2\ncy,\nbob,1\n");
        try (NodeData data = read()) {
            assertThat(((Matrix) data.features()).toArray()).containsExactly(1, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0, 0);
            assertThat(data.notes().getLast()).contains("no row for 1 of the nodes"); // cy has one, an empty one
        }
    }

    @Test
    void aTableOfFeaturesThatIsNotThereIsSaidToBeMissing() {
        NodeFiles there = NodeFiles.of(folder, NodeFiles.Columns.USUAL);
        NodeFiles files = new NodeFiles(
                there.name(),
                there.nodes(),
                there.edges(),
                Optional.of(folder.resolve("nosuch.csv")),
                there.splits(),
                there.classes(),
                there.columns(),
                there.directed());
        assertThatThrownBy(() -> NodeReader.read(files, memory))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("there is no file ")
                .hasMessageEndingWith("nosuch.csv");
        assertThat(memory.live()).isZero();
    }

    @Test
    void withoutFeaturesANodeHasItsDegree() throws IOException {
        Files.delete(folder.resolve("features.csv.gz"));
        try (NodeData data = read()) {
            float log3 = (float) Math.log(3);
            float log2 = (float) Math.log(2);
            assertThat(((Matrix) data.features()).toArray()).containsExactly(1, log3, 1, log2, 1, log2, 1, 0);
            assertThat(data.notes()).anyMatch(note -> note.startsWith("There are no features"));
        }
    }

    @Test
    void splitsAndNamesOfClassesComeFromTheirTables() throws IOException {
        plain("splits", "node,split0,split1\nbob,train,test\nann,val,train\n");
        plain("splits_geom_10", "node,split0\nbob,test\n");
        plain("classes", "label,name\n2,low\n10,high\n");
        try (NodeData data = read()) {
            assertThat(data.splits().stream().map(Split::name)).containsExactly("public", "split0", "split1", "geom-0");
            assertThat(data.splits().get(1).validation()).containsExactly(0);
            assertThat(data.splits().get(2).family()).isEqualTo("split");
            assertThat(data.classNames()).containsExactly("low", "9", "high");
        }
    }

    @Test
    void twoClassesAreAYesOrNo() throws IOException {
        plain("nodes", "id,label\nann,yes\nbob,no\ncy,yes\ndee,\n");
        try (NodeData data = read()) {
            assertThat(data.kind()).isEqualTo(TaskKind.BINARY);
            assertThat(data.classNames()).containsExactly("no", "yes");
            assertThat(data.labels()).containsExactly(1, 0, 1, Float.NaN);
        }
    }

    @Test
    void theFingerprintIsThatOfTheTables() throws IOException {
        try (NodeData once = read();
                NodeData again = read()) {
            assertThat(again.fingerprint()).isEqualTo(once.fingerprint()).startsWith("sha256:");
            plain("edges", "source,target\nann,bob\n");
            try (NodeData changed = read()) {
                assertThat(changed.fingerprint()).isNotEqualTo(once.fingerprint());
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nodes    | id,label;ann,0;ann,1         | nodes.csv:3: a second node ann",
                "nodes    | id,label;,0                  | nodes.csv:2: a node without an id",
                "nodes    | id,label,split;ann,0,trian   | nodes.csv:2: 'trian' is no split; there are train",
                "nodes    | id,label;ann,;bob,-1;cy,     | nodes.csv has a label in the column label",
                "nodes    | id,label;ann,3;bob,3;cy,     | is 3",
                "nodes    | id,class;ann,0               | there is no column label in",
                "edges    | source,target;ann,zoe;eve,zoe;ann,bob | names 2 nodes that nodes.csv.gz does not have, 3 times: zoe, eve",
                "edges    | source,target;ann            | edges.csv:2: has 1 column instead of 2",
                "features | node,feature;zoe,1           | names 1 node that nodes.csv.gz does not have, 1 times: zoe",
                "features | node,feature;ann,-1          | features.csv:2: feature -1 is not from 0",
                "features | node,feature;ann,99999999999 | features.csv:2: feature 99999999999 is not",
                "features | node,feature,value;ann,1,nan | features.csv:2: the feature in column value is NaN",
                "features | node,feature,value;ann,1,1e39 | features.csv:2: the feature in column value is Infinity",
                "features | node,age;ann,inf             | features.csv:2: the feature in column age is Infinity",
                "features | node,index:value;ann,3       | features.csv:2: '3' is no feature and value like 3:0.5",
                "features | ''                           | there is nothing in",
                "splits   | node,s;ann,all               | splits.csv:2: 'all' is no split",
            })
    void aMistakeIsNamedWithItsPlace(String table, String text, String says) throws IOException {
        plain(table, text.replace(';', '\n') + (text.isEmpty() ? "" : "\n"));
        assertThatThrownBy(this::read)
                .isInstanceOf(InputException.class)
                .hasMessageContaining(says)
                .satisfies(e ->
                        assertThat(((InputException) e).hint()).isNotBlank().doesNotContain("--skip-bad"));
        assertThat(memory.live()).isZero();
    }
}
