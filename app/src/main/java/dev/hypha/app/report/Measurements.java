package dev.hypha.app.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.stream.Collectors;

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

    /// The measurement of one model on every part of the nodes: parts by metrics, the task's usual ones
    /// first.
    ///
    /// @param run the tree of a run; any part of it may be missing
    /// @param most metrics
    /// @return rows of cells, the first one headings
    public static List<List<String>> parts(ObjectNode run, int most) {
        RunTree tree = new RunTree(run);
        JsonNode metrics = run.path("metrics");
        SequencedMap<String, JsonNode> parts = new LinkedHashMap<>();
        metrics.properties().forEach(part -> parts.put(part.getKey(), part.getValue()));
        SequencedSet<String> names = usualFirst(run, tree.metrics(parts.values()), most);
        List<List<String>> rows = new ArrayList<>();
        rows.add(headed(seeds(run), names));
        parts.forEach((part, values) -> rows.add(row(part, values, names)));
        return rows;
    }

    /// All options that were tried, each with what it reached on validation nodes.
    ///
    /// @param most metrics
    /// @return rows of cells, the first one headings
    public static List<List<String>> sweep(ObjectNode run, int most) {
        SequencedSet<String> measured = new LinkedHashSet<>();
        run.path("sweep").forEach(one -> one.path("validation").fieldNames().forEachRemaining(measured::add));
        SequencedSet<String> names = usualFirst(run, measured, most);
        List<List<String>> rows = new ArrayList<>();
        rows.add(headed("on validation nodes", names));
        for (JsonNode one : run.path("sweep")) {
            List<String> options = new ArrayList<>();
            one.path("options")
                    .properties()
                    .forEach(o -> options.add(o.getKey() + "=" + o.getValue().asText()));
            String chosen = one.path("chosen").asBoolean() ? ", chosen" : "";
            rows.add(row(String.join(" ", options) + chosen, one.path("validation"), names));
        }
        return rows;
    }

    private static SequencedSet<String> usualFirst(ObjectNode run, SequencedSet<String> metrics, int most) {
        SequencedSet<String> all =
                new LinkedHashSet<>(Names.headlines(run.path("task").asText()));
        all.retainAll(metrics);
        all.addAll(metrics);
        return all.stream().limit(most).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static String seeds(ObjectNode run) {
        long seeds = run.path("seeds").asLong(1);
        return seeds > 1 ? "nodes, " + seeds + " seeds" : "nodes";
    }

    private static List<String> headed(String corner, SequencedSet<String> metrics) {
        List<String> head = new ArrayList<>(List.of(corner));
        metrics.forEach(metric -> head.add(Names.metric(metric)));
        return head;
    }

    private static List<String> row(String name, JsonNode values, SequencedSet<String> metrics) {
        List<String> cells = new ArrayList<>(List.of(name));
        metrics.forEach(metric ->
                cells.add(Measured.of(values.path(metric)).map(Figures::measure).orElse("–")));
        return cells;
    }

    /// @param corner the heading of the first column
    static List<List<String>> table(RunTree run, String split, String corner) {
        SequencedMap<String, JsonNode> methods = run.methods(split);
        SequencedSet<String> metrics = run.metrics(methods.values());
        List<List<String>> rows = new ArrayList<>();
        rows.add(headed(corner, metrics));
        methods.forEach((name, values) -> rows.add(row(
                name.equals("model") ? "this model: " + Names.method(run.text("model")) : Names.method(name),
                values,
                metrics)));
        return rows;
    }
}
