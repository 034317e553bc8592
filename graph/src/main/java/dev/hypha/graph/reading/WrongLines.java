package dev.hypha.graph.reading;

import dev.hypha.graph.InputException;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The wrong lines met so far, and how many of them may be left out. The first few are reported one by one.
public final class WrongLines {
    private static final int REPORTED = 10;

    private static final String SKIPPABLE = "or leave out up to N wrong lines with --skip-bad N";

    private final long allowed;
    private final String skipping;
    private final Consumer<String> report;
    private long count;

    /// @param allowed how many may be left out before the work stops
    /// @param report told about the first few that are left out
    public WrongLines(long allowed, Consumer<String> report) {
        this(allowed, report, SKIPPABLE);
    }

    private WrongLines(long allowed, Consumer<String> report, String skipping) {
        this.allowed = allowed;
        this.skipping = skipping;
        this.report = report;
    }

    /// For work that no line may be left out of.
    public static WrongLines none() {
        return new WrongLines(0, _ -> {}, "");
    }

    /// Leaves a line out, or stops.
    ///
    /// @throws InputException where too many are wrong
    public void add(Path file, long line, String problem) {
        add(file, line, problem, "");
    }

    /// The same where something else than correcting the line may help as well.
    ///
    /// @param remedy as [Field#remedy]; may be empty
    void add(Path file, long line, String problem, String remedy) {
        count++;
        String message = file + ":" + line + ": " + problem;
        if (count > allowed) {
            String which = count == 1 ? "" : " (wrong line number " + count + ")";
            throw new InputException(
                    "wrong-line",
                    message + which,
                    Map.of("file", file.toString(), "line", line, "wrong", count),
                    hint(remedy));
        }
        if (count <= REPORTED) {
            report.accept("left out " + message);
        } else if (count == REPORTED + 1) {
            report.accept("more wrong lines are left out and counted");
        }
    }

    private String hint(String remedy) {
        return Stream.of("Correct it", remedy, skipping)
                        .filter(part -> !part.isEmpty())
                        .collect(Collectors.joining(", "))
                + ".";
    }

    /// How many were left out.
    public long count() {
        return count;
    }
}
