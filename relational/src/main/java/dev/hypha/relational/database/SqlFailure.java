package dev.hypha.relational.database;

import dev.hypha.graph.InputException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// A statement on the staging database that failed; carries the statement. A source that knows which file was being
/// read turns it into an `InputException`; one that nobody turns is a defect of Hypha.
public final class SqlFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private SqlFailure(String sql, SQLException cause) {
        super(cause.getMessage() + " in: " + sql, cause);
    }

    /// @return an `InputException` of kind `disk-full` or `memory-limit` where the machine is at fault, else a
    /// `SqlFailure`
    public static RuntimeException of(String sql, SQLException e) {
        String message = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
        if (DiskFull.says(e)) return diskFull(e);
        if (message.contains("out of memory") || message.contains("failed to allocate"))
            return new InputException(
                    "memory-limit",
                    "the embedded database does not get by with the memory it is given: " + asked(e),
                    Map.of(),
                    "give more with --memory, leave tables out in the schema file, or take fewer prediction times with"
                            + " a larger --step");
        return new SqlFailure(sql, e);
    }

    /// What it asked for and what it has, such as `could not allocate block of size 256.0 KiB (63.9 MiB/64.0 MiB
    /// used)`.
    private static String asked(SQLException e) {
        return e.getMessage().lines().findFirst().orElse("").replaceFirst("^[A-Za-z ]*(Error|Exception): ", "");
    }

    private static InputException diskFull(SQLException e) {
        Path temporary = Staging.temporaryFolder();
        Optional<Path> named = DiskFull.named(e);
        if (named.isPresent() && !Staging.holds(named.get())) return DiskFull.exception(named.get());
        return new InputException(
                "disk-full",
                "the disk is full: the tables do not fit into the folder for temporary files, " + temporary,
                Map.of("folder", temporary.toString()),
                "free some space there or set TMPDIR to a folder on a larger disk");
    }

    /// @return what the database said, without its advice on its own options
    String firstLine() {
        return getCause()
                .getMessage()
                .lines()
                .findFirst()
                .orElse("")
                .replaceFirst("^[A-Za-z ]*(Error|Exception): ", "");
    }

    /// @return all of what the database said
    String said() {
        return String.valueOf(getCause().getMessage());
    }
}
