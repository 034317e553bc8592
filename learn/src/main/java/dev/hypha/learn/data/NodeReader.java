package dev.hypha.learn.data;

import dev.hypha.graph.InputException;
import dev.hypha.graph.reading.Field;
import dev.hypha.graph.reading.ShapeFinder;
import dev.hypha.graph.reading.ShapeFinder.Header;
import dev.hypha.graph.reading.TableShape;
import dev.hypha.learn.Checksum;
import dev.hypha.learn.data.NodeFiles.Columns;
import dev.hypha.tensor.Csr;
import dev.hypha.tensor.Matrix;
import dev.hypha.tensor.Memory;
import dev.hypha.tensor.Purpose;
import dev.hypha.tensor.StoredMatrix;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/// Reads [NodeFiles].
public final class NodeReader {
    /// The note that says what stands in the place of features where there are none.
    public static final String WITHOUT_FEATURES =
            "There are no features: a model sees 1 and the logarithm of a node's edges.";

    private final NodeFiles files;
    private final NodeTable table;
    private final List<String> notes = new ArrayList<>();
    private List<NumberColumn> standardised = List.of();

    private NodeReader(NodeFiles files) {
        this.files = files;
        this.table = NodeTable.read(files);
    }

    /// Reads all tables.
    ///
    /// @param memory for the features, which are stored sparse where most are 0
    /// @throws InputException naming the file and the line that is wrong, or the table or column that is
    ///     missing; nothing is held of the memory then
    public static NodeData read(NodeFiles files, Memory memory) {
        return new NodeReader(files).read(memory);
    }

    private NodeData read(Memory memory) {
        Columns columns = files.columns();
        NodeLabels labels = new TargetColumns(files.nodes(), table.ids().names(), columns.task(), columns.unknown())
                .labels(table.targets(), classNames());
        Csr arcs = arcs();
        List<Split> splits = splits();
        EntryRows entries = entries();
        String fingerprint = fingerprint();
        StoredMatrix features = features(entries, memory, arcs);
        return new NodeData(
                files.name(),
                arcs,
                files.directed(),
                features,
                labels,
                table.ids().names(),
                splits,
                table.times(),
                fingerprint,
                notes,
                standardised);
    }

    private Map<String, String> classNames() {
        Map<String, String> names = new HashMap<>();
        files.classes().ifPresent(file -> {
            TableShape shape = NodeTable.shape(file);
            Words words = new Words();
            NodeTable.read(
                    shape,
                    new int[] {shape.column("label"), shape.column("name")},
                    new Field[] {words, words},
                    row -> names.put(
                            words.texts().get((int) row[0]), words.texts().get((int) row[1])));
        });
        return names;
    }

    private Csr arcs() {
        TableShape shape = edgeShape();
        int[] ends = ends(shape);
        NodeIds.Known known = table.ids().known();
        LongStream.Builder pairs = LongStream.builder();
        int[] loops = new int[1];
        int[] rows = new int[1];
        NodeTable.read(shape, ends, new Field[] {known, known}, row -> {
            rows[0]++;
            if (row[0] < 0 || row[1] < 0) return;
            if (row[0] == row[1]) loops[0]++;
            else pairs.add(pair((int) row[0], (int) row[1]));
        });
        known.requireNone(files.edges(), files.nodes());
        if (rows[0] == 0) notes.add("Table " + files.edges().getFileName() + " has no rows: no node has an edge.");
        unread(shape, ends);
        if (loops[0] > 0) notes.add(loops(loops[0]));
        long[] sorted = pairs.build().sorted().distinct().toArray();
        int nodes = table.ids().count();
        return files.directed() ? Arcs.oneWay(nodes, sorted) : Arcs.bothWays(nodes, sorted);
    }

    static String loops(int count) {
        return Counted.of(count, "edge") + " from a node to itself " + (count == 1 ? "is" : "are") + " left out.";
    }

    /// No model here reads anything of an edge but its ends.
    private void unread(TableShape shape, int[] ends) {
        List<String> others = IntStream.range(0, shape.columns())
                .filter(c -> c != ends[0] && c != ends[1])
                .mapToObj(shape.names()::get)
                .toList();
        if (others.isEmpty()) return;
        notes.add("Of %s the %s %s %s not read: every edge counts the same."
                .formatted(
                        files.edges().getFileName(),
                        others.size() == 1 ? "column" : "columns",
                        String.join(", ", others),
                        others.size() == 1 ? "is" : "are"));
    }

