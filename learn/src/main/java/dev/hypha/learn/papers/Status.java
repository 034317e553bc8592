package dev.hypha.learn.papers;

import java.util.Locale;

/// How far a paper is covered.
public enum Status {
    /// Implemented, and all of its check is passed: by tests, or by the last recorded result.
    WORKS,
    /// Implemented, but its check is not passed, or only in part.
    SHORT,
    /// Not implemented.
    ABSENT;

    /// As on the command line.
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
