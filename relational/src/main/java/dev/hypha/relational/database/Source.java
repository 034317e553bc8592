package dev.hypha.relational.database;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Where tables come from, opened at one consistent state until closed. Reads only.
interface Source extends AutoCloseable {
    /// @return in few words, for people: `DuckDB`, `a folder of files`
    String kind();

    /// @return the user's tables in a stable order, without system tables and views
    List<String> tables();

    /// Copies a table into schema `raw` of the staging database, rows in the source's order, every column of one of the
    /// types that `Column` names (text of files stays text), without columns that cannot be read (warned).
    Declared copy(String table);

    /// Where a row stands, for people to find it.
    ///
    /// @param row counted from 0, in the order in which `copy` yields them
    default RowPlace place(String table, long row) {
        return new RowPlace("row " + (row + 1) + " of " + table, Map.of("table", table, "row", row + 1));
    }

    @Override
    void close();

    /// @param text within a sentence, such as `orders.csv, line 17`
    /// @param fields the same by name
    record RowPlace(String text, Map<String, Object> fields) {
        public RowPlace {
            fields = Map.copyOf(fields);
        }
    }

    /// What the source's catalog says of a table.
    ///
    /// @param primaryKey its columns; empty where none is declared
    /// @param text columns that arrive as text because the source has no types, whatever they hold
    record Declared(List<String> primaryKey, List<Reference> references, Set<String> text) {
        public Declared {
            primaryKey = List.copyOf(primaryKey);
            references = List.copyOf(references);
            text = Set.copyOf(text);
        }

        Optional<Reference> reference(String column) {
            return references.stream().filter(r -> r.column().equals(column)).findFirst();
        }
    }

    /// A declared foreign key of one column.
    record Reference(String column, String table, String key) {}
}
