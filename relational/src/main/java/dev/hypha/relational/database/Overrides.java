package dev.hypha.relational.database;

import dev.hypha.relational.schema.ColumnType;
import java.util.Map;
import java.util.Optional;

/// What the user gave in a schema file, which goes before all that is declared or inferred.
interface Overrides {
    /// Something the file decides.
    ///
    /// @param value absent where it says `none`
    record Choice(Optional<String> value) {}

    /// Nothing is given.
    Overrides NONE = new Overrides() {};

    /// @throws dev.hypha.graph.InputException where it names a table or column that is not there
    default void check(Map<String, TableProfile> profiles) {}

    default boolean leavesOut(String table) {
        return false;
    }

    /// @return the given primary key, absent where the file does not say
    default Optional<Choice> key(String table) {
        return Optional.empty();
    }

    /// @return where a column leads, absent where the file does not say
    default Optional<Choice> reference(String table, String column) {
        return Optional.empty();
    }

    default Source.Reference resolve(String table, String column, String target, Map<String, String> keys) {
        throw new IllegalStateException("nothing is given");
    }

    /// @return the given time rule, absent where the file does not say
    default Optional<Choice> time(String table) {
        return Optional.empty();
    }

    default boolean drops(String table, String column) {
        return false;
    }

    default Optional<ColumnType> type(String table, String column) {
        return Optional.empty();
    }
}
