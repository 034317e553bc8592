package dev.hypha.graph.importing;

import dev.hypha.graph.InputException;
import dev.hypha.graph.Visibility;
import dev.hypha.graph.importing.Ids.Numbering;
import dev.hypha.graph.sorting.LongSpool;
import dev.hypha.graph.sorting.RunSorter;
import dev.hypha.graph.sorting.Scratch;
import dev.hypha.graph.sorting.Sorted;
import dev.hypha.graph.store.Column;
import dev.hypha.graph.store.StoreWriter;
import dev.hypha.graph.store.v1.DataFileWriter;
import dev.hypha.graph.store.v1.FileNames;
import dev.hypha.graph.store.v1.Kind;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// The rows of a table of nodes before nodes are numbered: tokens of ids and columns, in the order of the
/// rows.
final class NodeRows implements AutoCloseable {
    private final NodeShape shape;
    private final List<ColumnSpool> columns;
    private final LongSpool ids;
    private final Scratch scratch;
    /// For the order by time, which edges are sorted with.
    private long taken;

    NodeRows(NodeShape shape, List<ColumnSpool> columns, Scratch scratch) {
        this.shape = shape;
        this.columns = columns;
        this.ids = new LongSpool(scratch);
        this.scratch = scratch;
    }

    List<ColumnSpool> columns() {
        return columns;
    }

    long count() {
        return ids.size();
    }

    void add(long[] row) {
        ids.add(row[0]);
        for (int i = 0; i < columns.size(); i++) {
            columns.get(i).add(row[1 + i]);
        }
    }

    /// Writes the columns by node number. Nodes without a row, which edges alone name, have missing values.
    ///
    /// @return the order in which neighbors of this type are listed
    /// @throws InputException where two rows have the same id, or nodes are too many for the memory
    Ordering write(StoreWriter writer, int nodeType, Numbering numbering, int threads) throws IOException {
        long rowBytes = (long) numbering.count() * Integer.BYTES;
        String what = numbering.count() + " nodes of " + shape.file().file();
        scratch.require(rowBytes, what);
        if (shape.time() >= 0) {
            scratch.require(2 * rowBytes, what + " and their order by time");
            taken = 2 * rowBytes;
        }
        try {
            return write(writer, nodeType, rows(numbering), threads);
        } finally {
            scratch.give(rowBytes);
        }
    }

    private Ordering write(StoreWriter writer, int nodeType, int[] rowOf, int threads) throws IOException {
        for (int i = 0; i < columns.size(); i++) {
            ColumnSpool column = columns.get(i);
            String file = writer.nodeColumn(nodeType, column.name(), column.type(), 1);
            try (ValueWriter values = column.begin(writer, file)) {
                for (int row : rowOf) {
                    values.add(column.value(row));
                }
                writer.end(values.finished());
            }
        }
        return shape.time() < 0 ? Ordering.BY_NUMBER : times(writer, nodeType, rowOf, threads);
    }

    /// The row of each node, or -1.
    private int[] rows(Numbering numbering) {
        int[] rowOf = new int[numbering.count()];
        Arrays.fill(rowOf, -1);
        for (long row = 0; row < ids.size(); row++) {
            int node = numbering.number(ids.get(row));
            if (rowOf[node] >= 0) {
                String file = shape.file().file().toString();
                throw new InputException(
                        "second-id",
                        "rows " + (rowOf[node] + 1) + " and " + (row + 1) + " of " + file + " have the same id",
                        Map.of("file", file, "row", row + 1),
                        "Give each node one row; rows are counted without header and comments.");
            }
            rowOf[node] = (int) row;
        }
        return rowOf;
    }

    private Ordering times(StoreWriter writer, int nodeType, int[] rowOf, int threads) throws IOException {
        writer.timed(nodeType);
        ColumnSpool column = columns.get(shape.time());
        try (DataFileWriter file = writer.begin(FileNames.times(nodeType), Kind.TIMES);
                RunSorter byTime = new RunSorter(scratch, threads, true)) {
            long[] one = new long[1];
            for (int node = 0; node < rowOf.length; node++) {
                long time = column.value(rowOf[node]);
                one[0] = time == Column.MISSING ? Visibility.NEVER : time;
                file.longs(one, 0, 1);
                byTime.add(one[0] ^ Long.MIN_VALUE, node);
            }
            writer.end(file);
            return Ordering.of(order(byTime.finish(), rowOf.length));
        }
    }

    private static int[] order(Sorted sorted, int nodes) {
        int[] order = new int[nodes];
        long[] times = new long[1 << 10];
        long[] values = new long[times.length];
        int at = 0;
        for (int count = sorted.next(times, values); count > 0; count = sorted.next(times, values)) {
            for (int i = 0; i < count; i++) {
                order[at++] = (int) values[i];
            }
        }
        return order;
    }

    @Override
    public void close() {
        scratch.give(taken);
        taken = 0;
        ids.close();
        columns.forEach(ColumnSpool::close);
    }
}
