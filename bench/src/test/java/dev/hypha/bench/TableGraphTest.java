package dev.hypha.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hypha.graph.InputException;
import dev.hypha.tensor.KernelProvider;
import dev.hypha.tensor.Memory;
import dev.hypha.tensor.SparseMatrix;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TableGraphTest {
    @TempDir
    private Path folder;

    private final Memory memory = Memory.unlimited();

    @BeforeEach
    void write() throws IOException {
        zipped("nodes", "id,label,split\n7,0,train\n-3,2,val\n9,1,train\n11,1,none\n");
        zipped("edges", "source,target\n7,-3\n-3,7\n9,7\n9,9\n");
        zipped("features", "node,feature\n9,4\n7,0\n9,1\n");
    }

    private void zipped(String name, String text) throws IOException {
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(folder.resolve(name + ".csv.gz")))) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    private void plain(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name + ".csv"), text);
    }

    @Test
    void readsNodesEdgesBothWaysAndSparseFeatures() throws IOException {
        try (BenchGraph graph = BenchGraphs.read(folder, memory)) {
            assertThat(graph.name()).isEqualTo(folder.getFileName().toString());
            assertThat(graph.classes()).containsExactly(0, 2, 1, 1);
            assertThat(graph.classCount()).isEqualTo(3);
            assertThat(graph.training()).containsExactly(0, 2);
            // 7 is node 0, -3 node 1, 9 node 2; 7 and -3 are joined twice, 9 with itself.
            assertThat(graph.edges().pattern().offsets()).containsExactly(0, 2, 3, 4, 4);
            assertThat(graph.edges().pattern().indices()).containsExactly(1, 2, 0, 0);
            SparseMatrix features = (SparseMatrix) graph.features();
            assertThat(features.cols()).isEqualTo(5);
            assertThat(features.pattern().offsets()).containsExactly(0, 1, 1, 3, 3);
            assertThat(features.pattern().indices()).containsExactly(0, 4, 1);
            assertThat(features.values().toArray()).containsExactly(1, 1, 1);
            assertThat(graph.size()).endsWith("4 nodes, 4 edges, 5 features of which 3 are not 0");
        }
        assertThat(memory.live()).isZero();
    }

    @Test
    void withoutSplitsAllNodesAreTrainedOn() throws IOException {
        plain("nodes", "id,label\n7,0\n-3,1\n9,1\n");
        try (BenchGraph graph = BenchGraphs.read(folder, memory)) {
            assertThat(graph.training()).containsExactly(0, 1, 2);
        }
    }

    @Test
    void modelsTrainOnSparseFeaturesAndPassTheirGates() throws IOException {
        StringBuilder nodes = new StringBuilder("id,label,split\n");
        StringBuilder edges = new StringBuilder("source,target\n");
        StringBuilder features = new StringBuilder("node,feature\n");
        for (int i = 0; i < 60; i++) {
            nodes.append(i + "," + i % 3 + "," + (i % 2 == 0 ? "train" : "test") + "\n");
            edges.append(i + "," + (i * 7 + 3) % 60 + "\n");
            features.append(i + "," + i % 3 + "\n" + i + "," + (5 + i % 20) + "\n");
        }
        plain("nodes", nodes.toString());
        plain("edges", edges.toString());
        plain("features", features.toString());
        try (KernelProvider provider = KernelProvider.choose(2);
                BenchGraph graph = BenchGraphs.read(folder, memory)) {
            Setting setting = new Setting(provider, () -> graph, memory, 0.01);
            for (Benchmark each : Benchmarks.named(List.of("epoch", "sampled-epoch", "sample/features"))) {
                Row row = Benchmarks.row(each, setting, new Limits(1e10, 1e11));
                assertThat(row.size()).as(row.name()).contains("25 features of which 120 are not 0");
                assertThat(row.millis().min()).isPositive();
            }
        }
    }

    @Test
    void aSplitWithoutTrainingNodesIsRefused() throws IOException {
        plain("nodes", "id,label,split\n7,0,test\n9,1,val\n-3,1,none\n11,0,none\n");
        assertThatThrownBy(() -> BenchGraphs.read(folder, memory))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("has no node to train on");
        assertThat(memory.live()).isZero();
    }

    @Test
    void aMissingTableOrFolderIsNamed() throws IOException {
        Files.delete(folder.resolve("edges.csv.gz"));
        assertThatThrownBy(() -> BenchGraphs.read(folder, memory))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("there is no file")
                .hasMessageContaining("edges.csv.gz");
        Path empty = Files.createDirectory(folder.resolve("empty"));
        assertThatThrownBy(() -> BenchGraphs.read(empty, memory))
                .isInstanceOf(InputException.class)
                .hasMessageEndingWith("empty holds neither indptr.npy nor nodes.csv");
        assertThatThrownBy(() -> BenchGraphs.read(folder.resolve("nowhere"), memory))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("there is no folder");
    }
}
