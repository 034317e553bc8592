package dev.hypha.relational.query;

import dev.hypha.graph.InputException;
import java.util.Map;

/// The text of a query, which can point at a place in itself.
public record QueryText(String text) {
    /// The error at an offset. Its message names line and column (both from 1), as `where` does, which has
    /// the line with a caret below the place, too, as `excerpt`.
    ///
    /// @param kind short stable word for machines
    /// @param at offset of the character meant, at most the length of the text
    /// @param what what is wrong, as the rest of a sentence
    /// @param hint the remedy, one sentence; may be empty
    public InputException error(String kind, int at, String what, String hint) {
        int start = lineStart(at);
        int line = 1
                + (int) text.substring(0, start).chars().filter(c -> c == '\n').count();
        int column = at - start + 1;
        String message = "query, line " + line + ", column " + column + ": " + what.replaceAll("\\R", " ");
        return new InputException(
                kind, message, Map.of("line", line, "column", column, "excerpt", excerpt(start, at)), hint);
    }

    private int lineStart(int at) {
        return text.lastIndexOf('\n', at - 1) + 1;
    }

    /// The line with a caret under the place; of a very long line only the surroundings.
    private String excerpt(int start, int at) {
        int end = text.indexOf('\n', at);
        int from = Math.max(start, at - 60);
        int to = Math.min(end < 0 ? text.length() : end, at + 60);
        String line = text.substring(from, to).replace('\t', ' ').replace("\r", "");
        return "  " + line + "\n  " + " ".repeat(at - from) + "^";
    }
}
