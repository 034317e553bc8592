package dev.hypha.graph.importing;

import dev.hypha.graph.importing.ImportRequest.EdgeTable;
import dev.hypha.graph.reading.Field;
import dev.hypha.graph.reading.RowReader;
import dev.hypha.graph.reading.TableShape;
import dev.hypha.graph.reading.WrongLines;
import dev.hypha.graph.sorting.LongSpool;
import dev.hypha.graph.sorting.Scratch;
import java.util.ArrayList;
import java.util.List;

/// The first pass over the files of an edge type: the tokens of both ends and the columns, in the order of the
/// rows.
final class EdgeRows implements AutoCloseable {
    private final EdgeTable table;
    private final List<EdgeShape> shapes;
    private final LongSpool ends;
    private final List<ColumnSpool> columns = new ArrayList<>();

    EdgeRows(EdgeTable table, List<EdgeShape> shapes, Scratch scratch, int threads) {
        this.table = table;
        this.shapes = shapes;
        this.ends = new LongSpool(scratch);
        for (EdgeShape.Value value : shapes.getFirst().values()) {
            columns.add(new ColumnSpool(value.name(), value.type(), scratch, threads));
        }
    }

    EdgeTable table() {
        return table;
    }

    /// The source's and the target's token of each row, one after the other.
    LongSpool ends() {
        return ends;
    }

    List<ColumnSpool> columns() {
        return columns;
    }

    /// Reads all files.
    void read(Ids sources, Ids targets, WrongLines wrong, ImportListener listener) {
        for (EdgeShape shape : shapes) {
            TableShape file = shape.file();
            listener.stage("reading " + file.file().getFileName(), size(file));
            reader(shape, sources, targets, wrong).read(this::keep, listener::at);
        }
    }

    private void keep(long[] row) {
        ends.add(row[0]);
        ends.add(row[1]);
        for (int i = 0; i < columns.size(); i++) {
            columns.get(i).add(row[2 + i]);
        }
    }

    private RowReader reader(EdgeShape shape, Ids sources, Ids targets, WrongLines wrong) {
        int[] wanted = new int[2 + columns.size()];
        Field[] fields = new Field[wanted.length];
        wanted[0] = shape.source();
        fields[0] = sources;
        wanted[1] = shape.target();
        fields[1] = targets;
        for (int i = 0; i < columns.size(); i++) {
            wanted[2 + i] = shape.values().get(i).column();
            fields[2 + i] = columns.get(i).field();
        }
        return new RowReader(shape.file(), wanted, fields, wrong);
    }

    private static long size(TableShape shape) {
        return shape.file().toFile().length();
    }

    @Override
    public void close() {
        ends.close();
        columns.forEach(ColumnSpool::close);
    }
}
