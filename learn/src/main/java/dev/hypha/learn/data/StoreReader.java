package dev.hypha.learn.data;

import dev.hypha.graph.Adjacency;
import dev.hypha.graph.EdgeType;
import dev.hypha.graph.InputException;
import dev.hypha.graph.NodeType;
import dev.hypha.graph.store.Column;
import dev.hypha.graph.store.ColumnType;
import dev.hypha.graph.store.GraphStore;
import dev.hypha.graph.store.StoredGraph;
import dev.hypha.learn.Checksum;
import dev.hypha.learn.data.NodeFiles.Columns;
import dev.hypha.tensor.Csr;
import dev.hypha.tensor.Memory;
import dev.hypha.tensor.StoredMatrix;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/// Reads the nodes of one type from a store, with the edges among them: the type that has the columns that
/// are predicted. Numbers, categories and text are features as in a table; a matrix is so as it is.
public final class StoreReader {
    private final Path folder;
    private final Columns columns;
    private final StoredGraph store;
    private final int type;
    private final List<String> ids;
    private final List<String> notes = new ArrayList<>();
    private List<NumberColumn> standardised = List.of();

    private StoreReader(Path folder, Columns columns, StoredGraph store) {
        this.folder = folder;
        this.columns = columns;
        this.store = store;
        this.type = type();
        int count = store.graph().nodeTypes().get(type).count();
        this.ids = IntStream.range(0, count).mapToObj(store.ids(type)::name).toList();
    }

