package dev.hypha.graph.importing;

import dev.hypha.graph.sorting.LongSpool;
import dev.hypha.graph.sorting.Scratch;
import java.util.List;

/// The edges of one type before they are sorted: the tokens of both ends and the columns, in the order of their rows.
final class EdgeRows implements AutoCloseable {
    private final LongSpool ends;
    private final List<ColumnSpool> columns;

    EdgeRows(List<ColumnSpool> columns, Scratch scratch) {
        this.ends = new LongSpool(scratch);
        this.columns = List.copyOf(columns);
    }

    /// Adds an edge; its columns are the caller's to add to.
    void add(long source, long target) {
        ends.add(source);
        ends.add(target);
    }

    /// Adds an edge with its columns.
    ///
    /// @param row what the fields kept: source, target, columns
    void add(long[] row) {
        add(row[0], row[1]);
        for (int i = 0; i < columns.size(); i++) {
            columns.get(i).add(row[2 + i]);
        }
    }

    long count() {
        return ends.size() / 2;
    }

    /// The source's and the target's token of each row, one after the other.
    LongSpool ends() {
        return ends;
    }

    List<ColumnSpool> columns() {
        return columns;
    }

    @Override
    public void close() {
        ends.close();
        columns.forEach(ColumnSpool::close);
    }
}
