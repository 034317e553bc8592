package dev.hypha.graph.importing;

import dev.hypha.graph.reading.Field;
import dev.hypha.graph.reading.RowReader;
import dev.hypha.graph.reading.TableShape;
import dev.hypha.graph.reading.WrongLines;
import dev.hypha.graph.sorting.Scratch;
import dev.hypha.graph.store.ColumnType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The first pass over files of nodes and edges.
record TableReading(Scratch scratch, int threads, WrongLines wrong, ImportListener listener) {
    /// A column that is stored.
    record Value(String name, int column, ColumnType type) {}

    /// Spools for columns.
    List<ColumnSpool> spools(List<Value> values) {
        List<ColumnSpool> spools = new ArrayList<>();
        for (Value value : values) {
            spools.add(new ColumnSpool(value.name(), value.type(), scratch, threads));
        }
        return spools;
    }

    /// Reads the files of an edge type.
    EdgeRows edges(List<EdgeShape> shapes, Ids sources, Ids targets) {
        EdgeRows rows = new EdgeRows(spools(shapes.getFirst().values()), scratch);
        for (EdgeShape shape : shapes) {
            int[] ends = {shape.source(), shape.target()};
            Field[] fields = {sources, targets};
            if (shape.file().matrix() != null) {
                fields[0] = new MatrixIndex(sources, shape.file().matrix().rows());
                fields[1] = new MatrixIndex(targets, shape.file().matrix().columns());
            }
            read(shape.file(), ends, fields, shape.values(), rows.columns(), rows::add);
        }
        return rows;
    }

    /// Reads the file of a node type.
    NodeRows nodes(NodeShape shape, Ids ids) {
        NodeRows rows = new NodeRows(shape, spools(shape.values()), scratch);
        read(shape.file(), new int[] {shape.id()}, new Field[] {ids}, shape.values(), rows.columns(), rows::add);
        return rows;
    }

    private void read(
            TableShape file,
            int[] idColumns,
            Field[] ids,
            List<Value> values,
            List<ColumnSpool> spools,
            RowReader.Rows rows) {
        int[] wanted = Arrays.copyOf(idColumns, ids.length + values.size());
        Field[] fields = Arrays.copyOf(ids, wanted.length);
        for (int i = 0; i < values.size(); i++) {
            wanted[ids.length + i] = values.get(i).column();
            fields[ids.length + i] = spools.get(i).field();
        }
        listener.stage(
                "reading " + file.file().getFileName(), file.file().toFile().length());
        new RowReader(file, wanted, fields, wrong).read(rows, listener::at);
    }
}
