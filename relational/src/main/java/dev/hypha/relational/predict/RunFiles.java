package dev.hypha.relational.predict;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hypha.learn.Run;
import dev.hypha.learn.RunDraft;
import dev.hypha.relational.encode.Encoding;
import dev.hypha.relational.trees.TreeModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The files of a run that score again later: the first seed's models, and how a database becomes what they
/// read.
final class RunFiles {
    private static final String TREES = "trees.json";
    private static final String ENCODING = "encoding.json";
    private static final String SCALING = "scaling.json";
    private static final String VOCABULARIES = "vocabularies.json";

    /// The schema as it was used, inferred parts included.
    private static final String SCHEMA = "schema.yaml";

    /// The label query, where labels came from the user's SQL.
    private static final String LABELS = "labels.sql";

    private static final ObjectMapper JSON = new ObjectMapper();

    private RunFiles() {}

    static void write(Workbench bench, SeedRun run, RunDraft draft) throws IOException {
        run.trees().last().save(draft.file(TREES));
        if (run.weights().isPresent()) {
            run.weights().get().parameters().save(draft.file(Run.WEIGHTS), Map.of());
        }
        Files.writeString(draft.file(ENCODING), bench.encoding().toJson());
        JSON.writeValue(draft.file(SCALING).toFile(), bench.scaling());
        JSON.writeValue(draft.file(VOCABULARIES).toFile(), bench.aggregates().vocabularies());
        Files.writeString(draft.file(SCHEMA), bench.job().database().schemaYaml());
        if (bench.request().labels().isPresent()) {
            Files.copy(bench.request().labels().get(), draft.file(LABELS));
        }
    }

    static TreeModel trees(Run run) throws IOException {
        return TreeModel.load(file(run, TREES));
    }

    static Encoding encoding(Run run) throws IOException {
        return Encoding.fromJson(Files.readString(file(run, ENCODING)));
    }

    static SeedScaling scaling(Run run) throws IOException {
        return JSON.readValue(file(run, SCALING).toFile(), SeedScaling.class);
    }

    static Map<String, List<String>> vocabularies(Run run) throws IOException {
        return JSON.readValue(file(run, VOCABULARIES).toFile(), new TypeReference<TreeMap<String, List<String>>>() {});
    }

    static Path weights(Run run) {
        return file(run, Run.WEIGHTS);
    }

    static Path schema(Run run) {
        return file(run, SCHEMA);
    }

    private static Path file(Run run, String name) {
        return run.file(name).orElseThrow(() -> new IllegalStateException(run.folder() + " has no " + name));
    }
}
