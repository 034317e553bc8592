package dev.hypha.learn;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hypha.graph.InputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;

/// A finished run in its folder: `run.json` says all there is to know, and lists every other file with its checksum.
/// Opened runs are read only; a new one is written by [RunDraft].
public final class Run {
    /// The file that makes a folder a run.
    public static final String JSON = "run.json";

    /// The model's parameters.
    public static final String WEIGHTS = "weights.safetensors";

    static final int FORMAT = 1;
    static final ObjectMapper MAPPER = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private final Path folder;
    private final ObjectNode json;

    private Run(Path folder, ObjectNode json) {
        this.folder = folder;
        this.json = json;
    }

    /// Opens a run and checks every file against its checksum. A folder whose replacement was cut short between two
    /// renames is put back first.
    ///
    /// @throws InputException when the folder is no run, is of another format, or a file is missing or damaged
    public static Run open(Path folder) {
        RunDraft.restore(folder);
        Run run = new Run(folder, readJson(folder.resolve(JSON)));
        int format = run.json.path("format").asInt(-1);
        if (format != FORMAT) {
            throw refused(folder.resolve(JSON), "is of format " + format + ", this version reads " + FORMAT, "");
        }
        run.checkFiles();
        return run;
    }

    public Path folder() {
        return folder;
    }

    /// The tree of `run.json`; a copy.
    public ObjectNode json() {
        return json.deepCopy();
    }

    /// A file of the run, such as [#WEIGHTS]; present if `run.json` lists it.
    public Optional<Path> file(String name) {
        return json.path("files").has(name) ? Optional.of(folder.resolve(name)) : Optional.empty();
    }

    private void checkFiles() {
        for (Iterator<String> names = json.path("files").fieldNames(); names.hasNext(); ) {
            String name = names.next();
            Path file = folder.resolve(name);
            String expected = json.path("files").path(name).asText();
            if (!Files.isRegularFile(file)) throw refused(file, "is missing from the run", "");
            if (!Checksum.of(file).equals(expected)) throw refused(file, "does not match its checksum", "");
        }
    }

    private static ObjectNode readJson(Path file) {
        try {
            if (MAPPER.readTree(Files.readString(file)) instanceof ObjectNode object) return object;
            throw refused(file, "is not a JSON object", "");
        } catch (NoSuchFileException e) {
            throw refused(file.getParent(), "is no run folder: it has no " + JSON, "Name a folder that a run wrote.");
        } catch (JsonProcessingException e) {
            throw refused(file, "is not valid JSON: " + e.getOriginalMessage(), "");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    private static InputException refused(Path file, String why, String hint) {
        String remedy = hint.isEmpty() ? "Run the training again." : hint;
        return new InputException("bad-run", file + " " + why, Map.of("file", file.toString()), remedy);
    }
}
