package dev.hypha.app.report;

import static dev.hypha.app.report.Markup.el;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hypha.app.report.Markup.Element;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How to run it again, and what it ran on.
final class Again {
    private Again() {}

    static Element of(RunTree run) {
        return el(
                "section",
                el("h2", "Run it again"),
                command(run).map(command -> el("div", el("p", "The same, trained anew:"), el("pre", command))),
                scoring(run)
                        .map(command -> el(
                                "div",
                                el("p", "Score again with these weights, without training:"),
                                el("pre", command))),
                facts(run),
                options(run));
    }

    /// The command as it was typed, each argument quoted for a shell where it needs to be.
    static Optional<String> command(RunTree run) {
        List<String> words = new ArrayList<>();
        run.json().path("arguments").forEach(word -> words.add(quoted(word.asText())));
        return words.isEmpty() ? Optional.empty() : Optional.of("./hypha " + String.join(" ", words));
    }

    static Optional<String> scoring(RunTree run) {
        String folder = run.text("run");
        String database = run.text("database");
        return folder.isEmpty() || database.isEmpty()
                ? Optional.empty()
                : Optional.of("./hypha predict " + quoted(database) + " --model " + quoted(folder));
    }

    static String quoted(String word) {
        return word.matches("[A-Za-z0-9_./:=,+@-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }

    /// Which Hypha made the run.
    static String hypha(RunTree run) {
        JsonNode hypha = run.json().path("hypha");
        String made = "Hypha " + hypha.path("version").asText() + " "
                + hypha.path("revision").asText();
        return made.strip() + (hypha.path("dirty").asBoolean() ? " (with local changes)" : "");
    }

    private static Element facts(RunTree run) {
        JsonNode json = run.json();
        Sheet sheet = new Sheet(List.of("made with", ""));
        fact(sheet, "program", hypha(run));
        fact(sheet, "predictions", run.text("predictions"));
        fact(sheet, "answered by", Names.method(run.text("model")));
        fact(
                sheet,
                "share of the graph model",
                json.path("graphShare").isNumber()
                        ? Figures.percent(json.path("graphShare").asDouble())
                        : "");
        fact(
                sheet,
                "seeds",
                json.path("seed").isNumber()
                        ? json.path("seed").asText()
                                + (json.path("seeds").asInt(1) > 1
                                        ? " to "
                                                + (json.path("seed").asLong()
                                                        + json.path("seeds").asLong()
                                                        - 1)
                                        : "")
                        : "");
        fact(sheet, "kernels", run.text("kernels"));
        fact(sheet, "threads", run.text("threads"));
        fact(
                sheet,
                "time",
                json.path("seconds").isNumber()
                        ? Figures.seconds(json.path("seconds").asDouble())
                        : "");
        fact(
                sheet,
                "peak memory",
                json.path("peakBytes").isNumber()
                        ? Figures.bytes(json.path("peakBytes").asLong())
                        : "");
        return sheet.html();
    }

    private static void fact(Sheet sheet, String name, String value) {
        if (!value.isBlank()) {
            sheet.row(List.of(name, value.strip()));
        }
    }

    private static Optional<Element> options(RunTree run) {
        JsonNode options = run.json().path("options");
        if (options.isEmpty()) {
            return Optional.empty();
        }
        Sheet sheet = new Sheet(List.of("option", "value"));
        for (Map.Entry<String, JsonNode> option : options.properties()) {
            sheet.row(List.of(option.getKey(), option.getValue().asText()));
        }
        return Optional.of(el("details", el("summary", "All options"), sheet.html()));
    }
}
