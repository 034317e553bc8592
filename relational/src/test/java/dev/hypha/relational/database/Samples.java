package dev.hypha.relational.database;

import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hypha.graph.InputException;
import dev.hypha.learn.Progress;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;

/// What the tests of this package share: files to read and ways to look at what was read.
final class Samples {
    static final long MEMORY = 256L << 20;

    private Samples() {}

    static Path write(Path folder, String name, String... lines) {
        try {
            return Files.writeString(folder.resolve(name), String.join("\n", lines) + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Path gzip(Path folder, String name, String... lines) {
        Path file = folder.resolve(name);
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write((String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file;
    }

    static Database open(Path location) {
        return open(location.toString());
    }

    static Database open(String location) {
        return Database.open(location, Optional.empty(), 2, MEMORY, Progress.SILENT);
    }

    static Database open(Path location, Path schema) {
        return Database.open(location.toString(), Optional.of(schema), 2, MEMORY, Progress.SILENT);
    }

    /// @return the mistake that opening this must be answered with
    static InputException refusal(String location) {
        return catchThrowableOfType(InputException.class, () -> open(location).close());
    }

    /// @return the rows of a query, their values as text joined by `|`
    static List<String> rows(Database database, String sql) {
        try (Statement s = database.connection().createStatement();
                ResultSet results = s.executeQuery(sql)) {
            List<String> rows = new ArrayList<>();
            while (results.next()) {
                List<String> values = new ArrayList<>();
                for (int i = 1; i <= results.getMetaData().getColumnCount(); i++) values.add(results.getString(i));
                rows.add(String.join("|", values.stream().map(String::valueOf).toList()));
            }
            return rows;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /// @return what was found, as `table key -> keys; time`: `orders order_id customer_id->customers; order_date`
    static String keys(Database database, String table) {
        var t = database.schema().table(table);
        StringBuilder out = new StringBuilder(t.primaryKey().orElse("-"));
        t.foreignKeys()
                .forEach(f -> out.append(' ').append(f.column()).append("->").append(f.table()));
        return out.append("; ")
                .append(t.time().map(Object::toString).orElse("-"))
                .toString();
    }

    /// @return a folder of the shared data sets; skips the test, saying so, where they are not there
    static Path shared(String name) {
        String given = System.getProperty("hypha.shared", System.getenv("HYPHA_SHARED"));
        Path root = Path.of("").toAbsolutePath();
        while (root.getParent() != null && !Files.isDirectory(root.resolve("relational"))) root = root.getParent();
        Path shared = given == null ? root.resolveSibling("shared") : Path.of(given);
        Path folder = shared.resolve("data").resolve(name);
        if (!Files.isDirectory(folder)) System.out.println("skipped: there is no " + folder + "; set HYPHA_SHARED");
        assumeTrue(Files.isDirectory(folder), "no " + folder);
        return folder;
    }

    /// @return a file of the repository
    static Path repository(String name) {
        Path root = Path.of("").toAbsolutePath();
        while (!Files.exists(root.resolve(name))) root = root.getParent();
        return root.resolve(name);
    }
}
