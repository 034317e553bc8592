package dev.hypha.learn.papers;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.hypha.graph.InputException;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;

/// A file of JSON that is replaced whole, so that it is as it was or as it should be.
record KeptFile(Path path) {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /// Tries to write beside it, and leaves nothing there but the folder.
    ///
    /// @throws InputException where it could not be replaced
    void requireWritable() {
        if (Files.exists(path) && !Files.isRegularFile(path)) {
            throw unwritable(Files.isDirectory(path) ? "it is a folder" : "it is no ordinary file");
        }
        try {
            Path folder = path.toAbsolutePath().getParent();
            Files.createDirectories(folder);
            Files.delete(Files.createTempFile(folder, path.getFileName() + ".", ".partial"));
        } catch (IOException e) {
            throw unwritable(reason(e));
        }
    }

    /// A missing node where it holds no JSON.
    ///
    /// @throws InputException where it cannot be read
    JsonNode read() {
        try (Reader text = Files.newBufferedReader(path)) {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException | CharacterCodingException e) {
            return MissingNode.getInstance();
        } catch (IOException e) {
            throw refused("unusable-file", "cannot read " + path + ": " + reason(e));
        }
    }

    /// @throws InputException where it cannot be written; it is as it was then
    void replace(String text) {
        Path beside = path.resolveSibling(path.getFileName() + ".partial");
        try {
            try {
                Files.writeString(beside, text);
                Files.move(beside, path, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(beside);
            }
        } catch (IOException e) {
            throw unwritable(reason(e));
        }
    }

    private InputException unwritable(String reason) {
        return refused("unwritable", "cannot write " + path + ": " + reason);
    }

    private InputException refused(String kind, String message) {
        return new InputException(
                kind, message, Map.of("option", "--out", "file", path.toString()), "Give another file with --out.");
    }

    private static String reason(IOException e) {
        String said = e instanceof FileSystemException known ? known.getReason() : e.getMessage();
        return said == null ? "its folder does not allow it" : said;
    }
}
