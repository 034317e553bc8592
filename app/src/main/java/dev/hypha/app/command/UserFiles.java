package dev.hypha.app.command;

import dev.hypha.graph.InputException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
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

    /// Writes beside and renames, so that the file is whole or as it was.
    ///
    /// @throws InputException where the folder cannot be written
    static void write(String option, Path file, String text) {
        Path beside = file.resolveSibling(file.getFileName() + ".partial");
        try {
            Files.writeString(beside, text);
            Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw unusable(option, file, "cannot write " + file, "Give another path with " + option + ".");
        }
    }

    private static InputException unusable(String option, Path file, String message, String hint) {
        return new InputException("unusable-file", message, Map.of("option", option, "file", file.toString()), hint);
    }
}
