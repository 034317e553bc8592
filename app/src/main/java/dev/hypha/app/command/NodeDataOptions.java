package dev.hypha.app.command;

import dev.hypha.graph.InputException;
import dev.hypha.learn.TaskKind;
import dev.hypha.learn.data.NodeFiles.Columns;
import dev.hypha.learn.node.DataSource;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/// A graph with labelled nodes, as verbs take it: a named set, a folder, a store, or tables of one's own.
final class NodeDataOptions {
    private static final List<TaskKind> TASKS =
            List.of(TaskKind.BINARY, TaskKind.MULTICLASS, TaskKind.MULTILABEL, TaskKind.REGRESSION);

    @Parameters(index = "0", paramLabel = "DATA", description = "The graph and its labels; see below.")
    private String data;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "EDGES",
            description = "With a table of nodes: the table of edges.")
    private Path edges;

    @Option(
            names = "--target",
            paramLabel = "COLUMN",
            split = ",",
            description = "What is predicted, of the table of nodes (default: label). Several are a class each.")
    private List<String> targets = List.of();

    @Option(
            names = "--task",
            paramLabel = "KIND",
            description = "binary, multiclass, multilabel or regression (default: told by the column).")
    private TaskKind task;

    @Option(names = "--features", paramLabel = "FILE", description = "A table of features beside that of nodes.")
    private Path features;

    @Option(names = "--id", paramLabel = "COLUMN", description = "The id of a node (default: id, or the first).")
    private String id = "";

    @Option(
            names = "--ends",
            paramLabel = "FROM,TO",
            split = ",",
            description = "The ends of an edge (default: source and target, or the first two columns).")
    private List<String> ends = List.of();

    @Option(names = "--directed", description = "The edges of the table lead one way.")
    private boolean directed;

    @Option(
            names = "--time",
            paramLabel = "COLUMN",
            description = "When a node came: the oldest are learned from, the newest measured on.")
    private String time = "";

    @Option(names = "--ignore", paramLabel = "COLUMN", split = ",", description = "Columns that are no features.")
    private List<String> ignored = List.of();

    @Option(names = "--unknown", paramLabel = "WORD", description = "What stands where a label is not known.")
    private List<String> unknown = List.of();

    @Option(
            names = "--split",
            paramLabel = "S",
            description = {
                "A split of the data by its name, 20-per-class, or shares such as 60/20/20, drawn anew for each seed"
                        + " (default: the data's own, or else 60/20/20)."
            })
    private String split;

    /// A kind of task as it is typed; only those that nodes can have are known.
    static TaskKind task(String typed) {
        return TASKS.stream()
                .filter(kind -> kind.label().equals(typed.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException("'" + typed + "' is no task over nodes; there are "
                        + TASKS.stream().map(TaskKind::label).collect(Collectors.joining(", "))));
    }

    /// As [dev.hypha.learn.data.Splits] reads it, where it was given.
    Optional<String> split() {
        return Optional.ofNullable(split);
    }

    /// What is to be read.
    ///
    /// @throws InputException where ends of edges are not two columns
    DataSource source() {
        boolean own = edges != null
                || !(targets.isEmpty() && id.isEmpty() && ends.isEmpty() && time.isEmpty() && ignored.isEmpty())
                || task != null
                || !unknown.isEmpty();
        if (!ends.isEmpty() && ends.size() != 2) {
            throw new InputException(
                    "bad-option",
                    "--ends is " + String.join(",", ends),
                    Map.of("option", "--ends"),
                    "Give two columns: --ends FROM,TO.");
        }
        Columns columns = new Columns(
                id,
                targets.isEmpty() ? List.of("label") : targets,
                task,
                Set.copyOf(unknown),
                "split",
                time,
                true,
                ignored,
                ends);
        return new DataSource(
                data,
                Optional.ofNullable(edges),
                Optional.ofNullable(features),
                own ? Optional.of(columns) : Optional.empty(),
                directed);
    }
}
