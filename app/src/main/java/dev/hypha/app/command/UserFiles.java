package dev.hypha.app.command;

import dev.hypha.graph.InputException;
import dev.hypha.relational.database.DiskFull;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;

/// Reads and writes the files that the user names.
final class UserFiles {
    private UserFiles() {}

    /// @param option the option that names the file
    /// @throws InputException where it cannot be read as text
    static String read(String option, Path file) {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            throw unusable(option, file, "there is no file " + file, "Check the path.");
        } catch (CharacterCodingException e) {
            throw unusable(option, file, file + " is no text in UTF-8", "Save it as UTF-8.");
        } catch (IOException e) {
            throw unusable(option, file, "cannot read " + file, "Check the path and its rights.");
        }
    }

    /// Writes a file that people edit: one that is there already stays as it is.
    ///
    /// @throws InputException where the file holds something else, or as `write`
    static void writeNew(String option, Path file, String text) {
        if (Files.isRegularFile(file)) {
            if (read(option, file).equals(text)) return;
            throw new InputException(
                    "out-exists",
                    file + " exists and says something else, maybe by your own edits; it stays as it is",
                    Map.of("option", option, "file", file.toString()),
                    "Write beside it with " + option + " " + beside(file) + " and compare the two, or remove it.");
        }
        write(option, file, text);
    }

    private static Path beside(Path file) {
        String name = file.getFileName().toString();
        int dot = name.lastIndexOf('.');
        String other = dot > 0 ? name.substring(0, dot) + "-new" + name.substring(dot) : name + "-new";
        return file.resolveSibling(other);
    }

    /// Writes beside and renames, so that the file is whole or as it was.
    ///
    /// @throws InputException where the folder cannot be written
    static void write(String option, Path file, String text) {
        Path beside = file.resolveSibling(file.getFileName() + ".partial");
        try {
            Files.writeString(beside, text);
            Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            forget(beside);
            throw DiskFull.of(e, file).orElseGet(() -> unwritable(option, file, e));
        }
    }

    private static InputException unwritable(String option, Path file, IOException e) {
        Path folder = file.toAbsolutePath().getParent();
        if (!Files.isDirectory(folder))
            return unusable(option, file, "cannot write " + file + ": there is no folder " + folder, "Make it first.");
        String why = e instanceof AccessDeniedException || !Files.isWritable(folder)
                ? "the folder " + folder + " may not be written"
                : Files.isDirectory(file) ? "it is a folder" : String.valueOf(e.getMessage());
        return unusable(option, file, "cannot write " + file + ": " + why, "Give another path with " + option + ".");
    }

    private static void forget(Path half) {
        try {
            Files.deleteIfExists(half);
        } catch (IOException e) {
            // What keeps it from being written may keep it from being removed.
            return;
        }
    }

    private static InputException unusable(String option, Path file, String message, String hint) {
        return new InputException("unusable-file", message, Map.of("option", option, "file", file.toString()), hint);
    }
}
