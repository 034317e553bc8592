package dev.hypha.relational.query;

import dev.hypha.relational.schema.Column;
import java.util.Optional;

/// An expression as SQL, with its type.
///
/// @param sql binds like a single word (in parentheses where needed)
/// @param column the column of which this is a value as it stands, unchanged; decides between number and class
record Typed(String sql, ValueType type, Optional<Column> column) {
    Typed(String sql, ValueType type) {
        this(sql, type, Optional.empty());
    }
}
