package dev.hypha.learn;

/// Where a long job says how far it is. The command line shows bars or lines; a library user may pass `SILENT`.
public interface Progress {
    /// Says nothing.
    Progress SILENT = new Progress() {};

    /// A stage of known length begins; the stage before it is over.
    ///
    /// @param name what is being done, in a few words
    /// @param total steps of the stage, or -1 when unknown
    default void stage(String name, long total) {}

    /// Steps of the present stage that are done by now, with a few words on the state (may be empty).
    default void at(long done, String state) {}

    /// The present stage is over, and no other begins yet: what is said now comes after it.
    default void done() {}

    /// A fact worth one line: a choice made, a size, an estimate.
    default void note(String line) {}

    /// A warning worth one line.
    default void warn(String line) {}
}
