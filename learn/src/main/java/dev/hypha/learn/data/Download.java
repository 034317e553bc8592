package dev.hypha.learn.data;

import dev.hypha.graph.InputException;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;

/// Brings the files of a set from its address into a folder, which takes its place whole or not at all.
final class Download {
    private static final int PATIENCE_MILLIS = (int) Duration.ofSeconds(30).toMillis();

    private Download() {}

    /// @return `folder`, with all files of the set
    /// @throws InputException when the address does not answer, or what it gives has another checksum
    static Path of(Dataset set, Path folder) {
        Path partial = folder.resolveSibling(folder.getFileName() + ".partial");
        try {
            if (Files.exists(partial)) DataFolders.delete(partial);
            Files.createDirectories(partial);
            for (String name : set.sha256().keySet()) copy(URI.create(set.address() + name), partial.resolve(name));
            DataFolders.check(partial, set);
            for (String name : set.sha256().keySet()) {
                Files.createDirectories(folder);
                Files.move(partial.resolve(name), folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
            }
            return folder;
        } catch (IOException e) {
            throw new InputException(
                    "no-data",
                    "the data set " + set.name() + " cannot be brought from " + set.address() + ": " + e.getMessage(),
                    Map.of("data", set.name(), "address", set.address()),
                    "Check the connection, or put its files into " + folder + ".");
        } finally {
            if (Files.exists(partial)) DataFolders.delete(partial);
        }
    }

    private static void copy(URI from, Path to) throws IOException {
        var connection = from.toURL().openConnection();
        connection.setConnectTimeout(PATIENCE_MILLIS);
        connection.setReadTimeout(PATIENCE_MILLIS);
        if (connection instanceof HttpURLConnection http && http.getResponseCode() != HttpURLConnection.HTTP_OK) {
            throw new IOException("for " + from + " the server answers " + http.getResponseCode());
        }
        long bytes;
        try (InputStream in = connection.getInputStream()) {
            bytes = Files.copy(in, to);
        }
        long said = connection.getContentLengthLong();
        if (said >= 0 && bytes != said) {
            throw new IOException("of " + from + " came " + bytes + " of " + said + " bytes");
        }
    }
}
