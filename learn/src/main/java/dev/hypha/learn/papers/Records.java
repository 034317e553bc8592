package dev.hypha.learn.papers;

import dev.hypha.graph.InputException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;

/// Where recorded results lie: in the program itself, or in the sources of a checkout, where they can be written.
public sealed interface Records {
    /// What was last measured of a setting; empty where nothing was.
    Optional<Recorded> of(String setting);

    /// Those that came with the program.
    static Records own() {
        return new Own();
    }

    /// Those of a checkout.
    ///
    /// @param checkout its top folder
    /// @throws InputException where it is no checkout of Hypha
    static Sources in(Path checkout) {
        Path papers = checkout.resolve("learn/src/main/resources/dev/hypha/learn/papers");
        if (Files.isDirectory(papers)) return new Sources(checkout, papers.resolve("results"));
        throw new InputException(
                "no-checkout",
                "there are no sources of Hypha in " + checkout + " to write results into",
                Map.of("folder", checkout.toString()),
                "Start ./hypha of a checkout.");
    }

    /// In the program.
    record Own() implements Records {
        @Override
        public Optional<Recorded> of(String setting) {
            try (InputStream in = Records.class.getResourceAsStream("results/" + setting + ".json")) {
                if (in == null) return Optional.empty();
                return Optional.of(Recorded.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8)));
            } catch (IOException e) {
                throw new UncheckedIOException("cannot read the results of " + setting, e);
            }
        }
    }

    /// In a checkout.
    ///
    /// @param checkout its top folder, where `PAPERS.md` stands
    /// @param folder of the results
    record Sources(Path checkout, Path folder) implements Records {
        @Override
        public Optional<Recorded> of(String setting) {
            Path file = folder.resolve(setting + ".json");
            try {
                return Files.exists(file) ? Optional.of(Recorded.parse(Files.readString(file))) : Optional.empty();
            } catch (IOException e) {
                throw new UncheckedIOException("cannot read " + file, e);
            }
        }

        /// Writes what was measured of a setting, keeping what was recorded of its other trials, and `PAPERS.md` after
        /// it.
        ///
        /// @return the file of results
        public Path write(Setting setting, Map<String, Recorded.Entry> measured) {
            Recorded former = of(setting.name()).orElse(new Recorded(Map.of()));
            Path file = folder.resolve(setting.name() + ".json");
            replace(file, former.with(setting, measured).text(setting));
            replace(checkout.resolve("PAPERS.md"), PapersPage.text(Papers.coverage(this)));
            return file;
        }

        private static void replace(Path file, String text) {
            Path beside = file.resolveSibling(file.getFileName() + ".partial");
            try {
                Files.createDirectories(file.getParent());
                Files.writeString(beside, text);
                Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
            } catch (IOException e) {
                throw new UncheckedIOException("cannot write " + file, e);
            }
        }
    }
}
