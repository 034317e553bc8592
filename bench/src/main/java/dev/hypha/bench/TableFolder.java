package dev.hypha.bench;

import dev.hypha.graph.InputException;
import dev.hypha.graph.reading.BadValue;
import dev.hypha.graph.reading.Field;
import dev.hypha.graph.reading.Numbers;
import dev.hypha.graph.reading.RowReader;
import dev.hypha.graph.reading.ShapeFinder;
import dev.hypha.graph.reading.ShapeFinder.Header;
import dev.hypha.graph.reading.TableShape;
import dev.hypha.graph.reading.WrongLines;
import dev.hypha.learn.LayerEdges;
import dev.hypha.tensor.Memory;
import dev.hypha.tensor.StoredMatrix;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/// A graph as a folder of tables with a header each, plain (`.csv`) or gzipped (`.csv.gz`):
///
/// | table | columns |
/// |---|---|
/// | nodes | `id`, an integer; `label`, a class from 0; `split`: `train`, `val`, `test` or `none` |
/// | edges | `source`, `target`: ids; taken to lead both ways, once, and not from a node to itself |
/// | features | `node`, an id; `feature`, a column from 0; `value`, 1 where there is no such column |
///
/// Without a column `split` all nodes are trained on. Features that no row names are 0.
final class TableFolder {
    /// Beyond so many, a number is a mistake rather than a class or a column.
    private static final int MOST_CLASSES = 1 << 16;

    private static final int MOST_FEATURES = 1 << 24;
    private static final Set<String> SPLITS = Set.of("train", "val", "validation", "test", "none", "");

    private final Path folder;
    private final Map<Long, Integer> nodeOf = new HashMap<>();

    TableFolder(Path folder) {
        this.folder = folder;
    }

    /// Whether a folder holds a table of nodes.
    static boolean is(Path folder) {
        return Files.exists(folder.resolve("nodes.csv")) || Files.exists(folder.resolve("nodes.csv.gz"));
    }

    /// Reads all tables.
    ///
    /// @param memory for the features, which are stored sparse where most are 0
    /// @throws InputException naming the file and the line that is wrong, or the table or column that is missing
    BenchGraph read(Memory memory) {
        Nodes nodes = nodes();
        LayerEdges edges = edges();
        EntryRows entries = features();
        String name = folder.toAbsolutePath().normalize().getFileName().toString();
        int classCount = Arrays.stream(nodes.classes).max().orElse(0) + 1;
        StoredMatrix features = entries.matrix(memory, nodeOf.size());
        return new BenchGraph(name, edges, features, nodes.classes, classCount, nodes.training);
    }

    private TableShape table(String name) {
        Path plain = folder.resolve(name + ".csv");
        return ShapeFinder.find(Files.exists(plain) ? plain : folder.resolve(name + ".csv.gz"), Header.YES);
    }

    private static void read(TableShape table, int[] columns, Field[] fields, RowReader.Rows rows) {
        new RowReader(table, columns, fields, WrongLines.none()).read(rows, _ -> {});
    }

    /// What the table of nodes says.
    ///
    /// @param classes of all nodes
    /// @param training those that are trained on
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Nodes(int[] classes, int[] training) {}

    private Nodes nodes() {
        TableShape table = table("nodes");
        IntStream.Builder classes = IntStream.builder();
        IntStream.Builder training = IntStream.builder();
        boolean split = table.find("split").isPresent();
        int[] columns = {table.column("id"), table.column("label"), split ? table.column("split") : 0};
        Field[] fields = {new NewId(), new Below("class", MOST_CLASSES), new Split()};
        read(table, Arrays.copyOf(columns, split ? 3 : 2), Arrays.copyOf(fields, split ? 3 : 2), row -> {
            int node = nodeOf.size();
            nodeOf.put(row[0], node);
            classes.add((int) row[1]);
            if (!split || row[2] == 1) training.add(node);
        });
        Nodes nodes = new Nodes(classes.build().toArray(), training.build().toArray());
        if (nodes.training.length > 0) return nodes;
        throw new InputException(
                "no-training-nodes",
                table.file() + " has no node to train on",
                Map.of("file", table.file().toString()),
                "Write train in the column split of some.");
    }

    private LayerEdges edges() {
        TableShape table = table("edges");
        LongStream.Builder pairs = LongStream.builder();
        Known known = new Known();
        read(table, new int[] {table.column("source"), table.column("target")}, new Field[] {known, known}, row -> {
            if (row[0] != row[1]) pairs.add(Math.min(row[0], row[1]) << 32 | Math.max(row[0], row[1]));
        });
        long[] sorted = pairs.build().sorted().distinct().toArray();
        return BenchGraphs.edges(nodeOf.size(), sorted);
    }

    private EntryRows features() {
        TableShape table = table("features");
        EntryRows entries = new EntryRows();
        boolean valued = table.find("value").isPresent();
        int[] columns = {table.column("node"), table.column("feature"), valued ? table.column("value") : 0};
        Field[] fields = {new Known(), new Below("feature", MOST_FEATURES), new Real()};
        read(
                table,
                Arrays.copyOf(columns, valued ? 3 : 2),
                Arrays.copyOf(fields, valued ? 3 : 2),
                row -> entries.add((int) row[0], (int) row[1], valued ? Float.intBitsToFloat((int) row[2]) : 1));
        return entries;
    }

    /// A field that is a number once it has been looked at.
    private interface Checked extends Field {
        @Override
        default long keep(long looked, byte[] bytes, int from, int to) {
            return looked;
        }
    }

    /// The id of a node that was not met before.
    private final class NewId implements Checked {
        @Override
        public long look(byte[] bytes, int from, int to) throws BadValue {
            long id = Numbers.integer(bytes, from, to);
            if (nodeOf.containsKey(id)) throw new BadValue("a second node " + id);
            return id;
        }
    }

    /// The id of a node that the table of nodes has; kept as its number.
    private final class Known implements Checked {
        @Override
        public long look(byte[] bytes, int from, int to) throws BadValue {
            long id = Numbers.integer(bytes, from, to);
            Integer node = nodeOf.get(id);
            if (node == null) throw new BadValue("there is no node " + id + " in the table of nodes");
            return node;
        }
    }

    /// An integer from 0 and below a bound.
    private record Below(String what, int bound) implements Checked {
        @Override
        public long look(byte[] bytes, int from, int to) throws BadValue {
            long value = Numbers.integer(bytes, from, to);
            if (value < 0 || value >= bound) {
                throw new BadValue("%s %d is not from 0 to %,d".formatted(what, value, bound - 1));
            }
            return value;
        }
    }

    /// Which part a node belongs to; kept as 1 for training.
    private static final class Split implements Checked {
        @Override
        public long look(byte[] bytes, int from, int to) throws BadValue {
            String split = new String(bytes, from, to - from, StandardCharsets.UTF_8);
            if (!SPLITS.contains(split)) {
                throw BadValue.of(bytes, from, to, "is no split; there are train, val, test and none");
            }
            return split.equals("train") ? 1 : 0;
        }
    }

    /// A finite number; kept as the bits of its float32.
    private static final class Real implements Checked {
        @Override
        public long look(byte[] bytes, int from, int to) throws BadValue {
            float value = (float) Numbers.real(bytes, from, to);
            if (!Float.isFinite(value)) throw new BadValue("a feature is " + value + " in 32 bits");
            return Float.floatToRawIntBits(value);
        }
    }
}
