package dev.hypha.tensor.kernels;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/// Shared objects taken out of their jar, once per machine, into a folder of the user's cache: `$HYPHA_CACHE`, or
/// `$XDG_CACHE_HOME/hypha`, or `~/.cache/hypha`.
final class NativeFiles {
    static final String OPENBLAS = "libopenblas.so.0";
    static final List<String> OPENBLAS_NEEDS = List.of("libgcc_s.so.1", "libquadmath.so.0", "libgfortran.so.5");

    private static final String RESOURCES = "org/bytedeco/openblas/linux-x86_64/";

    private NativeFiles() {}

    /// The folder with OpenBLAS and what it needs.
    static Path openBlas() throws IOException, OpenBlas.UnavailableException {
        String platform = System.getProperty("os.name").toLowerCase(Locale.ROOT) + "-" + System.getProperty("os.arch");
        if (!platform.equals("linux-amd64")) {
            throw new OpenBlas.UnavailableException("there is no OpenBLAS for " + platform + " here");
        }
        URL library = resource(OPENBLAS);
        if (library == null) throw new OpenBlas.UnavailableException("OpenBLAS is not on the class path");
        // Its size stands for its version: another build goes to another folder.
        Path folder = cache().resolve("openblas-" + library.openConnection().getContentLengthLong());
        Files.createDirectories(folder);
        for (String name : OPENBLAS_NEEDS) if (resource(name) != null) extract(resource(name), folder.resolve(name));
        extract(library, folder.resolve(OPENBLAS));
        return folder;
    }

    private static URL resource(String name) {
        return NativeFiles.class.getClassLoader().getResource(RESOURCES + name);
    }

    private static Path cache() {
        String own = System.getenv("HYPHA_CACHE");
        if (own != null && !own.isBlank()) return Path.of(own);
        String shared = System.getenv("XDG_CACHE_HOME");
        if (shared != null && !shared.isBlank()) return Path.of(shared, "hypha");
        return Path.of(System.getProperty("user.home"), ".cache", "hypha");
    }

    /// Writes beside and renames, so that another process never opens half a library.
    private static void extract(URL source, Path target) throws IOException {
        var connection = source.openConnection();
        if (Files.exists(target) && Files.size(target) == connection.getContentLengthLong()) return;
        Path beside = target.resolveSibling(target.getFileName() + "." + UUID.randomUUID() + ".part");
        try {
            try (InputStream in = connection.getInputStream()) {
                Files.copy(in, beside);
            }
            try {
                Files.move(beside, target, ATOMIC_MOVE, REPLACE_EXISTING);
            } catch (AtomicMoveNotSupportedException e) {
                Files.move(beside, target, REPLACE_EXISTING);
            }
        } finally {
            Files.deleteIfExists(beside);
        }
    }
}
