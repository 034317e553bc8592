package dev.hypha.learn.papers;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hypha.graph.InputException;
import dev.hypha.learn.papers.Measured.Run;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;

/// The runs of a reproduction that are done already, in a file that is written anew after each, so that an interrupted
/// one goes on with the seed it was at.
///
///     {"version": 1, "program": "hypha 0.1.0 (84ceb0f1d2c3)", "sha256": of the runs as text,
///      "runs": {FINGERPRINT: {SEED: [test, validation, seconds]}}}
///
/// Runs of another program do not count: it may answer otherwise.
public final class Kept {
    private static final int VERSION = 1;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Path file;
    private final String program;
    private final ObjectNode runs;

    private Kept(Path file, String program, ObjectNode runs) {
        this.file = file;
        this.program = program;
        this.runs = runs;
    }

    /// Starts with nothing done; a file that is there is replaced with the first run that is.
    ///
    /// @param program its name, version and revision
    public static Kept fresh(Path file, String program) {
        return new Kept(file, program, MAPPER.createObjectNode());
    }

    /// Goes on with what the file holds, if there is one and it is of the same program.
    ///
    /// @throws InputException where the file is damaged
    public static Kept resumed(Path file, String program) {
        if (!Files.exists(file)) return fresh(file, program);
        JsonNode root = read(file);
        JsonNode runs = root.path("runs");
        if (!(runs instanceof ObjectNode done) || !root.path("sha256").asText().equals(Sha256.of(runs.toString()))) {
            throw damaged(file);
        }
        boolean same = root.path("version").asInt() == VERSION
                && root.path("program").asText().equals(program);
        return same ? new Kept(file, program, done) : fresh(file, program);
    }

    private static JsonNode read(Path file) {
        try {
            return MAPPER.readTree(Files.readString(file));
        } catch (JsonProcessingException | CharacterCodingException e) {
            throw damaged(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    private static InputException damaged(Path file) {
        return new InputException(
                "damaged-file",
                file + " does not hold what was written to it",
                Map.of("file", file.toString()),
                "Leave out --resume to start again.");
    }

    /// What came of a trial with a seed, if that is done.
    public Optional<Run> run(Trial trial, long seed) {
        JsonNode run = runs.path(trial.fingerprint()).path(Long.toString(seed));
        return run.isMissingNode() ? Optional.empty() : Optional.of(Run.of(run));
    }

    /// Keeps what came of a trial with a seed.
    public void keep(Trial trial, long seed, Run run) {
        runs.withObjectProperty(trial.fingerprint()).set(Long.toString(seed), run.json());
        ObjectNode root = MAPPER.createObjectNode().put("version", VERSION).put("program", program);
        root.put("sha256", Sha256.of(runs.toString())).set("runs", runs);
        replace(root.toString() + "\n");
    }

    private void replace(String text) {
        Path beside = file.resolveSibling(file.getFileName() + ".partial");
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(beside, text);
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }
}
