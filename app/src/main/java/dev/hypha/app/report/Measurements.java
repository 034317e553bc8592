package dev.hypha.app.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;

/// A run's measurement as a table of text: methods by metrics, on test rows where there are any.
public final class Measurements {
    private Measurements() {}

    /// The measurement that fits a terminal.
    ///
    /// @param run the tree of a run; any part of it may be missing
    /// @param metrics how many at most
    /// @return rows of cells, the first one headings; empty where nothing was measured
    public static Optional<List<List<String>>> table(ObjectNode run, int metrics) {
        RunTree tree = new RunTree(run);
        return tree.measuredSplit()
                .map(split -> table(tree, split, split + " rows").stream()
                        .map(row -> row.subList(0, Math.min(row.size(), metrics + 1)))
                        .toList());
    }

    /// @param corner the heading of the first column
    static List<List<String>> table(RunTree run, String split, String corner) {
        SequencedMap<String, JsonNode> methods = run.methods(split);
        SequencedSet<String> metrics = run.metrics(methods.values());
        List<List<String>> rows = new ArrayList<>();
        List<String> head = new ArrayList<>(List.of(corner));
        metrics.forEach(metric -> head.add(Names.metric(metric)));
        rows.add(head);
        methods.forEach((name, values) -> {
            List<String> cells = new ArrayList<>();
            cells.add(name.equals("model") ? "this model: " + Names.method(run.text("model")) : Names.method(name));
            metrics.forEach(metric -> cells.add(
                    Measured.of(values.path(metric)).map(Figures::measure).orElse("–")));
            rows.add(cells);
        });
        return rows;
    }
}
