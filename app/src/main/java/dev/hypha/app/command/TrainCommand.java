package dev.hypha.app.command;

import dev.hypha.graph.InputException;
import dev.hypha.learn.Progress;
import dev.hypha.learn.TaskKind;
import dev.hypha.learn.data.NodeFiles.Columns;
import dev.hypha.learn.node.DataSource;
import dev.hypha.learn.node.Method;
import dev.hypha.learn.node.NodeRequest;
import dev.hypha.learn.node.NodeRun;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `hypha train DATA`: a model over the nodes of a graph.
@Command(
        name = "train",
        description =
                "Trains a model that labels the nodes of a graph from those whose label is known, and measures it.",
        footer = {
            "",
            "Examples:",
            "  hypha train cora --model gcn --seeds 10",
            "  hypha train nodes.csv edges.csv --target label --model graph-sage --split 60/20/20",
            "  hypha train texas --model graph-sage --set hidden=32,64 dropout=0.3,0.6 --seeds 10 --json",
            "",
            "DATA is the name of a data set (cora comes along; others are looked for in HYPHA_DATA, ../shared/data and",
            "the cache), a folder of nodes.csv, edges.csv and features.csv, a store that hypha import made, or a table",
            "of nodes with EDGES after it.",
            "Of the columns of a table of nodes, numbers are standardised, categories become columns of 0 and 1, and",
            "other text is left out.",
            "Several values of an option, with --set, are all tried: validation nodes choose, test nodes measure what",
            "was chosen."
        })
final class TrainCommand extends Verb {
    @Parameters(index = "0", paramLabel = "DATA", description = "What to learn from; see below.")
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

    @Option(names = "--model", paramLabel = "M", defaultValue = "gcn", description = "The model (default: gcn).")
    private String model;

    @Option(
            names = "--split",
            paramLabel = "S",
            description = {
                "A split of the data by its name, 20-per-class, or shares such as 60/20/20, drawn anew for each seed;"
                        + " largest/ before these: of the largest component only"
                        + " (default: the data's own, or else 60/20/20)."
            })
    private String split;

    @Option(
            names = "--set",
            paramLabel = "NAME=V,V",
            arity = "1..*",
            description = "Values of options of the model or of training, to choose the best of. May be repeated.")
    private List<String> sets = List.of();

    private final MethodOptions methodOptions = new MethodOptions();

    ArgGroupSpec methodOptions() {
        return methodOptions.group(
                "Options of models and training (a model may have others as default):", Method.all());
    }

    @Override
    boolean computes() {
        return true;
    }

    @Override
    String afterInterrupt() {
        return "Earlier runs are as they were; the same command with --resume goes on from the last checkpoint.";
    }

    @Override
    Answer answer(Progress progress) throws IOException {
        return Trained.answer(NodeRun.run(request(), progress), header(), arguments());
    }

    private NodeRequest request() {
        return new NodeRequest(
                source(),
                model,
                options(),
                Optional.ofNullable(split),
                common.out(),
                common.seed,
                common.seeds,
                common.threads,
                common.memoryBytes,
                common.estimate,
                common.resume);
    }

    private DataSource source() {
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

    private Map<String, List<String>> options() {
        Map<String, List<String>> all = new LinkedHashMap<>();
        methodOptions.given().forEach((name, value) -> all.put(name, List.of(value)));
        for (String set : sets) {
            int at = set.indexOf('=');
            if (at < 1 || at == set.length() - 1) {
                throw new InputException(
                        "bad-option", "--set is '" + set + "'", Map.of("option", "--set"), "Write --set hidden=32,64.");
            }
            List<String> values =
                    new ArrayList<>(Arrays.asList(set.substring(at + 1).split(",", -1)));
            if (all.put(set.substring(0, at), values) == null) continue;
            throw new InputException(
                    "bad-option",
                    "the option " + set.substring(0, at) + " is given twice",
                    Map.of("option", "--set"),
                    "Give all its values at once, such as --set hidden=32,64.");
        }
        return all;
    }
}
