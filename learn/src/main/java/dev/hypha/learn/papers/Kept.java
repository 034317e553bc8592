package dev.hypha.learn.papers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hypha.graph.InputException;
import dev.hypha.learn.papers.Measured.Run;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// The runs of a reproduction that are done already, in a file that is written anew after each, so that an interrupted
/// one goes on with the seed it was at.
///
///     {"version": 1, "setting": "gcn", "program": "hypha 0.1.0 (84ceb0f1d2c3)",
///      "sha256": of the runs as text, "runs": {FINGERPRINT: {SEED: [test, validation, seconds]}}}
///
/// Runs of another program do not count: it may answer otherwise.
public final class Kept {
    private static final int VERSION = 1;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final KeptFile file;
    private final String setting;
    private final String program;
    private final ObjectNode runs;

    private Kept(KeptFile file, String setting, String program, ObjectNode runs) {
        this.file = file;
        this.setting = setting;
        this.program = program;
        this.runs = runs;
    }

    /// Starts with nothing done; a file that is there is replaced with the first run that is.
    ///
    /// @param program its name, version and revision
    /// @throws InputException where the file cannot be written, or is not one kept of the setting
    public static Kept fresh(Path file, Setting setting, String program) {
        return new Kept(resumed(file, setting, program).file, setting.name(), program, MAPPER.createObjectNode());
    }

    /// Goes on with what the file holds, if there is one and it is of the same program.
    ///
    /// @param program its name, version and revision
    /// @throws InputException where the file cannot be written, or is not one kept of the setting
    public static Kept resumed(Path path, Setting setting, String program) {
        KeptFile file = new KeptFile(path);
        file.requireWritable();
        if (!Files.exists(path)) return new Kept(file, setting.name(), program, MAPPER.createObjectNode());
        JsonNode root = file.read();
        JsonNode runs = root.path("runs");
        boolean whole = root.path("sha256").asText().equals(Sha256.of(runs.toString()));
        // Files were kept without a name once.
        boolean own = root.path("setting").asText(setting.name()).equals(setting.name());
        if (!(runs instanceof ObjectNode done) || !whole || !own) throw occupied(path, setting);
        boolean same = root.path("version").asInt() == VERSION
                && root.path("program").asText().equals(program);
        return new Kept(file, setting.name(), program, same ? done : MAPPER.createObjectNode());
    }

    private static InputException occupied(Path file, Setting setting) {
        return new InputException(
                "out-exists",
                file + " exists and is not what hypha reproduce kept of " + setting.name() + ", or was changed since",
                Map.of("option", "--out", "file", file.toString()),
                "Give another file with --out, or remove it.");
    }

    /// What came of a trial with a seed, if that is done.
    public Optional<Run> run(Trial trial, long seed) {
        JsonNode run = runs.path(trial.fingerprint()).path(Long.toString(seed));
        return run.isMissingNode() ? Optional.empty() : Optional.of(Run.of(run));
    }

    /// Keeps what came of a trial with a seed.
    ///
    /// @throws InputException where the file can no longer be written
    public void keep(Trial trial, long seed, Run run) {
        runs.withObjectProperty(trial.fingerprint()).set(Long.toString(seed), run.json());
        ObjectNode root = MAPPER.createObjectNode()
                .put("version", VERSION)
                .put("setting", setting)
                .put("program", program);
        root.put("sha256", Sha256.of(runs.toString())).set("runs", runs);
        file.replace(root.toString() + "\n");
    }
}
