package dev.hypha.bench;

import dev.hypha.graph.reading.BadValue;
import dev.hypha.graph.reading.Field;
import dev.hypha.graph.reading.IntegerField;
import dev.hypha.graph.reading.Numbers;
import dev.hypha.graph.reading.RowReader;
import dev.hypha.graph.reading.ShapeFinder;
import dev.hypha.graph.reading.WrongLines;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// Reading rows of text: pairs of integers, which have a fast path, and rows with a decimal number.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ImportJmh {
    @Param("500000")
    public int edges;

    @Param({"plain", "gzip"})
    public String packing;

    private Path folder;
    private Path pairs;
    private Path weighted;

    /// Writes both files.
    @Setup(Level.Trial)
    public void open() throws IOException {
        folder = Files.createTempDirectory("hypha-bench-");
        pairs = folder.resolve("pairs.tsv");
        weighted = folder.resolve("weighted.csv");
        SplittableRandom random = new SplittableRandom(1);
        try (OutputStream first = packed(pairs);
                OutputStream second = packed(weighted)) {
            for (int i = 0; i < edges; i++) {
                int source = random.nextInt(edges);
                int target = random.nextInt(edges);
                first.write((source + "\t" + target + "\n").getBytes(StandardCharsets.US_ASCII));
                second.write((source + "," + target + ",0." + i + "\n").getBytes(StandardCharsets.US_ASCII));
            }
        }
    }

    private OutputStream packed(Path file) throws IOException {
        OutputStream raw = Files.newOutputStream(file);
        return new BufferedOutputStream(packing.equals("gzip") ? new GZIPOutputStream(raw) : raw, 1 << 16);
    }

    /// Deletes both files.
    @TearDown(Level.Trial)
    public void close() throws IOException {
        Files.delete(pairs);
        Files.delete(weighted);
        Files.delete(folder);
    }

    @Benchmark
    public long integerPairs() {
        return read(pairs, new Integers(), new Integers());
    }

    @Benchmark
    public long rowsWithDecimals() {
        return read(weighted, new Integers(), new Integers(), new Decimals());
    }

    private long read(Path file, Field... fields) {
        int[] wanted = {0, 1, 2};
        RowReader reader = new RowReader(
                ShapeFinder.find(file, ShapeFinder.Header.NO),
                Arrays.copyOf(wanted, fields.length),
                fields,
                new WrongLines(0, _ -> {}));
        long[] sum = new long[1];
        long rows = reader.read(row -> sum[0] += row[0] ^ row[1], _ -> {});
        if (rows != edges) throw new IllegalStateException(rows + " rows of " + edges);
        return sum[0];
    }

    private static final class Integers implements IntegerField {
        @Override
        public long keep(long looked, byte[] bytes, int from, int to) {
            return looked;
        }
    }

    private static final class Decimals implements Field {
        @Override
        public long look(byte[] bytes, int from, int to) throws BadValue {
            return Double.doubleToRawLongBits(Numbers.real(bytes, from, to));
        }

        @Override
        public long keep(long looked, byte[] bytes, int from, int to) {
            return looked;
        }
    }
}
