package dev.hypha.learn.node;

import dev.hypha.learn.Target;
import dev.hypha.learn.TaskKind;
import dev.hypha.learn.data.NodeData;
import dev.hypha.learn.data.Split;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// What is predicted for every node.
///
/// @param predicted row-major, shape [nodes, target.outputs()]
@SuppressWarnings("ArrayRecordComponent") // Two of these are never compared.
public record NodeAnswers(float[] predicted, Target target) {
    static final String FILE = "predictions.csv";

    /// Writes a table: `node`, `split`, `predicted`, and the probability of each class.
    void write(Path file, NodeData data, Split split) {
        String[] parts = new String[data.nodes()];
        Arrays.fill(parts, "none");
        for (Part part : Part.values()) for (int node : part.of(split)) parts[node] = part.label();
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write("node,split,predicted" + classColumns(data) + "\n");
            for (int node = 0; node < parts.length; node++) {
                out.write(quoted(data.nodeNames().get(node)) + "," + parts[node] + "," + row(data, node) + "\n");
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    private static String classColumns(NodeData data) {
        return columns(data).stream()
                .map(name -> "," + quoted("probability of " + name))
                .collect(Collectors.joining());
    }

    private static List<String> columns(NodeData data) {
        return data.kind() == TaskKind.BINARY ? data.classNames().subList(1, 2) : data.classNames();
    }

    private String row(NodeData data, int node) {
        int outputs = target.outputs();
        float[] row = Arrays.copyOfRange(predicted, node * outputs, (node + 1) * outputs);
        StringBuilder text = new StringBuilder(quoted(answer(data, row)));
        if (target.kind() != TaskKind.REGRESSION) {
            for (float p : row) text.append(String.format(Locale.ROOT, ",%.6f", p));
        }
        return text.toString();
    }

    private String answer(NodeData data, float[] row) {
        return switch (target.kind()) {
            case BINARY -> data.classNames().get(row[0] > 0.5f ? 1 : 0);
            case MULTICLASS -> data.classNames().get(top(row));
            case MULTILABEL -> any(data, row);
            case REGRESSION, RANKING -> Float.toString(row[0]);
        };
    }

    private static String any(NodeData data, float[] row) {
        StringBuilder names = new StringBuilder();
        for (int c = 0; c < row.length; c++) {
            if (row[c] > 0.5f)
                names.append(names.isEmpty() ? "" : "|")
                        .append(data.classNames().get(c));
        }
        return names.toString();
    }

    private static int top(float[] row) {
        int best = 0;
        for (int c = 1; c < row.length; c++) if (row[c] > row[best]) best = c;
        return best;
    }

    private static String quoted(String cell) {
        boolean plain = cell.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain ? cell : '"' + cell.replace("\"", "\"\"") + '"';
    }
}
