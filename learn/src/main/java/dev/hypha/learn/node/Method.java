package dev.hypha.learn.node;

import dev.hypha.graph.InputException;
import dev.hypha.graph.Nearest;
import dev.hypha.learn.NodeModel;
import dev.hypha.learn.Options;
import dev.hypha.learn.Training;
import dev.hypha.learn.rewiring.Rewiring;
import dev.hypha.learn.rewiring.Rewirings;
import dev.hypha.learn.zoo.Catalogue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A model with its options and those of its training: one of those that a request lets choose from.
///
/// @param name of the model in the catalogue
/// @param model a [NodeModel] or a [LabelMethod]
/// @param rewiring that edges are changed by before
public record Method(String name, Record model, Training training, NodeOptions options, Optional<Rewiring> rewiring) {
    /// The name that asks for what the probe advises.
    public static final String AUTO = "auto";

    /// The names of all models over nodes.
    public static List<String> models() {
        return List.copyOf(types().keySet());
    }

    private static Map<String, Class<? extends Record>> types() {
        Map<String, Class<? extends Record>> types = new LinkedHashMap<>();
        for (Catalogue.Entry entry : Catalogue.entries()) {
            if (NodeModel.class.isAssignableFrom(entry.type())) types.put(entry.name(), entry.type());
        }
        Catalogue.labelMethods().forEach(entry -> types.put(entry.name(), entry.type()));
        return types;
    }

    /// What can be told of any of the models over nodes and of their training, by name; of options that
    /// several models have, the first's.
    public static Map<String, Options.Entry> all() {
        Map<String, Options.Entry> all = new LinkedHashMap<>();
        Map<String, String> usual = Options.written(NodeOptions.training(Map.of()));
        Options.of(Training.class)
                .forEach(e -> all.put(
                        e.name(),
                        new Options.Entry(e.name(), e.type(), usual.get(e.name()), e.unit(), e.range(), e.help())));
        Options.of(NodeOptions.class).forEach(e -> all.put(e.name(), e));
        types().values().forEach(type -> Options.of(type).forEach(e -> all.putIfAbsent(e.name(), e)));
        Rewirings.entries().forEach(each -> Options.of(each.type()).forEach(e -> all.putIfAbsent(e.name(), e)));
        return all;
    }

    /// Every combination of the values given, the last option's changing fastest.
    ///
    /// @param options by name: one value each, or several
    /// @throws InputException for a model or an option that does not exist, or a value that an option
    ///     cannot have
    public static List<Method> of(String model, Map<String, List<String>> options) {
        if (!models().contains(model)) {
            throw new InputException(
                    "unknown-model",
                    "there is no model '" + model + "' for nodes",
                    Map.of("model", model),
                    Nearest.to(model, models())
                                    .map(name -> "Did you mean " + name + "? ")
                                    .orElse("")
                            + "There are " + String.join(", ", models()) + ", and auto.");
        }
        List<Map<String, String>> grid = new ArrayList<>(List.of(Map.of()));
        options.forEach((name, values) -> {
            List<Map<String, String>> longer = new ArrayList<>();
            for (Map<String, String> one : grid) {
                for (String value : values) {
                    Map<String, String> more = new LinkedHashMap<>(one);
                    more.put(name, value);
                    longer.add(more);
                }
            }
            grid.clear();
            grid.addAll(longer);
        });
        return grid.stream().map(one -> one(model, one)).toList();
    }

    private static Method one(String name, Map<String, String> given) {
        Class<? extends Record> type = types().get(name);
        Map<String, String> model = new LinkedHashMap<>();
        Map<String, String> training = new LinkedHashMap<>();
        Map<String, String> node = new LinkedHashMap<>();
        Map<String, String> others = new LinkedHashMap<>();
        given.forEach((option, value) -> {
            if (has(type, option)) model.put(option, value);
            else if (has(Training.class, option)) training.put(option, value);
            else if (has(NodeOptions.class, option)) node.put(option, value);
            else others.put(option, value);
        });
        NodeOptions options = Options.read(NodeOptions.class, node);
        Optional<Rewirings.Entry> rewiring = options.rewire() == NodeOptions.Rewire.NONE
                ? Optional.empty()
                : Optional.of(Rewirings.named(options.rewire().label()));
        for (String option : others.keySet()) {
            if (rewiring.isEmpty() || !has(rewiring.get().type(), option)) throw unknown(name, type, rewiring, option);
        }
        return new Method(
                name,
                Options.read(type, model),
                NodeOptions.training(training),
                options,
                rewiring.map(entry -> entry.make(others)));
    }

    private static boolean has(Class<? extends Record> type, String name) {
        return Options.of(type).stream().anyMatch(option -> option.name().equals(name));
    }

    private static InputException unknown(
            String model, Class<? extends Record> own, Optional<Rewirings.Entry> rewiring, String option) {
        List<String> names = new ArrayList<>();
        for (Class<? extends Record> type : List.of(own, Training.class, NodeOptions.class)) {
            Options.of(type).forEach(each -> names.add(each.name()));
        }
        rewiring.ifPresent(entry -> Options.of(entry.type()).forEach(each -> names.add(each.name())));
        return new InputException(
                "unknown-option",
                "the model " + model + " and its training have no option " + option,
                Map.of("option", option),
                Nearest.to(option, names)
                        .map(name -> "Did you mean " + name + "?")
                        .orElseGet(() -> "There are " + String.join(", ", names) + "."));
    }

    /// Every option with its value, as the command line would give it; a name that the model has is the
    /// model's.
    public Map<String, String> written() {
        Map<String, String> all = new LinkedHashMap<>(Options.written(model));
        Options.written(training).forEach(all::putIfAbsent);
        Options.written(options).forEach(all::putIfAbsent);
        rewiring.ifPresent(each -> Options.written((Record) each).forEach(all::putIfAbsent));
        return all;
    }
}
