package dev.hypha.app;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.TimeUnit;

/// Which Hypha this is: version, the commit it was made from, and whether files differ from that commit.
///
/// The commit of an unpacked source archive stands in `revision.properties`, filled in by `git archive`. In a
/// checkout, which the launcher keeps built, git is asked. Elsewhere the revision is `unknown`.
///
/// @param version such as `0.1.0`; `development` where the build did not say
/// @param revision the commit's full name, or `unknown`
/// @param dirty true where tracked files differ from the commit, recorded results of `hypha reproduce` aside
public record Version(String version, String revision, boolean dirty) {
    private static final String UNKNOWN = "unknown";

    /// What is written by this program about itself, and read by nobody's work.
    private static final String RESULTS = "learn/src/main/resources/dev/hypha/learn/papers/results";

    /// The one that is running.
    public static Version current() {
        String version = property("version.properties", "version").orElse("development");
        return property("revision.properties", "revision")
                .map(revision -> new Version(version, revision, false))
                .or(() -> home().flatMap(home -> ofCheckout(version, home)))
                .orElse(new Version(version, UNKNOWN, false));
    }

    /// The version of a checkout; empty where `home` is not the top of one or there is no git.
    static Optional<Version> ofCheckout(String version, Path home) {
        Optional<List<String>> answer = git(home, "rev-parse", "--show-toplevel", "HEAD");
        if (answer.isEmpty()
                || answer.get().size() != 2
                || !isSame(home, Path.of(answer.get().getFirst()))) {
            return Optional.empty();
        }
        boolean dirty = git(
                        home, "status", "--porcelain", "--untracked-files=no", "--", ".", ":!PAPERS.md", ":!" + RESULTS)
                .map(lines -> !lines.isEmpty())
                .orElse(false);
        return Optional.of(new Version(version, answer.get().getLast(), dirty));
    }

    /// One line for people, such as `hypha 0.1.0 (84ceb0f1d2c3, dirty)`.
    @Override
    public String toString() {
        String commit = revision.length() > 12 ? revision.substring(0, 12) : revision;
        return "hypha " + version + " (" + (revision.equals(UNKNOWN) ? "revision unknown" : commit)
                + (dirty ? ", dirty)" : ")");
    }

    private static Optional<Path> home() {
        return Optional.ofNullable(System.getProperty("hypha.home")).map(Path::of);
    }

    /// A property of a file beside this class; empty where the file is missing or was not filled in.
    private static Optional<String> property(String file, String key) {
        try (InputStream in = Version.class.getResourceAsStream(file)) {
            if (in == null) {
                return Optional.empty();
            }
            Properties properties = new Properties();
            properties.load(in);
            return Optional.ofNullable(properties.getProperty(key)).filter(value -> !value.startsWith("$"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isSame(Path a, Path b) {
        try {
            return Files.isSameFile(a, b);
        } catch (IOException e) {
            return false;
        }
    }

    /// The lines that git printed; empty where it failed, took over five seconds or is not there.
    private static Optional<List<String>> git(Path home, String... arguments) {
        ProcessBuilder builder = new ProcessBuilder("git", "-C", home.toString());
        builder.command().addAll(List.of(arguments));
        try {
            Process git = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
            git.getOutputStream().close();
            List<String> lines = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            boolean ended = git.waitFor(5, TimeUnit.SECONDS);
            return ended && git.exitValue() == 0 ? Optional.of(lines) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
