package dev.hypha.relational.query;

import dev.hypha.relational.database.Sql;
import dev.hypha.relational.schema.Column;
import dev.hypha.relational.schema.ForeignKey;
import dev.hypha.relational.schema.Table;
import java.util.Optional;

/// From a row to the row that one of its foreign keys refers to.
record Step(Table from, ForeignKey key, Table to) {
    /// The condition of the join.
    String equal(String child, String parent) {
        String refers = child + "." + Sql.name(key.column());
        String referred = parent + "." + Sql.name(key.key());
        if (type(from, key.column()).equals(type(to, key.key()))) return referred + " = " + refers;
        return "CAST(" + referred + " AS VARCHAR) = CAST(" + refers + " AS VARCHAR)";
    }

    /// Values of another kind are compared as text, since a text that is no number would stop the database.
    private static Optional<ValueType> type(Table table, String column) {
        return Names.find(table, column).map(Column::sqlType).map(ValueType::of);
    }
}
