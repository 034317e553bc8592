package dev.hypha.relational.windows;

/// A column of a stream.
///
/// @param name in feature names, such as `points` or `races.round`
/// @param sql expression over the stream's joined tables
/// @param kind how it may be aggregated
record Value(String name, String sql, Kind kind) {
    /// How a value may be aggregated.
    enum Kind {
        NUMBER,
        /// A number that the target speaks of: aggregated in every way, also for parents and for everyone.
        SIGNAL,
        /// A category, as text in the stream; only its last value is used.
        CODE,
        /// The `_row` of a row of another table; only the last one is used, to walk on from there.
        ROW
    }

    boolean isNumber() {
        return kind == Kind.NUMBER || kind == Kind.SIGNAL;
    }
}
