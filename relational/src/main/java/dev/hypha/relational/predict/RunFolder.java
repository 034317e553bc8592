package dev.hypha.relational.predict;

import dev.hypha.graph.InputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/// The folder that a run becomes. Work happens in `NAME.partial` beside it, which takes the place of `NAME` in one
/// rename when all is written, so that a kill at any moment leaves the run before as it was. What the partial folder
/// is for stands in its file `request`; only the same request resumes it.
final class RunFolder implements AutoCloseable {
    private static final String REQUEST = "request";

    private final Path folder;
    private final Path partial;
    private final FileChannel lock;

    private RunFolder(Path folder, Path partial, FileChannel lock) {
        this.folder = folder;
        this.partial = partial;
        this.lock = lock;
    }

    /// Opens the partial folder of a run: emptied, or kept as it stands where the same request is resumed.
    ///
    /// @param fingerprint text that is equal for equal requests on equal data
    static RunFolder open(Path folder, String fingerprint, boolean resume) {
        Path target = folder.toAbsolutePath().normalize();
        refuseForeign(target);
        Path partial = target.resolveSibling(target.getFileName() + ".partial");
        try {
            Files.createDirectories(target.getParent());
            FileChannel lock = lock(target);
            if (!resume || !fingerprint.equals(readRequest(partial))) {
                delete(partial);
                Files.createDirectories(partial);
                Files.writeString(partial.resolve(REQUEST), fingerprint);
            }
            return new RunFolder(target, partial, lock);
        } catch (IOException e) {
            throw new InputException(
                    "unwritable",
                    "cannot write the run folder " + target + ": " + e.getMessage(),
                    Map.of("file", target.toString()),
                    "Give a folder that can be written with --out.");
        }
    }

    /// Where the work is written until `publish`.
    Path partial() {
        return partial;
    }

    /// Where the run will stand.
    Path folder() {
        return folder;
    }

    /// Puts the finished work in the run's place; the run that stood there goes only after the new one stands.
    void publish() {
        Path old = folder.resolveSibling(folder.getFileName() + ".old");
        try {
            Files.deleteIfExists(partial.resolve(REQUEST));
            delete(old);
            if (Files.exists(folder)) {
                Files.move(folder, old, StandardCopyOption.ATOMIC_MOVE);
            }
            Files.move(partial, folder, StandardCopyOption.ATOMIC_MOVE);
            delete(old);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot put the run in place at " + folder, e);
        }
    }

    @Override
    public void close() {
        try {
            lock.close();
            Files.deleteIfExists(lockFile(folder));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A folder that holds something else than a run is somebody's, and is not replaced.
    private static void refuseForeign(Path target) {
        boolean foreign = Files.isRegularFile(target)
                || (Files.isDirectory(target) && !Files.exists(target.resolve("run.json")) && !isEmpty(target));
        if (foreign) {
            throw new InputException(
                    "out-exists",
                    target + " exists and is not a run",
                    Map.of("file", target.toString()),
                    "Give another folder with --out, or remove it.");
        }
    }

    private static FileChannel lock(Path target) throws IOException {
        FileChannel channel =
                FileChannel.open(lockFile(target), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock held = null;
        try {
            held = channel.tryLock();
        } catch (OverlappingFileLockException e) {
            held = null;
        }
        if (held == null) {
            channel.close();
            throw new InputException(
                    "run-busy",
                    "another command is writing the run " + target,
                    Map.of("file", target.toString()),
                    "Wait for it, or give another folder with --out.");
        }
        return channel;
    }

    private static Path lockFile(Path target) {
        return target.resolveSibling("." + target.getFileName() + ".lock");
    }

    private static String readRequest(Path partial) throws IOException {
        Path file = partial.resolve(REQUEST);
        return Files.exists(file) ? Files.readString(file, StandardCharsets.UTF_8) : "";
    }

    private static boolean isEmpty(Path dir) {
        try (var entries = Files.list(dir)) {
            return entries.findAny().isEmpty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path dir) throws IOException {
        if (!Files.exists(dir)) {
            return;
        }
        List<Path> deepestFirst;
        try (var walk = Files.walk(dir)) {
            deepestFirst = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : deepestFirst) {
            Files.delete(path);
        }
    }
}
