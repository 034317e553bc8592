package dev.hypha.relational.database;

import dev.hypha.graph.InputException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// Where a user's database is, told apart by what lies there (first bytes), not by its ending.
sealed interface Location {
    record Folder(Path path) implements Location {}

    record DuckDbFile(Path path) implements Location {}

    record SqliteFile(Path path) implements Location {}

    /// @param url a JDBC URL, perhaps with a password in it: print `redacted(url)`
    record PostgreSql(String url) implements Location {}

    /// @throws InputException kinds `not-found`, `not-a-database`, `unknown-url`
    static Location of(String location) {
        if (location.startsWith("jdbc:postgresql:")) return new PostgreSql(location);
        if (location.startsWith("jdbc:duckdb:")) return ofFile(Path.of(location.substring("jdbc:duckdb:".length())));
        if (location.startsWith("jdbc:sqlite:")) return ofFile(Path.of(location.substring("jdbc:sqlite:".length())));
        if (location.startsWith("jdbc:") || location.contains("://"))
            throw new InputException(
                    "unknown-url",
                    "the database URL " + redacted(location) + " is of no known kind",
                    Map.of("database", redacted(location)),
                    "give jdbc:postgresql://host:port/database?user=U&password=P, jdbc:sqlite:FILE or jdbc:duckdb:FILE");
        return ofFile(Path.of(location));
    }

    private static Location ofFile(Path path) {
        if (path.toString().isEmpty() || !Files.exists(path))
            throw new InputException(
                    "not-found",
                    "there is no file or folder " + (path.toString().isEmpty() ? "in the URL" : path.toString()),
                    Map.of("file", path.toString()),
                    "give a DuckDB or SQLite file, a folder of CSV or Parquet files, or a JDBC URL");
        if (Files.isDirectory(path)) return new Folder(path);
        byte[] start = start(path);
        String text = new String(start, StandardCharsets.ISO_8859_1);
        if (text.startsWith("SQLite format 3\0")) return new SqliteFile(path);
        if (text.startsWith("DUCK", 8)) return new DuckDbFile(path);
        throw new InputException(
                "not-a-database",
                path + " is not a database: "
                        + (start.length == 0 ? "it is empty" : "neither DuckDB nor SQLite wrote it"),
                Map.of("file", path.toString()),
                DataFile.of(path).isPresent()
                        ? "give the folder that holds the file"
                        : "give a DuckDB or SQLite file, a folder of CSV or Parquet files, or a JDBC URL");
    }

    private static byte[] start(Path path) {
        try (InputStream in = Files.newInputStream(path)) {
            return in.readNBytes(16);
        } catch (IOException e) {
            throw new InputException(
                    "unreadable-file",
                    path + " cannot be read (" + e.getMessage() + ")",
                    Map.of("file", path.toString()),
                    "check its permissions");
        }
    }

    /// @return a location without the password it may hold
    static String redacted(String location) {
        return location.replaceAll("(?i)(password=)[^&;]*", "$1***").replaceAll("(//[^/:@]+:)[^@/]+@", "$1***@");
    }
}
