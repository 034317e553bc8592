package dev.hypha.app.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hypha.app.report.Measurements;
import dev.hypha.app.report.RunPages;
import dev.hypha.app.terminal.Columns;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What a training over nodes found, made ready to be shown: the part that only the run's pages need taken
/// off, and a table for people.
final class Trained {
    /// As many as stand side by side on a terminal; the report and `--json` have all.
    private static final int METRICS = 5;

    private static final String LINE = System.lineSeparator();

    private Trained() {}

    /// @param found the tree of the run, or of an estimate
    static Answer answer(ObjectNode found) {
        ObjectNode json = found.deepCopy();
        json.remove("report");
        if (json.has("run")) {
            RunPages.report(Path.of(json.path("run").asText())).ifPresent(page -> json.put("report", page.toString()));
        }
        return new Answer(json, json.has("estimate") ? estimate(json) : text(found, json));
    }

    private static String estimate(JsonNode json) {
        JsonNode estimate = json.path("estimate");
        return new Columns()
                .row("each step looks at", estimate.path("pass").asText())
                .row("parameters", "%,d".formatted(estimate.path("parameters").asLong()))
                .row("memory needed", MemorySize.format(estimate.path("bytes").asLong()))
                .text();
    }

    private static String text(ObjectNode found, ObjectNode json) {
        List<String> blocks = new ArrayList<>();
        List<String> sentences = new ArrayList<>();
        found.path("report").path("sentences").forEach(sentence -> sentences.add(sentence.asText()));
        blocks.add(String.join(LINE, sentences));
        if (json.has("sweep"))
            blocks.add(Columns.of(Measurements.sweep(found, METRICS)).text());
        blocks.add(Columns.of(Measurements.parts(found, METRICS)).text());
        Columns places = new Columns();
        for (String place : List.of("predictions", "run", "report")) {
            places.row(place, json.path(place).asText());
        }
        blocks.add(places.text());
        return String.join(LINE + LINE, blocks);
    }
}
