package dev.hypha.relational.predict;

import dev.hypha.graph.InputException;
import dev.hypha.graph.Nearest;
import dev.hypha.learn.Options;
import dev.hypha.learn.RowModel;
import dev.hypha.learn.Training;
import dev.hypha.learn.zoo.Catalogue;
import dev.hypha.relational.trees.TreeOptions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The methods of a run with the options given: the graph model, its training, and the trees. Options of
/// the trees begin with `trees-`, the others are told apart by their names.
///
/// @param name of the graph model in the catalogue
record Methods(String name, RowModel graph, Training training, TreeOptions trees) {
    private static final String TREES = "trees-";
    private static final String GRAPH_MODEL = "hetero-sage";

    /// @throws InputException for an option that none of the methods has
    static Methods of(Map<String, String> options) {
        Catalogue.Entry entry = Catalogue.named(GRAPH_MODEL);
        Map<String, String> graph = new HashMap<>();
        Map<String, String> training = new HashMap<>();
        Map<String, String> trees = new HashMap<>();
        options.forEach((name, value) -> {
            if (name.startsWith(TREES)) {
                trees.put(name.substring(TREES.length()), value);
            } else if (has(Training.class, name)) {
                training.put(name, value);
            } else if (has(entry.type(), name)) {
                graph.put(name, value);
            } else {
                throw unknown(name);
            }
        });
        return new Methods(
                entry.name(),
                (RowModel) entry.make(graph),
                Options.read(Training.class, training),
                Options.read(TreeOptions.class, trees));
    }

    private static boolean has(Class<? extends Record> type, String name) {
        return Options.of(type).stream().anyMatch(o -> o.name().equals(name));
    }

    /// All options there are, for people and for the command line, by the name that the command line gives
    /// them.
    static Map<String, Options.Entry> all() {
        Map<String, Options.Entry> all = new LinkedHashMap<>();
        Options.of(Catalogue.named(GRAPH_MODEL).type()).forEach(o -> all.put(o.name(), o));
        Options.of(Training.class).forEach(o -> all.put(o.name(), o));
        Options.of(TreeOptions.class).forEach(o -> all.put(TREES + o.name(), o));
        return all;
    }

    private static InputException unknown(String name) {
        List<String> names = new ArrayList<>(all().keySet());
        return new InputException(
                "unknown-option", "There is no option --" + name, Map.of("option", name), Nearest.hint(name, names));
    }

    /// What every option is, as the command line would give it.
    Map<String, String> written() {
        Map<String, String> out = new LinkedHashMap<>(Options.written((Record) graph));
        out.putAll(Options.written(training));
        Options.written(trees).forEach((name, value) -> out.put(TREES + name, value));
        return out;
    }
}
