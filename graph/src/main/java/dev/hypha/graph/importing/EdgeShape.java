package dev.hypha.graph.importing;

import dev.hypha.graph.importing.ImportRequest.Columns;
import dev.hypha.graph.importing.TableReading.Value;
import dev.hypha.graph.reading.TableShape;
import dev.hypha.graph.store.ColumnType;
import java.util.ArrayList;
import java.util.List;

/// Which columns of a file of edges are what.
///
/// @param source column of the source's id
/// @param target column of the target's id
/// @param values the other columns
record EdgeShape(TableShape file, int source, int target, List<Value> values) {
    private static final List<String> SOURCES = List.of("source", "src", "from", "node1", "id1", "head", "row");
    private static final List<String> TARGETS =
            List.of("target", "dst", "to", "destination", "node2", "id2", "tail", "column");
    private static final String WEIGHT = "weight";

    EdgeShape {
        values = List.copyOf(values);
    }

    static EdgeShape of(TableShape file, Columns columns) {
        int source = columns.source()
                .map(file::column)
                .orElseGet(() -> file.findAny(SOURCES).orElse(0));
        int target = columns.target()
                .map(file::column)
                .orElseGet(() -> file.findAny(TARGETS).orElse(source == 0 ? 1 : 0));
        if (target >= file.columns() || source == target) {
            throw ColumnChoice.noTwoEnds(file);
        }
        int weight = columns.weight().map(file::column).orElse(-1);
        List<Value> values = new ArrayList<>();
        for (int column = 0; column < file.columns(); column++) {
            if (column == weight) {
                values.add(new Value(WEIGHT, column, ColumnType.FLOAT32));
            } else if (column != source && column != target) {
                values.add(new Value(file.names().get(column), column, ColumnChoice.type(file, column, columns)));
            }
        }
        ColumnChoice.requireNames(file, values, weight < 0 ? "" : "--weight");
        return new EdgeShape(file, source, target, values);
    }
}
