package dev.hypha.learn.data;

import dev.hypha.graph.InputException;
import dev.hypha.graph.reading.BadValue;
import dev.hypha.graph.reading.Field;
import dev.hypha.graph.reading.RowReader;
import dev.hypha.graph.reading.ShapeFinder;
import dev.hypha.graph.reading.ShapeFinder.Header;
import dev.hypha.graph.reading.TableShape;
import dev.hypha.graph.reading.Times;
import dev.hypha.graph.reading.WrongLines;
import dev.hypha.learn.data.NodeFiles.Columns;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/// The table of nodes, read: ids, the columns that are predicted, perhaps a split, times, and columns of
/// features.
final class NodeTable {
    private static final String PUBLIC = "public";
    private static final int NAMED = 20;
    private static final List<String> IDS = List.of("id", "node", "node_id", "nodeid", "name");

    private final NodeFiles files;
    private final TableShape shape;
    private final NodeIds ids = new NodeIds();
    private final List<Column> targets = new ArrayList<>();
    private final List<Column> features = new ArrayList<>();
    private final SplitColumn split = new SplitColumn(PUBLIC);
    private final LongStream.Builder times = LongStream.builder();

    /// A column on its way in.
    private record Column(String name, Words words, IntStream.Builder codes) {
        Column(String name) {
            this(name, new Words(), IntStream.builder());
        }

        Cells cells() {
            return new Cells(name, codes.build().toArray(), words.texts());
        }
    }

    private NodeTable(NodeFiles files) {
        this.files = files;
        this.shape = shape(files.nodes());
    }

    /// @throws InputException naming the file and the line that is wrong, or the column that is missing
    static NodeTable read(NodeFiles files) {
        NodeTable table = new NodeTable(files);
        table.read();
        return table;
    }

    static TableShape shape(Path file) {
        return ShapeFinder.find(file, Header.YES);
    }

    static void read(TableShape table, int[] columns, Field[] fields, RowReader.Rows rows) {
        new RowReader(table, columns, fields, WrongLines.none()).read(rows, _ -> {});
    }

    private interface Cell {
        void take(int node, long kept);
    }

    private void read() {
        List<Integer> wanted = new ArrayList<>();
        List<Field> fields = new ArrayList<>();
        List<Cell> cells = new ArrayList<>();
        wanted.add(id());
        fields.add(ids.fresh());
        cells.add((_, _) -> {});
        for (String target : files.columns().targets()) words(shape.column(target), targets, wanted, fields, cells);
        splitColumn().ifPresent(column -> {
            wanted.add(column);
            fields.add(split);
            cells.add((node, part) -> split.add(node, (int) part));
        });
        if (!files.columns().time().isEmpty()) {
            wanted.add(shape.column(files.columns().time()));
            fields.add(new Instant(files.columns().time()));
            cells.add((_, time) -> times.add(time));
        }
        if (files.columns().features()) {
            for (int column : others(new HashSet<>(wanted))) words(column, features, wanted, fields, cells);
        }
        read(shape, wanted.stream().mapToInt(i -> i).toArray(), fields.toArray(Field[]::new), row -> {
            for (int i = 0; i < row.length; i++) cells.get(i).take((int) row[0], row[i]);
        });
    }

    private int id() {
        Columns columns = files.columns();
        return columns.id().isEmpty() ? shape.findAny(IDS).orElse(0) : shape.column(columns.id());
    }

    /// The column of another table that names nodes: one called `node`, or as the ids are called in this
    /// one.
    ///
    /// @throws InputException where there is neither
    int key(TableShape other) {
        String own = shape.names().get(id());
        OptionalInt found = other.find("node").isPresent() ? other.find("node") : other.find(own);
        return found.orElseThrow(() -> new InputException(
                "unknown-column",
                "there is no column of nodes in " + other.file() + ": neither node nor " + own,
                Map.of("file", other.file().toString(), "column", "node"),
                "It has " + other.names().stream().limit(NAMED).collect(Collectors.joining(", "))
                        + ". Call the one that says whose row it is node."));
    }

    private void words(int at, List<Column> into, List<Integer> wanted, List<Field> fields, List<Cell> cells) {
        Column column = new Column(shape.names().get(at));
        into.add(column);
        wanted.add(at);
        fields.add(column.words());
        cells.add((_, code) -> column.codes().add((int) code));
    }

    private int[] others(Set<Integer> taken) {
        files.columns().ignored().forEach(name -> taken.add(shape.column(name)));
        return IntStream.range(0, shape.columns())
                .filter(c -> !taken.contains(c))
                .toArray();
    }

    NodeIds ids() {
        return ids;
    }

    /// The columns that are predicted.
    List<Cells> targets() {
        return targets.stream().map(Column::cells).toList();
    }

    /// The columns of features.
    List<Cells> features() {
        return features.stream().map(Column::cells).toList();
    }

    /// Of each node, in the order that times have; empty where no column is asked for.
    long[] times() {
        return times.build().toArray();
    }

    /// The split that the table's own column tells, if it has one.
    Optional<Split> split() {
        return splitColumn().map(_ -> split.split());
    }

    private Optional<Integer> splitColumn() {
        String name = files.columns().split();
        if (name.isEmpty() || shape.find(name).isEmpty()) return Optional.empty();
        return Optional.of(shape.find(name).getAsInt());
    }

    /// A time; kept as its microseconds.
    private record Instant(String column) implements Field {
        @Override
        public long look(byte[] bytes, int from, int to) throws BadValue {
            if (from == to) throw new BadValue("no time in the column " + column);
            return Times.micros(bytes, from, to);
        }

        @Override
        public long keep(long looked, byte[] bytes, int from, int to) {
            return looked;
        }
    }
}
