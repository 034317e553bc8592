package dev.hypha.app.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/// Completes a run's folder for people: `run.json` gets the header and the command, and a report and a model card made
/// from it are put beside it.
public final class RunPages {
    private static final String JSON = "run.json";
    private static final String REPORT = "report.html";
    private static final String CARD = "model-card.md";
    private static final ObjectMapper MAPPER = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private RunPages() {}

    /// Writes the pages of a finished run. Each file is written beside its place and renamed.
    ///
    /// @param header fields that every answer starts with, measured at the end
    /// @param arguments the command line as typed
    /// @return the report
    public static Path write(Path folder, ObjectNode header, List<String> arguments) throws IOException {
        ObjectNode run = header.deepCopy();
        run.setAll((ObjectNode) MAPPER.readTree(Files.readString(folder.resolve(JSON))));
        ArrayNode words = run.putArray("arguments");
        arguments.forEach(words::add);
        put(folder.resolve(JSON), MAPPER.writeValueAsString(run) + "\n");
        put(folder.resolve(CARD), ModelCard.of(run));
        put(folder.resolve(REPORT), ReportPage.of(run));
        return folder.resolve(REPORT);
    }

    private static void put(Path file, String text) throws IOException {
        Path beside = file.resolveSibling(file.getFileName() + ".partial");
        Files.writeString(beside, text);
        Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }
}
