package dev.hypha.app.launcher;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A checkout that holds the launcher alone, on a machine of its own: JDKs and Maven are scripts that say how they were
/// called, and PATH has nothing else but the tools that the launcher needs.
final class Checkout {
    private static final List<String> TOOLS = List.of(
            "sh",
            "sed",
            "find",
            "head",
            "mkdir",
            "rm",
            "mv",
            "cat",
            "sleep",
            "dirname",
            "readlink",
            "grep",
            "basename");

    final Path home;
    final Path root;
    private final Path bin;
    private final Path calls;
    private final Map<String, String> environment = new HashMap<>();

    /// @param folder an empty one; the checkout's own path has a space in it
    Checkout(Path folder) throws IOException {
        home = Files.createDirectories(folder.resolve("a checkout"));
        root = Files.createDirectories(folder.resolve("root"));
        bin = Files.createDirectories(folder.resolve("bin"));
        calls = folder.resolve("maven-calls");
        Path repository = Path.of("..").toRealPath();
        copy(repository, "hypha");
        copy(repository, "app/src/main/sh/build.sh");
        Files.writeString(home.resolve("pom.xml"), "<project/>");
        for (String tool : TOOLS) {
            Path there = Path.of("/bin", tool);
            script(bin.resolve(tool), "exec " + (Files.exists(there) ? there : Path.of("/usr/bin", tool)) + " \"$@\"");
        }
        environment.put("PATH", bin.toString());
        environment.put("HOME", Files.createDirectories(folder.resolve("user")).toString());
        environment.put("HYPHA_ROOT", root.toString());
    }

    private void copy(Path repository, String file) throws IOException {
        Files.createDirectories(home.resolve(file).getParent());
        Files.copy(repository.resolve(file), home.resolve(file));
        Files.setPosixFilePermissions(home.resolve(file), PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    Checkout with(String variable, Path value) {
        environment.put(variable, value.toString());
        return this;
    }

    Checkout with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    Path user() {
        return Path.of(environment.get("HOME"));
    }

    /// A JDK of a version; its java prints the arguments, each in brackets.
    static Path jdk(Path folder, String version) throws IOException {
        script(folder.resolve("bin/java"), "for a in \"$@\"; do printf '[%s]' \"$a\"; done; echo; echo " + version);
        script(folder.resolve("bin/javac"), "exit 1");
        Files.writeString(folder.resolve("release"), "IMPLEMENTOR=\"X\"\nJAVA_VERSION=\"" + version + "\"\n");
        return folder;
    }

    /// Maven that counts its calls.
    ///
    /// @param work what it does else, in shell
    Checkout maven(String work) throws IOException {
        script(bin.resolve("mvn"), "echo \"$JAVA_HOME $*\" >>'" + calls + "'\n" + work);
        return this;
    }

    /// How often Maven was called.
    List<String> builds() throws IOException {
        return Files.exists(calls) ? Files.readAllLines(calls) : List.of();
    }

    static void script(Path file, String body) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/sh\n" + body + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /// @param out what was printed on standard output
    record Ran(int exit, String out, String err) {}

    Ran run(String... arguments) throws IOException, InterruptedException {
        return finish(start(home.resolve("hypha"), home, arguments));
    }

    Process start(Path launcher, Path from, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(launcher.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(from.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        return builder.start();
    }

    static Ran finish(Process process) throws IOException, InterruptedException {
        process.getOutputStream().close();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("the launcher does not end: " + err);
        }
        return new Ran(process.exitValue(), out, err);
    }
}