    /// Reads a store.
    ///
    /// @param columns of the nodes, by name; what they say of ids and of a table of edges is not read
    /// @param directed whether its edges lead one way; otherwise both
    /// @param memory for the features, which are stored sparse where most are 0
    /// @throws InputException where the store is damaged, or has no nodes with these columns
    public static NodeData read(Path folder, Columns columns, boolean directed, Memory memory) {
        requireSound(folder);
        try (StoredGraph store = GraphStore.open(folder)) {
            return new StoreReader(folder, columns, store).read(directed, memory);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + folder, e);
        }
    }

    /// All of it is read in any case: what a bad disk changed is told rather than learned from.
    private static void requireSound(Path folder) {
        List<GraphStore.Finding> findings;
        try {
            findings = GraphStore.check(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + folder, e);
        }
        if (findings.isEmpty()) return;
        GraphStore.Finding first = findings.getFirst();
        String sums =
                first.expected().isEmpty() ? "" : ": " + first.expected() + " expected, " + first.found() + " found";
        throw new InputException(
                "corrupt-store",
                first.file() + " " + first.problem() + sums,
                Map.of("file", first.file()),
                "hypha check " + folder + " says all that is damaged; import it again.");
    }

    private NodeData read(boolean directed, Memory memory) {
        List<Cells> targets =
                columns.targets().stream().map(name -> cells(column(name))).toList();
        NodeLabels labels = new TargetColumns(folder, ids, columns.task(), columns.unknown()).labels(targets, Map.of());
        Csr arcs = arcs(directed);
        long[] times = times();
        Optional<Split> split = split();
        String fingerprint = Checksum.of(folder.resolve(GraphStore.METADATA)) + " " + columns + directed;
        StoredMatrix features = features(memory, arcs);
        return new NodeData(
                folder.toAbsolutePath().normalize().getFileName().toString(),
                arcs,
                directed,
                features,
                labels,
                ids,
                split.map(List::of).orElse(List.of()),
                times,
                fingerprint,
                notes,
                standardised);
    }

    /// The first type of nodes that has the first column that is predicted.
    private int type() {
        List<NodeType> types = store.graph().nodeTypes();
        String wanted = columns.targets().getFirst();
        for (int t = 0; t < types.size(); t++) if (store.nodeColumn(t, wanted).isPresent()) return t;
        List<String> known = new ArrayList<>();
        for (int t = 0; t < types.size(); t++) {
            for (Column column : store.nodeColumns(t)) known.add(types.get(t).name() + "." + column.name());
        }
        throw new InputException(
                "unknown-column",
                "no nodes in " + folder + " have a column " + wanted,
                Map.of("folder", folder.toString(), "column", wanted),
                known.isEmpty() ? "They have none at all." : "There are " + String.join(", ", known) + ".");
    }

    private Column column(String name) {
        return store.nodeColumn(type, name)
                .orElseThrow(() -> new InputException(
                        "unknown-column",
                        "the nodes in " + folder + " have no column " + name,
                        Map.of("folder", folder.toString(), "column", name),
                        "They have "
                                + String.join(
                                        ", ",
                                        store.nodeColumns(type).stream()
                                                .map(Column::name)
                                                .toList())
                                + "."));
    }

    private Cells cells(Column column) {
        Map<String, Integer> numbers = new HashMap<>();
        List<String> texts = new ArrayList<>();
        int[] codes = new int[ids.size()];
        for (int i = 0; i < codes.length; i++) {
            String text = column.text(i);
            codes[i] = numbers.computeIfAbsent(text, _ -> texts.size());
            if (codes[i] == texts.size()) texts.add(text);
        }
        return new Cells(column.name(), codes, texts);
    }

    private Csr arcs(boolean directed) {
        LongStream.Builder pairs = LongStream.builder();
        List<EdgeType> types = store.graph().edgeTypes();
        for (int e = 0; e < types.size(); e++) {
            if (types.get(e).source() != type || types.get(e).target() != type) continue;
            unread(e, types.get(e));
            Adjacency heard = store.graph().neighbors(e);
            for (int target = 0; target < heard.targets(); target++) {
                for (long at = heard.begin(target); at < heard.end(target); at++) {
                    int source = heard.source(at);
                    if (source == target) continue;
                    boolean first = directed || source > target;
                    pairs.add(first ? Arcs.pair(target, source) : Arcs.pair(source, target));
                }
            }
        }
        long[] sorted = pairs.build().sorted().distinct().toArray();
        if (sorted.length == 0) notes.add("The store has no edge between these nodes.");
        return directed ? Arcs.oneWay(ids.size(), sorted) : Arcs.bothWays(ids.size(), sorted);
    }

    /// No model here reads anything of an edge but its ends.
    private void unread(int edges, EdgeType type) {
        List<String> names = store.edgeColumns(edges).stream().map(Column::name).toList();
        if (names.isEmpty()) return;
        notes.add("What the edges " + type.name() + " hold is not read (" + String.join(", ", names)
                + "): every edge counts the same.");
    }

    /// The times that the nodes have in the store, where they are asked for.
    private long[] times() {
        if (columns.time().isEmpty()) return new long[0];
        Optional<Column> column = store.nodeColumn(type, columns.time());
        if (column.isEmpty() && !store.graph().timed(type)) column(columns.time()); // names those there are
        return IntStream.range(0, ids.size())
                .mapToLong(i -> column.map(c -> time(c, i))
                        .orElseGet(() -> store.graph().time(type, i)))
                .toArray();
    }

    private long time(Column column, int node) {
        boolean known = column.type() != ColumnType.TEXT && !Double.isNaN(column.number(node, 0));
        if (known) return (long) column.number(node, 0);
        throw new InputException(
                "no-time",
                "node " + ids.get(node) + " has no time in the column " + column.name() + " of " + folder,
                Map.of("folder", folder.toString(), "column", column.name()),
                "Name another column with --time, or import it as time with --types " + column.name() + "=time.");
    }

    private Optional<Split> split() {
        return columns.split().isEmpty()
                ? Optional.empty()
                : store.nodeColumn(type, columns.split())
                        .filter(column -> column.type() == ColumnType.TEXT)
                        .map(column -> SplitColumn.of(cells(column), folder));
    }

    private StoredMatrix features(Memory memory, Csr arcs) {
        Set<String> taken = new HashSet<>(columns.targets());
        taken.add(columns.split());
        taken.add(columns.time());
        columns.ignored().forEach(name -> taken.add(column(name).name()));
        EntryRows entries = new EntryRows();
        List<Column> others = store.nodeColumns(type).stream()
                .filter(column -> !taken.contains(column.name()))
                .toList();
        for (Column column : others) if (column.width() > 1) matrix(column, entries);
        FeatureColumns single = new FeatureColumns(folder, ids, entries, entries.width(), notes);
        for (Column column : others) if (column.width() == 1) single.add(cells(column));
        standardised = single.standardised();
        if (entries.width() > 0) return entries.matrix(memory, ids.size());
        notes.add(NodeReader.WITHOUT_FEATURES);
        return NodeReader.degrees(memory, arcs);
    }

    private void matrix(Column column, EntryRows entries) {
        int from = entries.width();
        for (int i = 0; i < ids.size(); i++) {
            for (int c = 0; c < column.width(); c++) {
                float value = (float) column.number(i, c);
                if (!Float.isFinite(value)) {
                    throw new InputException(
                            "not-finite",
                            "the column " + column.name() + " of " + folder + " is " + value + " for node "
                                    + ids.get(i),
                            Map.of("folder", folder.toString(), "column", column.name()),
                            "Correct it, or leave the column out with --ignore " + column.name() + ".");
                }
                if (value != 0) entries.add(i, from + c, value);
            }
        }
        entries.widen(from + column.width());
    }
}
