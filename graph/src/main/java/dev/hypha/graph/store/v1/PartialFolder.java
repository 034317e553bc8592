package dev.hypha.graph.store.v1;

import dev.hypha.graph.InputException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// A folder in the making: `NAME.partial` until it is complete, then `NAME`. A file in it marks it as such, and
/// is locked while it is made. What a killed one left is removed by the next; a folder without the mark is
/// somebody's.
public final class PartialFolder implements AutoCloseable {
    private static final String MARK = ".hypha-partial";

    private final Path place;
    private final Path partial;
    private final FileChannel lock;
    private boolean committed;

    private PartialFolder(Path place, Path partial, FileChannel lock) {
        this.place = place;
        this.partial = partial;
        this.lock = lock;
    }

    /// Begins a folder at a place where nothing is, named by the option `--out`.
    ///
    /// @throws InputException where something is there, another command is making it, or nothing can be written
    public static PartialFolder create(Path place) {
        return create(place, "--out");
    }

    /// The same for a place that another option names.
    public static PartialFolder create(Path place, String option) {
        requireFree(place, option);
        Path absolute = place.toAbsolutePath().normalize();
        Path partial = absolute.resolveSibling(absolute.getFileName() + ".partial");
        try {
            Files.createDirectories(partial);
            FileChannel lock = lock(partial, option);
            for (Path each : entries(partial)) if (!each.endsWith(MARK)) remove(each);
            return new PartialFolder(absolute, partial, lock);
        } catch (IOException e) {
            throw new InputException(
                    "unusable-path",
                    "cannot write " + partial + ": " + why(e),
                    Map.of("option", option, "path", place.toString()),
                    "Give another " + option + ".");
        }
    }

    private static FileChannel lock(Path partial, String option) throws IOException {
        Path mark = partial.resolve(MARK);
        if (!Files.exists(mark) && !entries(partial).isEmpty()) {
            throw new InputException(
                    "exists",
                    partial + " is there already and was not left by an interrupted command",
                    Map.of("option", option, "path", partial.toString()),
                    "Give another " + option + ", or move that folder away.");
        }
        FileChannel channel = FileChannel.open(mark, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock held;
        try {
            held = channel.tryLock();
        } catch (OverlappingFileLockException e) {
            held = null;
        }
        if (held == null) {
            channel.close();
            throw new InputException(
                    "busy",
                    "another command is writing " + partial,
                    Map.of("option", option, "path", partial.toString()),
                    "Wait for it, or give another " + option + ".");
        }
        return channel;
    }

    private static List<Path> entries(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.toList();
        }
    }

    /// @param option that names the place
    /// @throws InputException where something is there
    public static void requireFree(Path place, String option) {
        if (Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
            throw new InputException(
                    "exists",
                    place + " is there already",
                    Map.of("option", option, "path", place.toString()),
                    "Give another " + option + ", or remove it first.");
        }
    }

    /// The message of such an exception is its path as often as not.
    private static String why(IOException e) {
        return switch (e) {
            case AccessDeniedException denied -> "it may not be written there";
            case NoSuchFileException none -> "there is no such folder";
            case FileAlreadyExistsException file -> file.getFile() + " is a file";
            case FileSystemException other when other.getReason() != null -> other.getReason();
            default -> e.getMessage();
        };
    }

    /// Where files are written.
    public Path partial() {
        return partial;
    }

    /// Removes a folder inside, if it is there.
    public void removeFolder(String name) throws IOException {
        remove(partial.resolve(name));
    }

    /// Puts the folder in its place.
    public void commit() throws IOException {
        Files.move(partial, place, StandardCopyOption.ATOMIC_MOVE);
        committed = true;
        Files.deleteIfExists(place.resolve(MARK));
    }

    /// Removes what was not committed.
    @Override
    public void close() throws IOException {
        try (lock) {
            if (!committed) remove(partial);
        }
    }

    private static void remove(Path path) throws IOException {
        if (!Files.exists(path)) {
            return;
        }
        List<Path> all;
        try (Stream<Path> walk = Files.walk(path)) {
            all = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path each : all) {
            Files.delete(each);
        }
    }
}
