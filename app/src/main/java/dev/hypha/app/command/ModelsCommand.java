package dev.hypha.app.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hypha.app.terminal.Columns;
import dev.hypha.learn.Options;
import dev.hypha.learn.Progress;
import dev.hypha.learn.node.Method;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `hypha models`: what `hypha train --model` takes, and the options of each.
@Command(
        name = "models",
        description = "Lists the models over nodes that hypha train takes, or the options of one.",
        footer = {
            "",
            "Examples:",
            "  hypha models                     every model with its paper",
            "  hypha models gat                 its own options, and those of training that it reads",
            "  hypha models --json              a line of JSON for each model",
            "",
            "A model without a trainer works labels out of labels, or learns in a way of its own, with its own options."
        })
final class ModelsCommand extends Verb {
    private static final String LINE = System.lineSeparator();

    @Parameters(index = "0", arity = "0..1", paramLabel = "NAME", description = "A model (default: list all).")
    private String name;

    @Override
    Set<String> unused() {
        return Set.of("--seed", "--seeds", "--out", "--estimate", "--resume");
    }

    @Override
    Answer answer(Progress progress) {
        if (name != null) {
            Method.Listed model = Method.listed(name);
            return new Answer(json(model), one(model));
        }
        List<Method.Listed> all = Method.listed();
        return new Answer(all.stream().map(ModelsCommand::json).toList(), list(all), Exit.DONE);
    }

    private static String list(List<Method.Listed> models) {
        Columns columns = new Columns().row("model", "trainer", "paper");
        models.forEach(each -> columns.row(each.name(), each.hasTrainer() ? "yes" : "no", each.paper()));
        return columns.text();
    }

    private static String one(Method.Listed model) {
        String others = model.hasTrainer() ? "Options of training and of data:" : "Options of data:";
        return model.name() + ": " + model.paper() + "." + LINE + LINE + "Its own options:" + LINE
                + table(model.options()) + LINE + LINE + others + LINE + table(model.others());
    }

    private static String table(List<Options.Entry> options) {
        if (options.isEmpty()) return "  none";
        Columns columns = new Columns();
        for (Options.Entry each : options) {
            columns.row("  --" + each.name(), each.def(), values(each), each.help());
        }
        return columns.text();
    }

    private static String values(Options.Entry option) {
        String unit = option.unit().isEmpty() ? "" : " in " + option.unit();
        return option.type() + unit + (option.range().isEmpty() ? "" : ", " + option.range());
    }

    private static ObjectNode json(Method.Listed model) {
        ObjectNode object = JsonNodeFactory.instance
                .objectNode()
                .put("model", model.name())
                .put("paper", model.paper())
                .put("trainer", model.hasTrainer());
        options(object.putArray("options"), model.options());
        options(object.putArray("otherOptions"), model.others());
        return object;
    }

    private static void options(ArrayNode into, List<Options.Entry> options) {
        for (Options.Entry each : options) {
            into.addObject()
                    .put("name", each.name())
                    .put("type", each.type())
                    .put("range", each.range())
                    .put("default", each.def())
                    .put("unit", each.unit())
                    .put("help", each.help());
        }
    }
}
