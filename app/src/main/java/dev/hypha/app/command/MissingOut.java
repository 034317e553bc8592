package dev.hypha.app.command;

import dev.hypha.graph.InputException;
import java.util.Map;

/// The mistake of a verb that makes a file or folder and was not told where.
final class MissingOut {
    private MissingOut() {}

    /// @param what is made, in a word
    static InputException of(String what) {
        return new InputException(
                "missing-option", "no place for the " + what, Map.of("option", "--out"), "Give one with --out PATH.");
    }
}
