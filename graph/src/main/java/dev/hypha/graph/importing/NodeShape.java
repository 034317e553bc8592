package dev.hypha.graph.importing;

import dev.hypha.graph.importing.ImportRequest.Columns;
import dev.hypha.graph.importing.TableReading.Value;
import dev.hypha.graph.reading.TableShape;
import dev.hypha.graph.store.ColumnType;
import java.util.ArrayList;
import java.util.List;

/// Which columns of a file of nodes are what.
///
/// @param id column of the node's id
/// @param time which of `values` says from when on a node is visible, or -1
/// @param values the other columns
record NodeShape(TableShape file, int id, int time, List<Value> values) {
    private static final List<String> IDS = List.of("id", "node", "node_id", "nodeid", "name", "key");

    NodeShape {
        values = List.copyOf(values);
    }

    static NodeShape of(TableShape file, Columns columns) {
        int id =
                columns.id().map(file::column).orElseGet(() -> file.findAny(IDS).orElse(0));
        // A table without that column has no times.
        int timeColumn = columns.time().map(name -> file.find(name).orElse(-1)).orElse(-1);
        List<Value> values = new ArrayList<>();
        int time = -1;
        for (int column = 0; column < file.columns(); column++) {
            if (column == id) {
                continue;
            }
            if (column == timeColumn) {
                time = values.size();
            }
            ColumnType type = column == timeColumn ? ColumnType.TIME : ColumnChoice.type(file, column, columns);
            values.add(new Value(file.names().get(column), column, type));
        }
        return new NodeShape(file, id, time, values);
    }
}
