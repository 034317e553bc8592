package dev.hypha.relational.encode;

import dev.hypha.graph.InputException;
import dev.hypha.relational.schema.Column;
import dev.hypha.relational.schema.Schema;
import dev.hypha.relational.schema.Table;
import dev.hypha.relational.schema.TableColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Compares the database that is to be encoded with the one the encoders were fitted on.
final class SchemaMatch {
    private SchemaMatch() {}

    /// @return one line for each table or column that has come since and is ignored
    /// @throws InputException if an encoded table or column is gone, or its kind of values has changed
    static List<String> check(Encoding encoding, Schema schema) {
        List<String> notes = new ArrayList<>();
        for (EncodedTable table : encoding.tables()) {
            Table now = now(table, schema);
            table.columns().stream()
                    .filter(c -> c.derivation().isEmpty() && !c.leftOut())
                    .forEach(c -> current(table, c, now));
            for (Column column : now.columns()) {
                if (table.columns().stream().noneMatch(c -> c.name().equalsIgnoreCase(column.name()))) {
                    notes.add("column " + new TableColumn(now.name(), column.name())
                            + " is new since training and is ignored");
                }
            }
        }
        for (Table table : schema.tables()) {
            if (encoding.tables().stream().noneMatch(t -> t.name().equalsIgnoreCase(table.name()))) {
                notes.add("table " + table.name() + " is new since training and is ignored");
            }
        }
        return notes;
    }

    /// The table with the SQL types that its columns have now.
    static EncodedTable current(EncodedTable table, Schema schema) {
        Table now = now(table, schema);
        List<EncodedColumn> columns = new ArrayList<>();
        for (EncodedColumn c : table.columns()) {
            boolean own = c.derivation().isEmpty() && !c.leftOut();
            String sqlType = own ? current(table, c, now).sqlType() : c.sqlType();
            columns.add(new EncodedColumn(c.name(), c.derivation(), sqlType, c.type(), c.statistics(), c.encoder()));
        }
        return new EncodedTable(table.name(), columns);
    }

    private static Table now(EncodedTable table, Schema schema) {
        return schema.find(table.name())
                .orElseThrow(() -> new InputException(
                        "unknown-table",
                        "table " + table.name() + " was there in training and is not in this database",
                        Map.of("table", table.name()),
                        "Score a database with the tables the run was trained on, or train again."));
    }

    private static Column current(EncodedTable table, EncodedColumn column, Table now) {
        Map<String, Object> where = Map.of("table", table.name(), "column", column.name());
        Column found = now.find(column.name())
                .orElseThrow(() -> new InputException(
                        "unknown-column",
                        "column " + new TableColumn(table.name(), column.name())
                                + " was there in training and is not in this database",
                        where,
                        "Bring the column back, or train again without it."));
        if (!SqlTypes.Family.of(column.sqlType()).reads(SqlTypes.Family.of(found.sqlType()))) {
            throw new InputException(
                    "changed-column",
                    "column " + new TableColumn(table.name(), column.name()) + " was " + column.sqlType()
                            + " in training and is " + found.sqlType() + " now",
                    where,
                    "Give the column its former type again, or train again.");
        }
        return found;
    }
}
