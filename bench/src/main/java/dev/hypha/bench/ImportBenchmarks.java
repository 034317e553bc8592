package dev.hypha.bench;

import dev.hypha.bench.Benchmark.Measured;
import dev.hypha.graph.Adjacency;
import dev.hypha.graph.importing.GraphImport;
import dev.hypha.graph.importing.ImportListener;
import dev.hypha.graph.importing.ImportRequest;
import dev.hypha.graph.importing.ImportRequest.Columns;
import dev.hypha.graph.importing.ImportRequest.EdgeTable;
import dev.hypha.graph.reading.ShapeFinder.Header;
import dev.hypha.graph.store.GraphStore;
import dev.hypha.graph.store.StoredGraph;
import dev.hypha.tensor.Csr;
import dev.hypha.tensor.Memory;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/// From a gzipped edge list to a graph store: the graph's edges, each in one of its directions and in random order,
/// written to a temporary folder, which is deleted afterwards.
final class ImportBenchmarks {
    private ImportBenchmarks() {}

    static List<Benchmark> all() {
        return List.of(new Benchmark(
                "import/gzip", "imports the edges, a row per pair of nodes, from a gzipped edge list", setting -> {
                    try {
                        return imported(setting, Path.of(System.getProperty("java.io.tmpdir")));
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                }));
    }

    /// @param parent of the temporary folder
    static Measured imported(Setting setting, Path parent) throws IOException {
        BenchGraph graph = setting.graph().get();
        Path folder = Files.createTempDirectory(parent, "hypha-bench-");
        try (Memory room = setting.room()) {
            Path file = folder.resolve("edges.tsv.gz");
            long[] pairs = pairs(graph.edges().pattern());
            write(pairs, file);
            Path store = folder.resolve("store");
            String gate = gate(pairs, run(setting, file, store));
            Timed timed = setting.time(room, () -> run(setting, file, store));
            long bytes = Files.size(file) + Files.size(store.resolve("edges-0.sources"));
            return new Measured(
                            "%s, %,d rows, %,d bytes".formatted(graph.name(), pairs.length, Files.size(file)),
                            timed,
                            bytes,
                            0,
                            gate)
                    .with("edgesPerSecond", 1e3 * pairs.length / timed.millis().median());
        } finally {
            delete(folder);
        }
    }

    /// Edges between different nodes, source and target in one number; of both directions one where both are there.
    private static long[] pairs(Csr edges) {
        long[] pairs = new long[edges.edges()];
        int count = 0;
        for (int i = 0; i < edges.rows(); i++) {
            for (int e = edges.offsets()[i]; e < edges.offsets()[i + 1]; e++) {
                if (edges.indices()[e] < i) pairs[count++] = (long) edges.indices()[e] << 32 | i;
            }
        }
        SplittableRandom random = new SplittableRandom(1);
        for (int i = count - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            long moved = pairs[i];
            pairs[i] = pairs[other];
            pairs[other] = moved;
        }
        return Arrays.copyOf(pairs, count);
    }

    private static void write(long[] pairs, Path file) throws IOException {
        try (OutputStream out =
                new BufferedOutputStream(new GZIPOutputStream(Files.newOutputStream(file), 1 << 16), 1 << 16)) {
            for (long pair : pairs) {
                out.write(((pair >>> 32) + "\t" + (int) pair + "\n").getBytes(StandardCharsets.US_ASCII));
            }
        }
    }

    /// Imports into a new store in the place of the one before.
    private static Path run(Setting setting, Path file, Path store) {
        try {
            delete(store);
            EdgeTable edges = new EdgeTable("edge", "node", "node", List.of(file), false, false);
            long bytes = Math.min(setting.memory().limit(), Runtime.getRuntime().maxMemory() / 2);
            GraphImport.run(
                    new ImportRequest(
                            List.of(),
                            List.of(edges),
                            store,
                            Columns.guessed(),
                            Header.GUESS,
                            0,
                            bytes,
                            setting.provider().threads()),
                    ImportListener.SILENT);
            return store;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The store holds the rows that were written, each as often: their number and the sum of a mix of each agree.
    private static String gate(long[] pairs, Path store) throws IOException {
        long expected = 0;
        for (long pair : pairs) expected += mixed(pair);
        long found = 0;
        try (StoredGraph stored = GraphStore.open(store)) {
            Adjacency lists = stored.graph().neighbors(0);
            if (lists.edges() != pairs.length) {
                throw new IllegalStateException(lists.edges() + " edges in the store of " + pairs.length + " rows");
            }
            for (int target = 0; target < lists.targets(); target++) {
                long id = Long.parseLong(stored.ids(0).name(target));
                for (long e = lists.begin(target); e < lists.end(target); e++) {
                    found += mixed(Long.parseLong(stored.ids(0).name(lists.source(e))) << 32 | id);
                }
            }
        }
        if (found != expected) throw new IllegalStateException("the store holds other edges than the file");
        return "the store holds the file's " + pairs.length + " edges";
    }

    /// A bijection that leaves no two sums of different edges likely to agree: Stafford, "Better bit mixing", 2011.
    private static long mixed(long pair) {
        long z = (pair ^ (pair >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) return;
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
        }
    }
}
