package dev.hypha.app.command;

import dev.hypha.graph.InputException;
import dev.hypha.learn.Progress;
import dev.hypha.learn.node.Method;
import dev.hypha.learn.node.NodeRequest;
import dev.hypha.learn.node.NodeRun;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Option;

/// `hypha train DATA`: a model over the nodes of a graph.
@Command(
        name = "train",
        description =
                "Trains a model that labels the nodes of a graph from those whose label is known, and measures it.",
        footer = {
            "",
            "Examples:",
            "  hypha train cora --model gcn --seeds 10",
            "  hypha train nodes.csv edges.csv --target label --model auto",
            "  hypha train texas --model graph-sage --set hidden=32,64 dropout=0.3,0.6 --seeds 10 --json",
            "",
            "hypha models lists the models, hypha models NAME the options that belong to one; hypha datasets lists the data",
            "that has a name. All of it is explained in docs/node-prediction.md.",
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
    @Mixin
    private NodeDataOptions data;

    @Option(
            names = "--model",
            paramLabel = "M",
            defaultValue = "gcn",
            description = {
                "The model (default: gcn), see hypha models; auto takes what hypha probe advises, and says why."
            })
    private String model;

    @Option(
            names = "--set",
            paramLabel = "NAME=V,V",
            arity = "1..*",
            description = "Values of options of the model or of training, to choose the best of. May be repeated.")
    private List<String> sets = List.of();

    private final MethodOptions methodOptions = new MethodOptions();

    ArgGroupSpec methodOptions() {
        return methodOptions.group(
                "Options of models and training (which a model has, and its defaults: hypha models NAME):",
                Method.all());
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
    Answer answer(Progress progress) {
        return Trained.answer(NodeRun.run(request(), progress, pages()));
    }

    private NodeRequest request() {
        return new NodeRequest(
                data.source(),
                model,
                options(),
                data.split(),
                common.out(),
                common.seed,
                common.seeds,
                common.threads,
                common.memoryBytes,
                common.estimate,
                common.resume);
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
