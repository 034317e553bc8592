package dev.hypha.graph.importing;

/// Who is told how an import goes on.
public interface ImportListener {
    /// Tells nobody.
    ImportListener SILENT = new ImportListener() {};

    /// A part of the work begins; the one before it is over.
    ///
    /// @param total steps, or -1 where that is not known
    default void stage(String name, long total) {}

    /// Steps of the present part that are done.
    default void at(long done) {}

    /// A fact worth a line.
    default void note(String line) {}

    /// Something odd worth a line.
    default void warn(String line) {}
}
