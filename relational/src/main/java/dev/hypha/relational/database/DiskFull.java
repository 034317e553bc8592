package dev.hypha.relational.database;

import dev.hypha.graph.InputException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A disk that is full, found in what was thrown: Java says so in a message without a path as often as not, the
/// embedded database with the path between quotes. Files that may not grow as large are told in the same way.
public final class DiskFull {
    private static final Pattern QUOTED = Pattern.compile("file \\\\?\"([^\"\\\\]+)\\\\?\"");

    private DiskFull() {}

    /// @param wanted what was being written, for where the failure does not say
    /// @return absent where something else failed
    public static Optional<InputException> of(Throwable thrown, Path wanted) {
        if (String.valueOf(thrown.getMessage()).contains("File too large")) {
            return Optional.of(tooLarge(named(thrown).orElse(wanted)));
        }
        if (!says(thrown)) return Optional.empty();
        return Optional.of(named(thrown).map(DiskFull::exception).orElseGet(() -> exception(wanted)));
    }

    /// Whether a failure, without its causes, is that of a full disk.
    static boolean says(Throwable thrown) {
        String message = String.valueOf(thrown.getMessage()).toLowerCase(Locale.ROOT);
        return message.contains("no space left")
                || message.contains("not enough space on the disk")
                || message.contains("disk quota")
                || message.contains("max_temp_directory_size");
    }

    /// @return the file that the failure names
    static Optional<Path> named(Throwable thrown) {
        if (thrown instanceof FileSystemException e && e.getFile() != null) return Optional.of(Path.of(e.getFile()));
        Matcher quoted = QUOTED.matcher(String.valueOf(thrown.getMessage()));
        return quoted.find() ? Optional.of(Path.of(quoted.group(1))) : Optional.empty();
    }

    /// A limit of the process or of the file system.
    private static InputException tooLarge(Path file) {
        return new InputException(
                "file-limit",
                file + " cannot be written: a file may not grow as large here",
                Map.of("file", file.toString()),
                "Raise the limit (ulimit -f), or write to a file system that takes larger files.");
    }

    static InputException exception(Path file) {
        return new InputException(
                "disk-full",
                "the disk is full: " + file + " cannot be written",
                Map.of("file", file.toString()),
                "Free some space there, or write to another place.");
    }
}
