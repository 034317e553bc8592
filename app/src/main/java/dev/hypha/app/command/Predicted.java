package dev.hypha.app.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hypha.app.report.Measurements;
import dev.hypha.app.report.RunPages;
import dev.hypha.app.terminal.Columns;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What a prediction's pipeline found, made ready to be shown: the part that only the run's pages need
/// taken off, and a table for people.
final class Predicted {
    /// As many as stand side by side on a terminal; the report and `--json` have all.
    private static final int METRICS = 4;

    private static final String LINE = System.lineSeparator();

    private Predicted() {}

    /// @param found the pipeline's object
    /// @param into the table that the predictions were to be written into
    static Answer answer(ObjectNode found, Optional<String> into) {
        ObjectNode json = found.deepCopy();
        json.remove("report");
        if (json.path("run").isTextual()) {
            RunPages.report(Path.of(json.path("run").asText())).ifPresent(page -> json.put("report", page.toString()));
        }
        return new Answer(json, text(found, json, into));
    }

    /// The measurement as a table, sentences that belong to it, and where things were written.
    private static String text(ObjectNode found, ObjectNode json, Optional<String> into) {
        List<String> blocks = new ArrayList<>();
        rows(json).ifPresent(blocks::add);
        Measurements.table(found, METRICS).map(Columns::of).map(Columns::text).ifPresent(blocks::add);
        List<String> sentences = new ArrayList<>();
        found.path("report").path("sentences").forEach(sentence -> sentences.add(sentence.asText()));
        if (!sentences.isEmpty()) {
            blocks.add(String.join(LINE, sentences));
        }
        blocks.add(places(json, into));
        return String.join(
                LINE + LINE, blocks.stream().filter(block -> !block.isEmpty()).toList());
    }

    private static Optional<String> rows(JsonNode json) {
        List<String> counts = new ArrayList<>();
        json.path("rows")
                .properties()
                .forEach(split -> counts.add(String.format(
                        Locale.ROOT, "%s %,d", split.getKey(), split.getValue().asLong())));
        return counts.isEmpty() ? Optional.empty() : Optional.of("rows: " + String.join(", ", counts));
    }

    private static String places(JsonNode json, Optional<String> into) {
        Columns places = new Columns();
        for (String place : List.of("labels", "predictions", "run", "report")) {
            if (json.path(place).isTextual()) {
                String value = json.path(place).asText();
                boolean table = place.equals("predictions") && into.equals(Optional.of(value));
                places.row(place, table ? "table " + value : value);
            }
        }
        JsonNode bytes = json.path("estimate").path("bytes");
        if (bytes.isNumber()) {
            places.row("memory needed", MemorySize.format(bytes.asLong()));
        }
        return places.text();
    }
}
