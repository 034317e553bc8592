package dev.hypha.relational.windows;

import java.util.List;
import java.util.Optional;

/// Rows in time about something: each row belongs to a group (a row of some table), has an instant, and values.
///
/// @param name prefix of its features, such as `results`, `constructors.results` or `every.results`
/// @param role whose rows these are
/// @param subject which seeds' groups it describes: 0 the entity, 1.. its last parents in order, see [Plan]
/// @param sql a query giving `g` (the group's `_row`), `instant` (micros), `n` (1.. within the group by time), `v0`,
/// `v1`, ..
/// @param values what `v0`, `v1`, .. are
record Stream(String name, Role role, int subject, String sql, List<Value> values) {
    Stream {
        values = List.copyOf(values);
    }

    /// Whose rows a stream holds, seen from a seed.
    enum Role {
        /// Facts about the entity itself.
        OWN,
        /// Facts about the last parent that the entity's facts refer to.
        PARENT,
        /// All facts, whosever.
        EVERY
    }

    /// The most recent row of another table that an own stream refers to.
    ///
    /// @param stream index of the own stream
    /// @param value index of the stream's value that holds the parent's `_row`
    /// @param table the parent's table
    record Parent(int stream, int value, String table) {}

    Optional<Value> value(String wanted) {
        return values.stream().filter(v -> v.name().equals(wanted)).findFirst();
    }
}
