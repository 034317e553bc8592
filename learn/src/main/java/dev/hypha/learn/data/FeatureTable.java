package dev.hypha.learn.data;

import dev.hypha.graph.InputException;
import dev.hypha.graph.reading.BadValue;
import dev.hypha.graph.reading.Field;
import dev.hypha.graph.reading.Numbers;
import dev.hypha.graph.reading.TableShape;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/// A table of features in one of its three forms; see [NodeFiles].
final class FeatureTable {
    /// Beyond so many columns, a number is a mistake.
    private static final int MOST = 1 << 24;

    private final Path file;
    private final Path nodes;
    private final NodeTable table;
    private final NodeIds.Known known;
    private final List<String> notes;
    private final EntryRows entries = new EntryRows();

    private FeatureTable(Path file, NodeTable table, Path nodes, List<String> notes) {
        this.file = file;
        this.nodes = nodes;
        this.table = table;
        this.known = table.ids().known();
        this.notes = notes;
    }

    /// @param nodes the table of nodes, for messages
    /// @param notes that nodes without a row are said in
    /// @throws InputException naming the line, the column or the nodes that are wrong
    static EntryRows read(Path file, NodeTable table, Path nodes, List<String> notes) {
        return new FeatureTable(file, table, nodes, notes).read();
    }

    private EntryRows read() {
        TableShape shape = NodeTable.shape(file);
        int node = table.key(shape);
        if (shape.find("feature").isPresent()) listed(shape, node);
        else if (shape.find("indices").isPresent()) cells(shape, node, shape.column("indices"), false);
        else if (shape.find("index:value").isPresent()) cells(shape, node, shape.column("index:value"), true);
        else wide(shape, node);
        known.requireNone(file, nodes);
        int without = known.missing();
        if (without > 0) {
            notes.add(
                    "Table %s has no row for %,d of the nodes: 0 stands there.".formatted(file.getFileName(), without));
        }
        return entries;
    }

    private void listed(TableShape shape, int node) {
        OptionalInt value = shape.find("value");
        int[] columns = {node, shape.column("feature"), value.orElse(0)};
        Field[] fields = {known, new Below("feature", MOST), new Real("value")};
        int read = value.isPresent() ? 3 : 2;
        NodeTable.read(shape, Arrays.copyOf(columns, read), Arrays.copyOf(fields, read), row -> {
            if (row[0] >= 0) add(row[0], (int) row[1], read == 3 ? Float.intBitsToFloat((int) row[2]) : 1);
        });
    }

    private void wide(TableShape shape, int node) {
        int[] columns =
                IntStream.range(0, shape.columns()).filter(c -> c != node).toArray();
        int[] wanted =
                IntStream.concat(IntStream.of(node), Arrays.stream(columns)).toArray();
        Field[] fields = new Field[wanted.length];
        fields[0] = known;
        for (int i = 1; i < fields.length; i++)
            fields[i] = new Real(shape.names().get(wanted[i]));
        entries.widen(columns.length);
        NodeTable.read(shape, wanted, fields, row -> {
            for (int c = 1; c < row.length && row[0] >= 0; c++) {
                float value = Float.intBitsToFloat((int) row[c]);
                if (value != 0) add(row[0], c - 1, value);
            }
        });
    }

    private void cells(TableShape shape, int node, int column, boolean valued) {
        Cell cell = new Cell(valued);
        NodeTable.read(shape, new int[] {node, column}, new Field[] {known, cell}, row -> {
            for (int i = 0; i < cell.count && row[0] >= 0; i++) add(row[0], cell.columns[i], cell.values[i]);
        });
    }

    private void add(long node, int column, float value) {
        entries.add((int) node, column, value);
    }

    /// An integer from 0 and below a bound.
    private record Below(String what, int bound) implements Field {
        @Override
        public long look(byte[] bytes, int from, int to) throws BadValue {
            long value = Numbers.integer(bytes, from, to);
            if (value < 0 || value >= bound) {
                throw new BadValue("%s %d is not from 0 to %,d".formatted(what, value, bound - 1));
            }
            return value;
        }

        @Override
        public long keep(long looked, byte[] bytes, int from, int to) {
            return looked;
        }
    }

    /// A finite number; kept as the bits of its float32.
    private record Real(String column) implements Field {
        @Override
        public long look(byte[] bytes, int from, int to) throws BadValue {
            float value = (float) Numbers.real(bytes, from, to);
            if (!Float.isFinite(value)) throw new BadValue("the feature in column " + column + " is " + value);
            return Float.floatToRawIntBits(value);
        }

        @Override
        public long keep(long looked, byte[] bytes, int from, int to) {
            return looked;
        }
    }

    /// The features of one node in a cell: columns, each perhaps with its value, with blanks between.
    private static final class Cell implements Field {
        private final Below column = new Below("feature", MOST);
        private final Real value = new Real("index:value");
        private final boolean valued;
        private int[] columns = new int[64];
        private float[] values = new float[64];
        private int count;

        Cell(boolean valued) {
            this.valued = valued;
        }

        @Override
        public long look(byte[] bytes, int from, int to) throws BadValue {
            count = 0;
            for (int at = from; at < to; ) {
                int end = at;
                while (end < to && bytes[end] != ' ') end++;
                if (end > at) one(bytes, at, end);
                at = end + 1;
            }
            return count;
        }

        private void one(byte[] bytes, int from, int to) throws BadValue {
            int colon = from;
            while (valued && colon < to && bytes[colon] != ':') colon++;
            if (valued && colon == to) throw BadValue.of(bytes, from, to, "is no feature and value like 3:0.5");
            if (count == columns.length) {
                columns = Arrays.copyOf(columns, 2 * count);
                values = Arrays.copyOf(values, 2 * count);
            }
            columns[count] = (int) column.look(bytes, from, valued ? colon : to);
            values[count] = valued ? Float.intBitsToFloat((int) value.look(bytes, colon + 1, to)) : 1;
            count++;
        }

        @Override
        public long keep(long looked, byte[] bytes, int from, int to) {
            return looked;
        }
    }
}
