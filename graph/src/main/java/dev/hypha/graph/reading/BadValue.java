package dev.hypha.graph.reading;

import java.nio.charset.StandardCharsets;

/// A field or a line that is not what it should be; caught where the line is known. Without a stack trace,
/// since a file may hold many.
public final class BadValue extends Exception {
    private static final long serialVersionUID = 1L;
    private static final int LONGEST_EXCERPT = 40;

    /// @param message what is wrong, with the value
    public BadValue(String message) {
        super(message, null, false, false);
    }

    /// @param problem what follows the quoted value, such as `is no 64-bit integer`
    public static BadValue of(byte[] bytes, int from, int to, String problem) {
        return new BadValue(quoted(bytes, from, to) + " " + problem);
    }

    /// A piece of a file fit for a message: short, without control characters.
    static String quoted(byte[] bytes, int from, int to) {
        boolean cut = to - from > LONGEST_EXCERPT;
        String text = new String(bytes, from, cut ? LONGEST_EXCERPT : to - from, StandardCharsets.UTF_8);
        return "'" + text.replaceAll("\\p{Cntrl}|\uFFFD", "?") + (cut ? "..." : "") + "'";
    }
}
