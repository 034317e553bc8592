package dev.hypha.app.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hypha.learn.RunDraft;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// Completes a run for people: `run.json` gets the header and the command, and a report and a model card
/// are made from it.
///
/// @param header fields that every answer starts with, measured when it is asked for
/// @param arguments the command line as typed
public record RunPages(Supplier<ObjectNode> header, List<String> arguments) implements RunDraft.Pages {
    private static final String REPORT = "report.html";
    private static final String CARD = "model-card.md";

    public RunPages {
        arguments = List.copyOf(arguments);
    }

    @Override
    public ObjectNode complete(ObjectNode run) {
        ObjectNode all = header.get().deepCopy();
        all.setAll(run);
        ArrayNode words = all.putArray("arguments");
        arguments.forEach(words::add);
        return all;
    }

    @Override
    public Map<String, String> of(ObjectNode run) {
        return Map.of(CARD, ModelCard.of(run), REPORT, ReportPage.of(run));
    }

    /// The report of a run, where it has one.
    public static Optional<Path> report(Path folder) {
        return Optional.of(folder.resolve(REPORT)).filter(Files::isRegularFile);
    }
}
