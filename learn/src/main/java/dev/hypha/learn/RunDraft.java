package dev.hypha.learn;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hypha.graph.InputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// A run that is being written, in a folder of its own beside the final one (`NAME.partial`). Nothing is at the final
/// place, and a run that stood there before stays as it is, until [#commit] renames the whole folder.
///
/// A draft left behind by a kill keeps its files: whoever opens it again finds the checkpoint of the training in it.
public final class RunDraft {
    private static final String CHECKPOINT = "checkpoint";
    private static final String MARK = ".hypha-partial";

    private final Path target;
    private final Path folder;

    private RunDraft(Path target) {
        this.target = target;
        this.folder = beside(target, ".partial");
    }

    /// What people read of a run, made of its tree and put into its folder before that takes its place.
    /// Their files have no checksum in the run, since people may change them.
    public interface Pages {
        /// None.
        Pages NONE = new Pages() {
            @Override
            public ObjectNode complete(ObjectNode run) {
                return run;
            }

            @Override
            public Map<String, String> of(ObjectNode run) {
                return Map.of();
            }
        };

        /// The tree of `run.json` with what else is known of the run.
        ObjectNode complete(ObjectNode run);

        /// Texts by the names of their files.
        ///
        /// @param run as it was completed
        Map<String, String> of(ObjectNode run);
    }

    /// Begins a draft, or goes on with one.
    ///
    /// @param target where the run shall stand
    /// @param resume whether to keep what an interrupted draft left; otherwise that is deleted
    /// @throws InputException when a folder of somebody's has the name of the draft or of the former run
    /// @throws UncheckedIOException when the folder cannot be made
    public static RunDraft begin(Path target, boolean resume) {
        restore(target);
        RunDraft draft = new RunDraft(target.toAbsolutePath().normalize());
        try {
            requireOurs(draft.folder, MARK);
            requireOurs(beside(draft.target, ".former"), Run.JSON);
            if (!resume) delete(draft.folder);
            Files.createDirectories(draft.folder);
            Files.write(draft.file(MARK), new byte[0]);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make the folder " + draft.folder, e);
        }
        return draft;
    }

    /// Only what bears a mark of ours will be deleted.
    private static void requireOurs(Path folder, String mark) throws IOException {
        if (!Files.exists(folder) || Files.exists(folder.resolve(mark))) return;
        if (Files.isDirectory(folder)) {
            try (Stream<Path> entries = Files.list(folder)) {
                if (entries.findAny().isEmpty()) return;
            }
        }
        throw new InputException(
                "out-exists",
                folder + " exists and was not left by an interrupted command",
                Map.of("file", folder.toString()),
                "Give another folder with --out, or move that one away.");
    }

    /// Where to write a file of the run.
    public Path file(String name) {
        return folder.resolve(name);
    }

    /// Where the training keeps its checkpoints; not part of the finished run.
    public Path checkpoints() {
        return folder.resolve(CHECKPOINT);
    }

    /// Ends the draft without pages.
    public Run commit(ObjectNode json) {
        return commit(json, Pages.NONE);
    }

    /// Ends the draft: adds format and checksums to `json`, writes it and the pages, and puts the folder in
    /// its place. A run that stood there is replaced as a whole. Checkpoints are there until nothing else
    /// is left to do, so that who goes on after a kill has them.
    ///
    /// @throws UncheckedIOException when a file cannot be written or moved; the former run is then still there
    public Run commit(ObjectNode json, Pages pages) {
        try {
            ObjectNode tree = pages.complete(json.deepCopy().put("format", Run.FORMAT));
            Map<String, String> texts = pages.of(tree);
            ObjectNode files = tree.putObject("files");
            for (Path file : files()) if (!texts.containsKey(name(file))) files.put(name(file), Checksum.of(file));
            for (var text : texts.entrySet()) Files.writeString(file(text.getKey()), text.getValue());
            Files.writeString(file(Run.JSON), Run.MAPPER.writeValueAsString(tree) + "\n");
            delete(checkpoints());
            swap();
            Files.deleteIfExists(target.resolve(MARK));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the run to " + target, e);
        }
        return Run.open(target);
    }

    /// Deletes the draft; the final place stays as it is.
    public void discard() {
        try {
            delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + folder, e);
        }
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(f -> Files.isRegularFile(f) && !name(f).equals(Run.JSON))
                    .filter(f -> !f.startsWith(checkpoints()) && !name(f).equals(MARK))
                    .sorted()
                    .toList();
        }
    }

    private String name(Path file) {
        return folder.relativize(file).toString().replace('\\', '/');
    }

    private void swap() throws IOException {
        Path former = beside(target, ".former");
        delete(former);
        if (Files.exists(target)) Files.move(target, former, StandardCopyOption.ATOMIC_MOVE);
        Files.move(folder, target, StandardCopyOption.ATOMIC_MOVE);
        delete(former);
    }

    /// Puts the former run back if the two renames of [#swap] were cut short between them.
    static void restore(Path target) {
        Path former = beside(target.toAbsolutePath().normalize(), ".former");
        if (Files.exists(target) || !Files.exists(former.resolve(Run.JSON))) return;
        try {
            Files.move(former, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot put back " + target, e);
        }
    }

    private static Path beside(Path target, String ending) {
        return target.resolveSibling(target.getFileName() + ending);
    }

    static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) return;
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) Files.delete(path);
        }
    }
}
