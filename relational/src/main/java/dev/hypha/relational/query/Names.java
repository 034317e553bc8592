package dev.hypha.relational.query;

import dev.hypha.graph.Nearest;
import dev.hypha.relational.schema.Column;
import dev.hypha.relational.schema.ForeignKey;
import dev.hypha.relational.schema.Schema;
import dev.hypha.relational.schema.Table;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Finds tables, columns and foreign keys by the names in a query: as written, or else without regard to upper and
/// lower case.
final class Names {
    private final QueryText query;
    private final Schema schema;

    Names(QueryText query, Schema schema) {
        this.query = query;
        this.schema = schema;
    }

    QueryText query() {
        return query;
    }

    Optional<Table> find(String table) {
        return pick(schema.tables(), Table::name, table);
    }

    Table table(String name, int at) {
        return find(name)
                .orElseThrow(() -> query.error(
                        "unknown-table",
                        at,
                        "there is no table '" + name + "'",
                        Nearest.hint(
                                name, schema.tables().stream().map(Table::name).toList())));
    }

    static Optional<Column> find(Table table, String column) {
        return pick(table.columns(), Column::name, column);
    }

    Column column(Table table, String name, int at) {
        return find(table, name)
                .orElseThrow(() -> query.error(
                        "unknown-column",
                        at,
                        "table '" + table.name() + "' has no column '" + name + "'",
                        Nearest.hint(
                                name, table.columns().stream().map(Column::name).toList())));
    }

    static Optional<ForeignKey> findKey(Table table, String column) {
        return pick(table.foreignKeys(), ForeignKey::column, column);
    }

    /// The step along a foreign key column.
    Step step(Table table, String column, int at) {
        Column found = column(table, column, at);
        ForeignKey key = findKey(table, found.name())
                .orElseThrow(() -> query.error(
                        "no-foreign-key",
                        at,
                        "the column '" + found.name() + "' of '" + table.name() + "' is no foreign key",
                        "only a foreign key can be followed; declare it in the schema file if it is one"));
        return step(table, key);
    }

    Step step(Table table, ForeignKey key) {
        Table to = find(key.table())
                .orElseThrow(() -> new IllegalStateException("foreign key to a table outside the schema: " + key));
        return new Step(table, key, to);
    }

    private static <T> Optional<T> pick(List<T> all, Function<T, String> name, String wanted) {
        for (T one : all) {
            if (name.apply(one).equals(wanted)) return Optional.of(one);
        }
        List<T> alike = all.stream()
                .filter(one -> name.apply(one).equalsIgnoreCase(wanted))
                .toList();
        return alike.size() == 1 ? Optional.of(alike.getFirst()) : Optional.empty();
    }
}
