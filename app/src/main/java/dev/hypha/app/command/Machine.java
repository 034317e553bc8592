package dev.hypha.app.command;

import dev.hypha.graph.InputException;
import dev.hypha.relational.trees.LightGbmLibrary;
import dev.hypha.tensor.KernelProvider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What this machine has of what Hypha uses, looked at when asked. A missing thing is an answer, not an exception.
final class Machine {
    private static final int NEEDED_JAVA = 25;
    private static final long LEAST_TEMPORARY_BYTES = 2L << 30;

    private Machine() {}

    /// One thing that was looked at.
    ///
    /// @param name of the thing, for machines too
    /// @param value what was found
    /// @param ok false where work would fail or be much slower than it need be
    /// @param hint what to do where it is not
    record Check(String name, String value, boolean ok, String hint) {}

    /// All checks, in the order in which they are shown.
    static List<Check> checks(int threads, long memoryBytes) {
        return List.of(
                jdk(),
                vectors(),
                kernelCheck(threads),
                processors(threads),
                memory(memoryBytes),
                heap(),
                duckDb(),
                lightGbm(),
                temporary());
    }

    /// Which kernels work is done with, such as `blas SkylakeX`.
    ///
    /// @throws InputException where a setting names kernels that do not exist or cannot run here
    static String kernels(int threads) {
        try (KernelProvider provider = KernelProvider.choose(threads)) {
            return provider.describe();
        } catch (IllegalArgumentException e) {
            throw new InputException(
                    "bad-kernels",
                    e.getMessage(),
                    Map.of("setting", "hypha.kernels"),
                    "Mend or remove the property hypha.kernels or the variable HYPHA_KERNELS.");
        }
    }

    /// A line for whoever is about to compute, where the kernels are slower than this machine allows and nobody asked
    /// for them.
    static Optional<String> slowerKernels(int threads) {
        try (KernelProvider provider = KernelProvider.choose(threads)) {
            return provider.slower().isEmpty()
                    ? Optional.empty()
                    : Optional.of("kernels " + provider.name() + ", slower than they need be: " + provider.slower());
        }
    }

    private static Check jdk() {
        int feature = Runtime.version().feature();
        String value = Runtime.version() + " at " + System.getProperty("java.home");
        return new Check("jdk", value, feature >= NEEDED_JAVA, "Install a JDK 25 or newer.");
    }

    private static Check vectors() {
        boolean there = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
        return new Check(
                "vector-module",
                there ? "on" : "off",
                there,
                "Start with ./hypha, or give java --add-modules jdk.incubator.vector.");
    }

    private static Check kernelCheck(int threads) {
        try (KernelProvider provider = KernelProvider.choose(threads)) {
            String value = provider.describe() + " (" + provider.why() + ")";
            boolean fine = provider.slower().isEmpty() && !provider.name().equals("plain");
            String why = provider.slower().isEmpty() ? "" : ": " + provider.slower();
            return new Check("kernels", value, fine, "Work may be slower than it need be" + why + ".");
        }
    }

    private static Check processors(int threads) {
        int processors = Runtime.getRuntime().availableProcessors();
        return new Check("threads", threads + " of " + processors + " processors", true, "");
    }

    private static Check memory(long memoryBytes) {
        String value = MemorySize.format(memoryBytes) + " of " + MemorySize.format(CommonOptions.machineBytes());
        boolean fits = memoryBytes <= CommonOptions.machineBytes();
        return new Check("memory", value, fits, "Give less with --memory.");
    }

    private static Check heap() {
        return new Check("heap", MemorySize.format(Runtime.getRuntime().maxMemory()), true, "");
    }

    private static Check duckDb() {
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement();
                ResultSet version = statement.executeQuery("SELECT version()")) {
            version.next();
            return new Check("duckdb", version.getString(1), true, "");
        } catch (SQLException | LinkageError e) {
            return absent("duckdb", e);
        }
    }

    private static Check lightGbm() {
        try {
            LightGbmLibrary.load();
            return new Check("lightgbm", "loaded", true, "");
        } catch (UncheckedIOException | LinkageError e) {
            return absent("lightgbm", e);
        }
    }

    private static Check absent(String name, Throwable why) {
        String message = String.valueOf(why.getMessage());
        String hint = message.contains("gomp")
                ? "Install the OpenMP runtime (package libgomp1 or libgomp)."
                : "There may be no build of it for this processor or system.";
        return new Check(name, "cannot be loaded: " + message, false, hint);
    }

    private static Check temporary() {
        Path folder = Path.of(System.getProperty("java.io.tmpdir"));
        String hint = "Make room, or choose another folder with HYPHA_JAVA_OPTS=-Djava.io.tmpdir=FOLDER.";
        try {
            long free = Files.getFileStore(folder).getUsableSpace();
            String value = folder + ", " + MemorySize.format(free) + " free";
            return new Check("temporary-files", value, free >= LEAST_TEMPORARY_BYTES, hint);
        } catch (IOException e) {
            return new Check("temporary-files", folder + " cannot be used: " + e.getMessage(), false, hint);
        }
    }
}
