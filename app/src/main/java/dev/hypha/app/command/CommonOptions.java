package dev.hypha.app.command;

import dev.hypha.graph.InputException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/// The options that every verb takes. Scripts rely on them, so a verb may add options, never change these. One that a
/// verb has no use for ([Verb#unused]) is not in its help, and refused where it asks for something.
final class CommonOptions {
    /// After the verb's own.
    private static final int LAST = 100;
    /// More than any machine has processors, few enough that each can have its own stack and buffers.
    private static final int MOST_THREADS = 1024;

    @Option(order = LAST, names = "--json", description = "Print exactly one JSON object on standard output.")
    boolean json;

    @Option(
            order = LAST,
            names = "--seed",
            paramLabel = "N",
            description = "First random seed (default: ${DEFAULT-VALUE}).")
    long seed;

    @Option(
            order = LAST,
            names = "--seeds",
            paramLabel = "N",
            defaultValue = "1",
            description = "Run N seeds, from --seed on, and report mean and standard deviation (default: 1).")
    int seeds;

    @Option(
            order = LAST,
            names = "--threads",
            paramLabel = "N",
            description = "Worker threads (default: all processors).")
    int threads = Runtime.getRuntime().availableProcessors();

    @Option(
            order = LAST,
            names = "--memory",
            paramLabel = "SIZE",
            converter = MemorySize.class,
            description =
                    "Bound for memory outside the Java heap, such as 4g or 800m (default: half of the machine's).")
    long memoryBytes = machineBytes() / 2;

    @Option(order = LAST, names = "--out", paramLabel = "PATH", description = "Where the result is written.")
    Path out;

    @Option(order = LAST, names = "--quiet", description = "Nothing on standard error but errors.")
    boolean quiet;

    @Option(order = LAST, names = "--estimate", description = "Print what the work would need, and stop.")
    boolean estimate;

    @Option(order = LAST, names = "--resume", description = "Go on from the last checkpoint of the same command.")
    boolean resume;

    @Option(order = LAST, names = "--debug", description = "Show the stack trace of an unexpected failure.")
    boolean debug;

    @Option(
            order = LAST,
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    boolean help;

    Optional<Path> out() {
        return Optional.ofNullable(out);
    }

    /// Whether an option was given that asks for something else than leaving it out.
    ///
    /// @param name of an option that not every verb uses
    boolean asksFor(String name) {
        return switch (name) {
            case "--seed" -> seed != 0;
            case "--seeds" -> seeds != 1;
            case "--out" -> out != null;
            case "--estimate" -> estimate;
            case "--resume" -> resume;
            default -> throw new IllegalArgumentException("every verb uses " + name);
        };
    }

    /// @throws InputException for a count outside of its range
    void check() {
        require(seeds >= 1, "--seeds", seeds, "Give a number of at least 1.");
        require(threads >= 1 && threads <= MOST_THREADS, "--threads", threads, "Give a number from 1 to 1024.");
    }

    private static void require(boolean holds, String option, int value, String hint) {
        if (!holds) {
            throw new InputException("bad-option", option + " is " + value, Map.of("option", option), hint);
        }
    }

    /// The machine's memory in bytes, or the container's where that is less.
    static long machineBytes() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getTotalMemorySize();
    }
}
