package dev.hypha.app.command;

import dev.hypha.graph.InputException;
import java.util.Map;
import java.util.Optional;

/// What `--memory` means to verbs that make stores: what they hold lies in the Java heap, which bounds it as well.
final class ImportMemory {
    /// Of the option, for the help.
    static final String HELP =
            "Bound for what is held at once, in the Java heap, of which half may be used (default: that half).";

    /// The least that an import can do with, in bytes and as it is typed.
    static final long LEAST = 16 << 20;

    static final String LEAST_WORD = "16m";

    private ImportMemory() {}

    /// What may be held.
    ///
    /// @param asked by `--memory`
    /// @throws InputException where that is less than any import takes
    static long bound(long asked) {
        if (asked < LEAST) {
            throw new InputException(
                    "too-little-memory",
                    "--memory is " + MemorySize.format(asked) + ", and buffers of files take most of 16 MB",
                    Map.of("option", "--memory", "neededBytes", LEAST),
                    "Give " + LEAST_WORD + " or more; nodes with a table take 4 to 12 bytes each beside that.");
        }
        return Math.min(asked, halfOfHeap());
    }

    /// A line where less than asked for can be used.
    static Optional<String> lessThanAsked(long asked) {
        return asked <= halfOfHeap()
                ? Optional.empty()
                : Optional.of("of --memory " + MemorySize.format(asked) + ", " + MemorySize.format(halfOfHeap())
                        + " are used, half of the Java heap; HYPHA_JAVA_OPTS=-Xmx" + Math.ceilDiv(2 * asked, 1L << 20)
                        + "m makes it as large");
    }

    private static long halfOfHeap() {
        return Runtime.getRuntime().maxMemory() / 2;
    }
}
