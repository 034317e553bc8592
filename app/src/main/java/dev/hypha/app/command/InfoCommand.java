package dev.hypha.app.command;

import dev.hypha.graph.InputException;
import dev.hypha.graph.statistics.GraphStatistics;
import dev.hypha.graph.store.Column;
import dev.hypha.graph.store.ColumnType;
import dev.hypha.graph.store.GraphStore;
import dev.hypha.graph.store.StoredGraph;
import dev.hypha.learn.Progress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `hypha info GRAPH`: what a graph is like.
@Command(
        name = "info",
        description = "Shows what a graph store holds: counts, degrees, components, homophily, duplicates, self-loops.",
        footer = {
            "",
            "Examples:",
            "  hypha info follows",
            "  hypha info papers --label field --json           homophily by the column field",
        })
final class InfoCommand extends Verb {
    private static final List<String> LABELS = List.of("label", "labels", "y", "class");

    @Parameters(paramLabel = "GRAPH", description = "A graph store.")
    private Path graph;

    @Option(
            names = "--label",
            paramLabel = "COLUMN",
            description = "The nodes' label, for homophily (default: a column called label, labels, y or class).")
    private String label;

    @Override
    Set<String> unused() {
        return Set.of("--seed", "--seeds", "--out", "--estimate", "--resume");
    }

    @Override
    Answer answer(Progress progress) throws IOException {
        long start = System.nanoTime();
        try (StoredGraph stored = GraphStore.open(graph)) {
            double openMillis = (System.nanoTime() - start) / 1e6;
            requireLabel(stored);
            progress.stage("reading " + graph, -1);
            GraphStatistics statistics = GraphStatistics.of(stored, type -> label(stored, type));
            GraphDescription description = new GraphDescription(stored, statistics, openMillis);
            return new Answer(description.json(), description.text());
        }
    }

    private Optional<Column> label(StoredGraph stored, int type) {
        return stored.nodeColumns(type).stream().filter(this::isLabel).findFirst();
    }

    private boolean isLabel(Column column) {
        boolean named = label == null
                ? LABELS.contains(column.name().toLowerCase(Locale.ROOT))
                : column.name().equals(label);
        return named && (column.type() == ColumnType.INT64 || column.type() == ColumnType.TEXT);
    }

    private void requireLabel(StoredGraph stored) {
        for (int type = 0; type < stored.graph().nodeTypes().size(); type++) {
            if (label == null || label(stored, type).isPresent()) {
                return;
            }
        }
        throw new InputException(
                "unknown-column",
                "no node type has a column " + label + " of integers or text",
                Map.of("option", "--label", "column", label),
                "hypha info without --label lists the columns.");
    }
}
