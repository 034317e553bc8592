package dev.hypha.graph.reading;

/// What becomes of one field of each row: first looked at, then, if all fields of the row are good, kept. So a
/// wrong line leaves nothing behind.
public interface Field {
    /// Looks at a field without remembering anything.
    ///
    /// @return what [#keep] gets: the value, where it is a number
    /// @throws BadValue where it is not what it should be
    long look(byte[] bytes, int from, int to) throws BadValue;

    /// Remembers a good field.
    ///
    /// @param looked what [#look] gave for it
    /// @return the value that stands for it in the row
    long keep(long looked, byte[] bytes, int from, int to);

    /// What to do about a bad field other than correcting or leaving out its line, in the imperative; empty where there
    /// is nothing.
    ///
    /// @param column that the field stands in
    default String remedy(byte[] bytes, int from, int to, String column) {
        return "";
    }
}
