package dev.hypha.learn.data;

import dev.hypha.graph.InputException;
import dev.hypha.graph.reading.Field;
import dev.hypha.graph.reading.RowReader;
import dev.hypha.graph.reading.ShapeFinder;
import dev.hypha.graph.reading.ShapeFinder.Header;
import dev.hypha.graph.reading.TableShape;
import dev.hypha.graph.reading.WrongLines;
import dev.hypha.learn.TaskKind;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/// The table of nodes, read: ids, what is known of the target, and perhaps a split.
final class NodeTable {
    private static final String PUBLIC = "public";

    private final NodeFiles files;
    private final TableShape shape;
    private final NodeIds ids = new NodeIds();
    private final Words classes = new Words();
    private final IntStream.Builder labels = IntStream.builder();
    private final SplitColumn split = new SplitColumn(PUBLIC);

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

    private void read() {
        OptionalInt splits = splitColumn();
        int[] columns = {
            shape.column(files.columns().id()), shape.column(files.columns().target()), splits.orElse(0)
        };
        Field[] fields = {ids.fresh(), classes, split};
        int read = splits.isPresent() ? 3 : 2;
        read(shape, Arrays.copyOf(columns, read), Arrays.copyOf(fields, read), row -> {
            labels.add((int) row[1]);
            if (read == 3) split.add((int) row[0], (int) row[2]);
        });
    }

    NodeIds ids() {
        return ids;
    }

    /// The split that the table's own column tells, if it has one.
    Optional<Split> split() {
        return splitColumn().isPresent() ? Optional.of(split.split()) : Optional.empty();
    }

    private OptionalInt splitColumn() {
        String name = files.columns().split();
        return name.isEmpty() ? OptionalInt.empty() : shape.find(name);
    }

    /// The target as classes.
    ///
    /// @param called what classes are called, by what stands in the table
    /// @throws InputException where no node has a label, or all have the same
    NodeLabels labels(Map<String, String> called) {
        List<String> texts = classes.texts();
        List<String> known = texts.stream().filter(this::known).toList();
        List<String> ordered = ClassNames.ordered(known);
        requireSeveral(ordered);
        Map<String, Integer> numbers = new HashMap<>();
        for (int i = 0; i < ordered.size(); i++) numbers.put(ordered.get(i), i);
        int[] codes = labels.build().toArray();
        float[] values = new float[codes.length];
        for (int i = 0; i < codes.length; i++) {
            Integer number = numbers.get(texts.get(codes[i]));
            values[i] = number == null ? Float.NaN : number;
        }
        TaskKind kind = ordered.size() == 2 ? TaskKind.BINARY : TaskKind.MULTICLASS;
        List<String> names =
                ordered.stream().map(name -> called.getOrDefault(name, name)).toList();
        return new NodeLabels(kind, values, names);
    }

    private boolean known(String text) {
        return !text.isEmpty() && !files.columns().unknown().contains(text);
    }

    private void requireSeveral(List<String> known) {
        if (known.size() > 1) return;
        String target = files.columns().target();
        throw new InputException(
                known.isEmpty() ? "no-labels" : "one-class",
                known.isEmpty()
                        ? "no node of " + files.nodes() + " has a label in the column " + target
                        : "every label in the column " + target + " of " + files.nodes() + " is " + known.getFirst(),
                Map.of("file", files.nodes().toString(), "column", target),
                "A model needs nodes of at least two classes to learn from.");
    }
}
