package dev.hypha.app.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hypha.app.terminal.Columns;
import dev.hypha.relational.schema.Column;
import dev.hypha.relational.schema.ForeignKey;
import dev.hypha.relational.schema.Schema;
import dev.hypha.relational.schema.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// A schema for people and for machines.
///
/// @param location of the database, without a password
/// @param warnings a sentence each
record SchemaText(String location, Schema schema, List<String> warnings) {
    /// Fields `location`, `tables` and `warnings`.
    ObjectNode json() {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        object.put("location", location);
        ArrayNode tables = object.putArray("tables");
        for (Table table : schema.tables()) {
            tables.add(json(table));
        }
        ArrayNode said = object.putArray("warnings");
        warnings.forEach(said::add);
        return object;
    }

    private static ObjectNode json(Table table) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        object.put("name", table.name()).put("rows", table.rows());
        object.put("key", table.primaryKey().orElse(null));
        object.put("time", table.time().map(Object::toString).orElse(null));
        ArrayNode columns = object.putArray("columns");
        for (Column column : table.columns()) {
            columns.addObject()
                    .put("name", column.name())
                    .put("type", word(column))
                    .put("sqlType", column.sqlType())
                    .put("dropped", column.dropped());
        }
        ArrayNode keys = object.putArray("foreignKeys");
        for (ForeignKey key : table.foreignKeys()) {
            keys.addObject()
                    .put("column", key.column())
                    .put("table", key.table())
                    .put("key", key.key())
                    .put("dangling", key.dangling());
        }
        return object;
    }

    /// A block per table, then the warnings.
    String text() {
        List<String> blocks = new ArrayList<>();
        for (Table table : schema.tables()) {
            blocks.add(heading(table) + System.lineSeparator() + columns(table));
        }
        if (!warnings.isEmpty()) {
            blocks.add(
                    "warnings" + System.lineSeparator() + "  " + String.join(System.lineSeparator() + "  ", warnings));
        }
        return String.join(System.lineSeparator().repeat(2), blocks);
    }

    private static String heading(Table table) {
        String time = table.time().map(rule -> "time: " + rule).orElse("no time: its rows are always visible");
        return String.format(Locale.ROOT, "%s  (%,d rows; %s)", table.name(), table.rows(), time);
    }

    private static String columns(Table table) {
        Columns lines = new Columns();
        for (Column column : table.columns()) {
            lines.row("", column.name(), word(column), column.sqlType(), role(table, column));
        }
        return lines.text();
    }

    private static String role(Table table, Column column) {
        String dropped = column.dropped() ? "left out" : "";
        if (table.primaryKey().filter(column.name()::equals).isPresent()) {
            return "key";
        }
        return table.foreignKey(column.name())
                .map(key -> "-> " + key.table() + "." + key.key()
                        + (key.dangling() > 0 ? "  (" + key.dangling() + " dangling)" : ""))
                .orElse(dropped);
    }

    private static String word(Column column) {
        return column.type().name().toLowerCase(Locale.ROOT);
    }
}
