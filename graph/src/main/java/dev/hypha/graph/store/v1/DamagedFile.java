package dev.hypha.graph.store.v1;

import dev.hypha.graph.InputException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;

/// A file of a store that is not what was written: what was expected and what was found.
public final class DamagedFile extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String file;
    private final String problem;
    private final String expected;
    private final String found;

    /// @param problem a verb and what follows it, such as `is missing`
    /// @param expected empty where there is nothing to compare
    DamagedFile(Path file, String problem, String expected, String found) {
        super(file + " " + problem + (expected.isEmpty() ? "" : ": " + expected + " expected, " + found + " found"));
        this.file = file.toString();
        this.problem = problem;
        this.expected = expected;
        this.found = found;
    }

    /// Two checksums that differ.
    static DamagedFile sum(Path file, String part, int expected, int found) {
        HexFormat hex = HexFormat.of();
        String problem = "does not match its checksum in the " + part;
        return new DamagedFile(file, problem, hex.toHexDigits(expected), hex.toHexDigits(found));
    }

    /// Metadata whose checksum agrees and which still cannot be true.
    public static DamagedFile contradiction(Path file, String what) {
        return new DamagedFile(file, "contradicts itself: " + what, "", "");
    }

    public String file() {
        return file;
    }

    public String problem() {
        return problem;
    }

    /// What was written, or what the metadata says; may be empty.
    public String expected() {
        return expected;
    }

    public String found() {
        return found;
    }

    /// The same for the person who wanted to open the store.
    public InputException asInput() {
        Map<String, Object> where =
                expected.isEmpty() ? Map.of("file", file) : Map.of("file", file, "expected", expected, "found", found);
        return new InputException(
                "corrupt-store",
                "the store is damaged: " + getMessage(),
                where,
                "Make it again from its source; hypha check lists all that is damaged.");
    }
}
