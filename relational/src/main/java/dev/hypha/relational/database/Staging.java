package dev.hypha.relational.database;

import dev.hypha.graph.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The embedded database that holds a copy of the user's tables, in a folder of its own that goes when it is closed
/// (or, after a kill, when the next one is opened). Schema `raw` is what a source copied, `data` what the rest reads.
final class Staging implements AutoCloseable {
    private static final String PREFIX = "hypha-";

    private final Path folder;
    private final Connection connection;
    private final Thread atExit;

    private Staging(Path folder, Connection connection) {
        this.folder = folder;
        this.connection = connection;
        this.atExit = Thread.ofPlatform().unstarted(() -> delete(folder));
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    /// @param memoryBytes what the embedded database may hold in memory; it spills to its folder beyond
    static Staging open(int threads, long memoryBytes) {
        Path parent = temporaryFolder();
        sweep(parent);
        try {
            Path folder = Files.createTempDirectory(
                    parent, PREFIX + ProcessHandle.current().pid() + "-");
            Staging staging =
                    new Staging(folder, DriverManager.getConnection("jdbc:duckdb:" + folder.resolve("staging.duckdb")));
            staging.settings(threads, memoryBytes);
            return staging;
        } catch (IOException | SQLException e) {
            throw new InputException(
                    "temporary-folder",
                    "no temporary folder can be made in " + parent + " (" + e.getMessage() + ")",
                    Map.of("folder", parent.toString()),
                    "set TMPDIR to a folder that can be written");
        }
    }

    private void settings(int threads, long memoryBytes) {
        run("SET threads=" + threads);
        run("SET memory_limit='" + Math.max(memoryBytes >> 20, 64) + "MiB'");
        run("SET temp_directory=" + Sql.text(folder.resolve("spill").toString()));
        // Nothing is ever fetched from a network while a user's data is read.
        run("SET autoinstall_known_extensions=false");
        run("SET autoload_known_extensions=false");
        run("SET TimeZone='UTC'");
        run("SET preserve_insertion_order=true");
        run("CREATE SCHEMA raw");
        run("CREATE SCHEMA data");
    }

    /// @return `TMPDIR` where it is set (as other tools read it), else Java's own
    static Path temporaryFolder() {
        String given = System.getenv("TMPDIR");
        return Path.of(given == null || given.isBlank() ? System.getProperty("java.io.tmpdir") : given);
    }

    /// Whether a file is one of a staging database.
    static boolean holds(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        while (folder != null && !isStaging(folder)) folder = folder.getParent();
        return folder != null;
    }

    private static boolean isStaging(Path folder) {
        Path name = folder.getFileName();
        return name != null && name.toString().matches(PREFIX + "\\d+-\\d+");
    }

    Connection connection() {
        return connection;
    }

    /// A place for files that live as long as the staging database.
    Path folder() {
        return folder;
    }

    void run(String sql) {
        new Queries(connection).run(sql);
    }

    long number(String sql) {
        return new Queries(connection).number(sql);
    }

    <T> List<T> list(String sql, Queries.Row<T> row) {
        return new Queries(connection).list(sql, row);
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            System.getLogger(Staging.class.getName()).log(System.Logger.Level.WARNING, "staging did not close", e);
        }
        delete(folder);
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            // The machine is going down already and runs the hook itself.
            return;
        }
    }

    /// Removes what killed processes left behind.
    private static void sweep(Path parent) {
        try (Stream<Path> all = Files.list(parent)) {
            all.filter(Staging::orphaned).forEach(Staging::delete);
        } catch (IOException e) {
            // Not being allowed to look is no reason to stop.
            return;
        }
    }

    private static boolean orphaned(Path folder) {
        if (!isStaging(folder) || !Files.isDirectory(folder)) return false;
        long process = Long.parseLong(folder.getFileName().toString().split("-", -1)[1]);
        return ProcessHandle.of(process).isEmpty();
    }

    private static void delete(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path p : all.sorted(Comparator.reverseOrder()).toList()) Files.deleteIfExists(p);
        } catch (IOException e) {
            // What cannot be deleted now is swept when the next one opens.
            return;
        }
    }
}
