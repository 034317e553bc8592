package dev.hypha.learn.node;

import dev.hypha.graph.InputException;
import dev.hypha.graph.Nearest;
import dev.hypha.learn.NodeModel;
import dev.hypha.learn.Options;
import dev.hypha.learn.Training;
import dev.hypha.learn.rewiring.Rewiring;
import dev.hypha.learn.rewiring.Rewirings;
import dev.hypha.learn.zoo.Catalogue;
import dev.hypha.learn.zoo.CorrectAndSmooth;
import dev.hypha.learn.zoo.LabelMethod;
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

    /// A model over nodes as it is listed.
    ///
    /// @param name on the command line
    /// @param paper where it was published
    /// @param type a record whose components are its options
    public record Listed(String name, String paper, Class<? extends Record> type) {
        /// Whether a trainer trains it; the others work labels out of labels, or learn in a way of their
        /// own.
        public boolean hasTrainer() {
            return NodeModel.class.isAssignableFrom(type);
        }

        /// Its own options.
        public List<Options.Entry> options() {
            return Options.of(type);
        }

        /// Options of training and of nodes that it reads beside its own, with the defaults they have
        /// there.
        public List<Options.Entry> others() {
            List<Options.Entry> others = new ArrayList<>(trainingOptions());
            others.addAll(Options.of(NodeOptions.class));
            others.removeIf(option -> has(type, option.name()) || !reads(type, option.name()));
            return others;
        }
    }

    /// All models over nodes, in the order they are listed for people.
    public static List<Listed> listed() {
        List<Listed> all = new ArrayList<>();
        for (Catalogue.Entry entry : Catalogue.entries()) {
            if (NodeModel.class.isAssignableFrom(entry.type())) {
                all.add(new Listed(entry.name(), entry.paper(), entry.type()));
            }
        }
        Catalogue.labelMethods().forEach(entry -> all.add(new Listed(entry.name(), entry.paper(), entry.type())));
        return all;
    }

    /// The one of that name.
    ///
    /// @throws InputException when there is none, with the nearest name and the list
    public static Listed listed(String name) {
        return listed().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow(() -> unknown(name));
    }

    /// The names of all models over nodes.
    public static List<String> models() {
        return listed().stream().map(Listed::name).toList();
    }

    private static InputException unknown(String model) {
        return new InputException(
                "unknown-model",
                "there is no model '" + model + "' for nodes",
                Map.of("model", model),
                Nearest.to(model, models())
                                .map(name -> "Did you mean " + name + "? ")
                                .orElse("")
                        + "There are " + String.join(", ", models()) + ", and auto.");
    }

    private static List<Options.Entry> trainingOptions() {
        Map<String, String> usual = Options.written(NodeOptions.training(Map.of()));
        return Options.of(Training.class).stream()
                .map(e -> new Options.Entry(e.name(), e.type(), usual.get(e.name()), e.unit(), e.range(), e.help()))
                .toList();
    }

    /// What can be told of any of the models over nodes and of their training, by name; of options that
    /// several models have, the first's.
    public static Map<String, Options.Entry> all() {
        Map<String, Options.Entry> all = new LinkedHashMap<>();
        trainingOptions().forEach(e -> all.put(e.name(), e));
        Options.of(NodeOptions.class).forEach(e -> all.put(e.name(), e));
        listed().forEach(model -> model.options().forEach(e -> all.putIfAbsent(e.name(), e)));
        Rewirings.entries().forEach(each -> Options.of(each.type()).forEach(e -> all.putIfAbsent(e.name(), e)));
        return all;
    }

    /// Every combination of the values given, the last option's changing fastest.
    ///
    /// @param options by name: one value each, or several
    /// @throws InputException for a model or an option that does not exist, or a value that an option
    ///     cannot have
    public static List<Method> of(String model, Map<String, List<String>> options) {
        Class<? extends Record> type = listed(model).type();
        return grid(options).stream().map(one -> one(model, type, one)).toList();
    }

    /// Refuses what no model can be told before it is known which it will be.
    ///
    /// @throws InputException for an option of models, one that does not exist, or a value that one cannot
    ///     have
    static void checkForAuto(Map<String, List<String>> options) {
        grid(options).forEach(one -> one(AUTO, NotChosen.class, one));
    }

    /// Of some options those that a model reads.
    static Map<String, List<String>> read(String model, Map<String, List<String>> options) {
        Class<? extends Record> type = listed(model).type();
        Map<String, List<String>> read = new LinkedHashMap<>(options);
        read.keySet().removeIf(option -> !has(type, option) && !reads(type, option));
        return read;
    }

    /// Stands for the options of a model that is not chosen yet: none.
    private record NotChosen() {}

    private static List<Map<String, String>> grid(Map<String, List<String>> options) {
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
        return grid;
    }

    private static Method one(String name, Class<? extends Record> type, Map<String, String> given) {
        Map<String, String> model = new LinkedHashMap<>();
        Map<String, String> training = new LinkedHashMap<>();
        Map<String, String> node = new LinkedHashMap<>();
        Map<String, String> others = new LinkedHashMap<>();
        given.forEach((option, value) -> {
            if (has(type, option)) model.put(option, value);
            else if (!reads(type, option)) throw unread(name, type, option);
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
                type == NotChosen.class ? new NotChosen() : Options.read(type, model),
                NodeOptions.training(training),
                options,
                rewiring.map(entry -> entry.make(others)));
    }

    private static boolean has(Class<? extends Record> type, String name) {
        return Options.of(type).stream().anyMatch(option -> option.name().equals(name));
    }

    /// Whether an option of training or of nodes means anything to a model.
    private static boolean reads(Class<? extends Record> type, String option) {
        if (type == CorrectAndSmooth.class || type == NotChosen.class) return true;
        boolean trained = !LabelMethod.class.isAssignableFrom(type);
        if (has(Training.class, option)) return trained;
        return switch (option) {
            case "base" -> false;
            case "pass", "fan-out", "keep" -> trained;
            default -> true;
        };
    }

    private static InputException unread(String model, Class<? extends Record> type, String option) {
        List<String> own = Options.of(type).stream().map(Options.Entry::name).toList();
        return new InputException(
                "unused-option",
                "the model " + model + " has no use for --" + option
                        + (LabelMethod.class.isAssignableFrom(type) ? ": no trainer trains it" : ""),
                Map.of("option", option),
                "Leave it out. "
                        + (own.isEmpty() ? "It has none of its own." : "Its own are " + String.join(", ", own) + "."));
    }

    private static InputException unknown(
            String model, Class<? extends Record> own, Optional<Rewirings.Entry> rewiring, String option) {
        if (own == NotChosen.class && all().containsKey(option)) {
            return new InputException(
                    "bad-option",
                    "--" + option + " is an option of models, and --model auto chooses the model by the data",
                    Map.of("option", option),
                    "Leave it out, or name the model: hypha models says which has it.");
        }
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

    /// Every option that it reads with its value, as the command line would give it; a name that the model
    /// has is the model's.
    public Map<String, String> written() {
        Map<String, String> all = new LinkedHashMap<>();
        grouped().values().forEach(group -> group.forEach(all::putIfAbsent));
        return all;
    }

    /// The same by whose they are: `model`, `training`, `data` and, where edges are changed before,
    /// `rewiring`.
    public Map<String, Map<String, String>> grouped() {
        Map<String, Map<String, String>> groups = new LinkedHashMap<>();
        groups.put("model", Options.written(model));
        groups.put("training", beside(Options.written(training)));
        groups.put("data", beside(Options.written(options)));
        rewiring.ifPresent(each -> groups.put("rewiring", Options.written((Record) each)));
        return groups;
    }

    private Map<String, String> beside(Map<String, String> options) {
        Map<String, String> read = new LinkedHashMap<>(options);
        read.keySet().removeIf(name -> has(model.getClass(), name) || !reads(model.getClass(), name));
        return read;
    }
}
