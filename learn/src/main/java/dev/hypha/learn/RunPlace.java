package dev.hypha.learn;

import dev.hypha.graph.InputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;

/// Where a run will stand, held against other commands while it is made.
public final class RunPlace implements AutoCloseable {
    private final Path folder;
    private final FileChannel lock;

    private RunPlace(Path folder, FileChannel lock) {
        this.folder = folder;
        this.lock = lock;
    }

    /// Takes a folder, and those above it are made.
    ///
    /// @param folder of the run
    /// @throws InputException when the folder holds something that is no run, cannot be made, or is being
    ///     written
    public static RunPlace take(Path folder) {
        Path target = folder.toAbsolutePath().normalize();
        refuseForeign(target);
        try {
            Files.createDirectories(target.getParent());
            return new RunPlace(target, lock(target));
        } catch (IOException e) {
            throw new InputException(
                    "unwritable",
                    "cannot write the run folder " + target,
                    Map.of("file", target.toString()),
                    "Give a folder that can be written with --out.");
        }
    }

    /// Where a run stands if no place was asked for: a folder named after the request, so that the same
    /// command finds its own checkpoint.
    ///
    /// @param subject what the run is about, for people
    /// @param request all that tells one command from another
    public static Path usual(String subject, List<String> request) {
        CRC32C sum = new CRC32C();
        sum.update(String.join("\n", request).getBytes(StandardCharsets.UTF_8));
        return Path.of("runs", subject + "-" + HexFormat.of().toHexDigits((int) sum.getValue()));
    }

    /// Absolute.
    public Path folder() {
        return folder;
    }

    private static void refuseForeign(Path target) {
        boolean foreign = Files.isRegularFile(target)
                || (Files.isDirectory(target) && !Files.exists(target.resolve(Run.JSON)) && !isEmpty(target));
        if (foreign) {
            throw new InputException(
                    "out-exists",
                    target + " exists and is not a run",
                    Map.of("file", target.toString()),
                    "Give another folder with --out.");
        }
    }

    private static boolean isEmpty(Path folder) {
        try (var entries = Files.list(folder)) {
            return entries.findAny().isEmpty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static FileChannel lock(Path target) throws IOException {
        FileChannel channel = FileChannel.open(lockFile(target), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock held;
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

    @Override
    public void close() {
        try {
            Files.deleteIfExists(lockFile(folder));
            lock.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
