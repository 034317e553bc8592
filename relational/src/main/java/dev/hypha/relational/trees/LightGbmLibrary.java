package dev.hypha.relational.trees;

import io.github.metarank.lightgbm4j.LGBMBooster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// LightGBM's native library, loaded from files of this process alone.
///
/// The binding unpacks it to one fixed name in the temporary folder, over whatever is there: a second process would
/// write over the code that the first one runs, which ends in a crash. So the binding is shown a folder of our own
/// while it loads, by the property that it reads. Whoever uses LightGBM calls `load` first.
public final class LightGbmLibrary {
    private static final String TEMPORARY = "java.io.tmpdir";
    private static boolean loaded;

    private LightGbmLibrary() {}

    /// Loads the library unless this process has it already.
    ///
    /// @throws UnsatisfiedLinkError where this machine has no build of it or lacks the OpenMP runtime
    public static synchronized void load() {
        if (loaded) {
            return;
        }
        String usual = System.getProperty(TEMPORARY);
        try {
            Path own = Files.createTempDirectory("hypha-lightgbm-");
            try {
                System.setProperty(TEMPORARY, own.toString());
                LGBMBooster.loadNative();
                loaded = LGBMBooster.isNativeLoaded();
            } finally {
                System.setProperty(TEMPORARY, usual);
                delete(own);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot unpack LightGBM into " + usual, e);
        }
        if (!loaded) {
            throw new UnsatisfiedLinkError("LightGBM has no build for " + System.getProperty("os.name") + " on "
                    + System.getProperty("os.arch"));
        }
    }

    /// A loaded library does without its file.
    private static void delete(Path folder) throws IOException {
        List<Path> files;
        try (var entries = Files.list(folder)) {
            files = entries.toList();
        }
        for (Path file : files) {
            Files.delete(file);
        }
        Files.delete(folder);
    }
}