    /// A first row that names no node names the columns.
    private TableShape edgeShape() {
        TableShape guessed = ShapeFinder.find(files.edges(), Header.GUESS);
        if (guessed.hasHeader() || guessed.sample().isEmpty() || guessed.matrix() != null) return guessed;
        boolean names = guessed.sample().getFirst().stream().anyMatch(table.ids()::has);
        return names ? guessed : ShapeFinder.find(files.edges(), Header.YES);
    }

    private int[] ends(TableShape shape) {
        List<String> named = files.columns().ends();
        if (!named.isEmpty()) return new int[] {shape.column(named.getFirst()), shape.column(named.getLast())};
        if (shape.find("source").isPresent() && shape.find("target").isPresent()) {
            return new int[] {shape.column("source"), shape.column("target")};
        }
        if (shape.columns() > 1) return new int[] {0, 1};
        throw new InputException(
                "too-few-columns",
                "the rows of " + files.edges() + " have no two columns for the ends of an edge",
                Map.of("file", files.edges().toString()),
                "Name them with --ends.");
    }

    /// A directed edge is one that its target hears from.
    private long pair(int source, int target) {
        if (files.directed()) return Arcs.pair(target, source);
        return Arcs.pair(Math.min(source, target), Math.max(source, target));
    }

    private List<Split> splits() {
        List<Split> splits = new ArrayList<>();
        table.split().ifPresent(splits::add);
        files.splits().forEach((file, family) -> splits.addAll(splits(file, family)));
        return splits;
    }

    private List<Split> splits(Path file, String family) {
        TableShape shape = NodeTable.shape(file);
        int node = table.key(shape);
        int[] columns =
                IntStream.range(0, shape.columns()).filter(c -> c != node).toArray();
        List<SplitColumn> parts = Arrays.stream(columns)
                .mapToObj(c -> new SplitColumn(name(family, shape.names().get(c))))
                .toList();
        NodeIds.Known known = table.ids().known();
        List<Field> fields = new ArrayList<>(List.of(known));
        fields.addAll(parts);
        int[] wanted =
                IntStream.concat(IntStream.of(node), Arrays.stream(columns)).toArray();
        NodeTable.read(shape, wanted, fields.toArray(Field[]::new), row -> {
            for (int c = 1; c < row.length && row[0] >= 0; c++) parts.get(c - 1).add((int) row[0], (int) row[c]);
        });
        known.requireNone(file, files.nodes());
        return parts.stream().map(SplitColumn::split).toList();
    }

    private static String name(String family, String column) {
        return family.isEmpty() ? column : family + "-" + column.replaceFirst("^[^0-9]+(?=[0-9])", "");
    }

    /// What the table of features says, where there is one.
    private EntryRows entries() {
        return files.features()
                .map(file -> FeatureTable.read(file, table, files.nodes(), notes))
                .orElseGet(EntryRows::new);
    }

    private StoredMatrix features(EntryRows entries, Memory memory, Csr arcs) {
        FeatureColumns columns =
                new FeatureColumns(files.nodes(), table.ids().names(), entries, entries.width(), notes);
        table.features().forEach(columns::add);
        standardised = columns.standardised();
        if (entries.width() > 0) return entries.matrix(memory, table.ids().count());
        notes.add(WITHOUT_FEATURES);
        return degrees(memory, arcs);
    }

    static Matrix degrees(Memory memory, Csr arcs) {
        Matrix features = Matrix.of(memory, Purpose.FEATURES, arcs.rows(), 2);
        for (int i = 0; i < arcs.rows(); i++) {
            features.set(i, 0, 1);
            features.set(i, 1, (float) Math.log1p(arcs.degree(i)));
        }
        return features;
    }

    private String fingerprint() {
        String sums = files.all().stream().map(Checksum::of).collect(Collectors.joining("\n"));
        return Checksum.of(sums + "\n" + files.columns() + files.directed());
    }
}
