package dev.hypha.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hypha.app.Ran;
import dev.hypha.graph.reading.NumpyType;
import dev.hypha.graph.reading.NumpyWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `bench`, as it is typed; what it measures is tested where it is measured.
class BenchCommandTest {
    @TempDir
    Path folder;

    @BeforeEach
    void write() throws IOException {
        StringBuilder nodes = new StringBuilder("id,label,split\n");
        StringBuilder edges = new StringBuilder("source,target\n");
        StringBuilder features = new StringBuilder("node,feature\n");
        for (int i = 0; i < 40; i++) {
            nodes.append(i).append(',').append(i % 2).append(",train\n");
            edges.append(i).append(',').append((i + 7) % 40).append('\n');
            features.append(i).append(',').append(i % 10).append('\n');
        }
        Files.writeString(folder.resolve("nodes.csv"), nodes);
        Files.writeString(folder.resolve("edges.csv"), edges);
        Files.writeString(folder.resolve("features.csv"), features);
    }

    @Test
    void aRowSaysWhatWasTimedWhatItHeldAndTheLimits() {
        Ran ran = Ran.hypha(
                "bench",
                "epoch/gcn",
                "--graph",
                folder.toString(),
                "--seconds",
                "0.01",
                "--threads",
                "2",
                "--json",
                "--quiet");
        assertThat(ran.exit()).as(ran.out() + ran.err()).isZero();
        assertThat(ran.out().lines()).hasSize(1);
        JsonNode row = ran.json();
        assertThat(row.get("command").asText()).isEqualTo("bench");
        assertThat(row.get("name").asText()).isEqualTo("epoch/gcn");
        assertThat(row.get("size").asText()).contains("40 nodes, 80 edges, 10 features of which 40 are not 0");
        assertThat(row.get("threads").asInt()).isEqualTo(2);
        assertThat(row.get("provider").asText()).isNotBlank();
        assertThat(row.at("/millis/median").asDouble())
                .isBetween(
                        row.at("/millis/min").asDouble(), row.at("/millis/max").asDouble());
        assertThat(row.get("bytes").asLong()).isPositive();
        assertThat(row.get("operations").asLong()).isPositive();
        assertThat(row.at("/limit/bytesPerSecond").asLong()).isPositive();
        assertThat(row.at("/limit/operationsPerSecond").asLong()).isPositive();
        assertThat(row.get("offHeapBytes").fieldNames())
                .toIterable()
                .containsExactly("graph", "features", "parameters", "activations", "workspace");
        assertThat(row.at("/offHeapBytes/parameters").asLong()).isPositive();
        assertThat(row.get("peakBytes").asLong()).isGreaterThan(1 << 20);
        assertThat(row.get("peakBytesOf").asText()).isIn("row", "process");
        assertThat(row.get("gcPauseMillis").asLong()).isNotNegative();
        assertThat(row.get("gate").asText()).contains("plain loops");
    }

    @Test
    void peopleGetATableWithTheLimitsBelow() {
        Ran ran = Ran.hypha("bench", "sample/uniform", "--graph", folder.toString(), "--seconds=0.01", "--threads=1");
        assertThat(ran.exit()).as(ran.err()).isZero();
        List<String> lines = ran.out().lines().toList();
        assertThat(lines).hasSize(3);
        assertThat(lines.get(0)).startsWith("benchmark").contains("median ms", "x limit", "off-heap", "GC ms");
        assertThat(lines.get(1)).startsWith("sample/uniform").contains("seeds per second");
        assertThat(lines.get(2)).contains("GB/s", "GFLOP/s");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "spm               | there is no benchmark 'spm'      | Did you mean spmm?",
                "epoch/gcnn        | there is no benchmark            | Did you mean epoch/gcn?",
                "rainbow           | there is no benchmark            | hypha bench --list",
                "--features half   | --features is half               | float32, bfloat16 or sparse",
                "--seconds 0       | --seconds is 0                   | above 0",
                "--seconds -1      | --seconds is -1                  | above 0",
                "--seconds NaN     | --seconds is NaN                 | above 0",
                "--seconds ten     | 'ten'                            | --help",
                "--threads 0       | --threads is 0                   | from 1 to 1024",
                "--graph /no/where | there is no folder /no/where     | hypha generate",
            })
    void aMistakeIsOneSentence(String typed, String says, String remedy) {
        Ran ran = Ran.hypha(("bench " + typed).split(" ", -1));
        assertThat(ran.exit()).isEqualTo(2);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err().lines()).hasSize(1);
        assertThat(ran.err()).contains(says, remedy);
    }

    @Test
    void aLabelThatCannotBeAClassIsNamed() throws IOException {
        Path arrays = folder.resolve("arrays");
        String store = folder.resolve("store").toString();
        Ran.hypha("generate", "powerlaw", "--nodes=100", "--features=2", "--out", store, "--npy", arrays.toString());
        Path labels = arrays.resolve("y.npy");
        Files.delete(labels);
        try (NumpyWriter writer = new NumpyWriter(labels, NumpyType.INT64, 100)) {
            for (int node = 0; node < 100; node++) {
                writer.integer(node == 5 ? 2_000_000_000L : 0);
            }
            writer.finish();
        }
        Ran ran = Ran.hypha("bench", "spmm/16", "--graph", arrays.toString(), "--quiet");
        assertThat(ran.exit()).isEqualTo(2);
        assertThat(ran.err()).contains(labels + " says class 2000000000 of node 5");
        assertThat(Ran.hypha("bench", "spmm/16", "--graph", store).err()).contains("It is a graph store");
    }

    @Test
    void aWrongLineOfTheGraphIsNamed() throws IOException {
        Path edges = Files.writeString(folder.resolve("edges.csv"), "source,target\n0,1\n1\n");
        Ran ran = Ran.hypha("bench", "spmm/16", "--graph", folder.toString(), "--seconds", "0.01", "--json");
        assertThat(ran.exit()).isEqualTo(2);
        assertThat(ran.json().at("/error/where/file").asText()).isEqualTo(edges.toString());
        assertThat(ran.json().at("/error/where/line").asInt()).isEqualTo(3);
    }

    @Test
    void kernelsThatAreSlowerThanNeedBeAreSaidOnceAtTheStart() throws IOException, InterruptedException {
        Path err = folder.resolve("err");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "--add-modules=jdk.incubator.vector",
                        "-XX:TieredStopAtLevel=1",
                        "-Dos.arch=riscv64",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "dev.hypha.app.Main",
                        "bench",
                        "--list")
                .redirectError(err.toFile())
                .redirectOutput(folder.resolve("out").toFile())
                .start();
        assertThat(process.waitFor()).isZero();
        assertThat(Files.readAllLines(err).stream().filter(line -> line.startsWith("warning: ")))
                .containsExactly("warning: kernels vector, slower than they need be: there is no OpenBLAS for"
                        + " linux-riscv64 here");
        assertThat(folder.resolve("out")).content().contains("spmm/128");
    }
}
