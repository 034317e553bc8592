package dev.hypha.relational.windows;

import dev.hypha.relational.database.Sql;
import dev.hypha.relational.encode.SqlTypes;
import dev.hypha.relational.schema.Column;
import dev.hypha.relational.schema.ColumnType;
import dev.hypha.relational.schema.ForeignKey;
import dev.hypha.relational.schema.Schema;
import dev.hypha.relational.schema.Table;
import java.util.ArrayList;
import java.util.List;

/// Writes the query behind a stream: a fact table, the path from it to the group's table, and its parents' columns.
final class StreamSql {
    /// The instant of a row without time: before everything.
    private static final String ALWAYS = "(-4000000000000000000)::BIGINT";

    private final Schema schema;
    private final Table fact;
    private final List<Signal> signals;
    private final StringBuilder joins = new StringBuilder();
    private final List<String> instants = new ArrayList<>();
    private final List<Value> values = new ArrayList<>();
    private String group = "0";

    StreamSql(Schema schema, Table fact, List<Signal> signals) {
        this.schema = schema;
        this.fact = fact;
        this.signals =
                signals.stream().filter(s -> s.table().equals(fact.name())).toList();
        joins.append(" FROM ").append(Sql.table(fact.name())).append(" f");
        instants.add(at(fact, "f"));
    }

    private static String at(Table table, String alias) {
        return table.time().isPresent() ? "epoch_us(" + alias + "._time)" : ALWAYS;
    }

    /// Groups rows by the row reached over these keys, the first of the fact, the next of the table reached, ..
    /// A row is there once all rows on the way are.
    StreamSql groupedBy(List<ForeignKey> path) {
        Table here = fact;
        String alias = "f";
        for (int i = 0; i < path.size(); i++) {
            ForeignKey key = path.get(i);
            String next = "p" + i;
            join("JOIN", alias, key, next);
            here = schema.table(key.table());
            alias = next;
            if (i < path.size() - 1) {
                instants.add(at(here, alias));
            }
        }
        group = alias + "._row";
        return this;
    }

    private void join(String how, String alias, ForeignKey key, String next) {
        joins.append(" %s %s %s ON %s.%s = %s.%s"
                .formatted(
                        how, Sql.table(key.table()), next, next, Sql.name(key.key()), alias, Sql.name(key.column())));
    }

    /// Adds the signals, then the fact's own numbers and, if wanted, its categories.
    StreamSql ownValues(boolean categories) {
        for (Signal signal : signals) {
            // Within its own stream a column needs no table, and is not listed a second time.
            values.add(new Value(
                    signal.name().replace(fact.name() + ".", ""), "(" + signal.sql() + ")", Value.Kind.SIGNAL));
        }
        columns(fact, "f", "", categories, null);
        return this;
    }

    /// Adds columns of the rows that the fact refers to by this key. A parent that was not there yet when the fact
    /// happened gives nothing, so that seeing the fact never shows a later row.
    StreamSql parentValues(ForeignKey key) {
        String alias = "q" + values.size();
        join("LEFT JOIN", "f", key, alias);
        Table parent = schema.table(key.table());
        String guard = parent.time().isPresent() ? at(parent, alias) + " <= " + at(fact, "f") : null;
        columns(parent, alias, parent.name() + ".", true, guard);
        return this;
    }

    /// Adds the `_row` of the parent reached by this key as a value, and says which one it is.
    int parentRow(ForeignKey key) {
        String alias = "r" + values.size();
        join("LEFT JOIN", "f", key, alias);
        values.add(new Value(key.column(), alias + "._row", Value.Kind.ROW));
        return values.size() - 1;
    }

    /// Adds the key's own value as a category.
    StreamSql keyValue(ForeignKey key) {
        values.add(new Value(key.column(), "f." + Sql.name(key.column()), Value.Kind.CODE));
        return this;
    }

    private void columns(Table table, String alias, String prefix, boolean categories, String guard) {
        for (Column column : table.columns()) {
            boolean taken = Tables.isKey(table, column.name())
                    || column.dropped()
                    || values.stream().anyMatch(v -> v.name().equals(prefix + column.name()));
            Value.Kind kind = kind(column.type());
            if (taken || kind == null || (kind == Value.Kind.CODE && !categories)) {
                continue;
            }
            String sql = read(column, alias + "." + Sql.name(column.name()));
            String seen = guard == null ? sql : "CASE WHEN " + guard + " THEN " + sql + " END";
            values.add(new Value(prefix + column.name(), seen, kind));
        }
    }

    private static String read(Column column, String sql) {
        return switch (column.type()) {
            case NUMERICAL -> SqlTypes.number(sql, column.sqlType());
            case BOOLEAN -> SqlTypes.truth(sql, column.sqlType());
            case CATEGORICAL, TIMESTAMP, TEXT, IDENTIFIER -> sql;
        };
    }

    private static Value.Kind kind(ColumnType type) {
        return switch (type) {
            case NUMERICAL, BOOLEAN -> Value.Kind.NUMBER;
            case CATEGORICAL -> Value.Kind.CODE;
            case TIMESTAMP, TEXT, IDENTIFIER -> null;
        };
    }

    Stream stream(String name, Stream.Role role, int subject) {
        StringBuilder inner = new StringBuilder("SELECT " + group + " AS g, ");
        inner.append(instants.size() == 1 ? instants.getFirst() : "greatest(" + String.join(", ", instants) + ")");
        inner.append(" AS instant, f._row AS r");
        for (int i = 0; i < values.size(); i++) {
            inner.append(", ").append(typed(values.get(i))).append(" AS v").append(i);
        }
        inner.append(joins);
        // greatest() skips nulls, so every instant on the way must be known by itself.
        String known = String.join(
                " AND ", instants.stream().map(i -> i + " IS NOT NULL").toList());
        String sql = "SELECT * EXCLUDE (r), row_number() OVER (PARTITION BY g ORDER BY instant, r) AS n FROM (" + inner
                + " WHERE " + known + ")";
        return new Stream(name, role, subject, sql, values);
    }

    private static String typed(Value value) {
        return switch (value.kind()) {
            case NUMBER, SIGNAL -> "CASE WHEN isfinite((%1$s)::DOUBLE) THEN (%1$s)::DOUBLE END".formatted(value.sql());
            case CODE -> "(" + value.sql() + ")::VARCHAR";
            case ROW -> value.sql();
        };
    }
}
