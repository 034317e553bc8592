package dev.hypha.relational.database;

import dev.hypha.relational.database.Inference.Origin;
import dev.hypha.relational.schema.Column;
import dev.hypha.relational.schema.ColumnType;
import dev.hypha.relational.schema.ForeignKey;
import dev.hypha.relational.schema.Schema;
import dev.hypha.relational.schema.Table;
import dev.hypha.relational.schema.TimeRule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// A schema for people (text) and for programs (a tree), with where each key and time comes from.
record SchemaReport(
        String location,
        String kind,
        Schema schema,
        Map<String, Origin> origins,
        List<String> leftOut,
        List<String> warnings) {
    String text() {
        long rows = schema.tables().stream().mapToLong(Table::rows).sum();
        StringBuilder out = new StringBuilder();
        out.append("%s (%s): %d tables, %,d rows%n"
                .formatted(location, kind, schema.tables().size(), rows));
        out.append(
                "keys, foreign keys and times are inferred unless marked (declared) by the database or (given) by the schema file\n");
        for (Table table : schema.tables()) table(out, table);
        if (!leftOut.isEmpty())
            out.append("\nleft out: ").append(String.join(", ", leftOut)).append('\n');
        if (!warnings.isEmpty()) out.append("\nwarnings\n");
        warnings.forEach(w -> out.append("  ").append(w).append('\n'));
        return out.toString();
    }

    private void table(StringBuilder out, Table table) {
        String key = table.primaryKey().orElse("none") + mark(table.name() + ".key");
        String time = table.time().map(TimeRule::toString).orElse("none") + mark(table.name() + ".time");
        out.append("\n%-28s %,12d rows   key %-28s time %s%n".formatted(table.name(), table.rows(), key, time));
        for (ForeignKey f : table.foreignKeys())
            out.append("  %-14s%s -> %s.%s%s%s%n"
                    .formatted(
                            "foreign key",
                            f.column(),
                            f.table(),
                            f.key(),
                            mark(table.name() + "." + f.column()),
                            f.dangling() == 0 ? "" : ", %,d rows dangling".formatted(f.dangling())));
        columns(table).forEach((type, names) -> out.append("  %-14s%s%n".formatted(type, String.join(", ", names))));
    }

    /// @return the columns that are no keys, by type; dropped ones apart
    private static Map<String, List<String>> columns(Table table) {
        Map<String, List<String>> all = new LinkedHashMap<>();
        for (ColumnType type : ColumnType.values()) all.put(type.name().toLowerCase(Locale.ROOT), new ArrayList<>());
        all.put("dropped", new ArrayList<>());
        for (Column c : table.columns()) {
            boolean key = table.primaryKey().filter(c.name()::equals).isPresent()
                    || table.foreignKey(c.name()).isPresent();
            if (c.dropped()) all.get("dropped").add(c.name());
            else if (!key) all.get(c.type().name().toLowerCase(Locale.ROOT)).add(c.name());
        }
        all.values().removeIf(List::isEmpty);
        return all;
    }

    private String mark(String what) {
        Origin origin = origins.get(what);
        return origin == null || origin == Origin.INFERRED ? "" : " (" + word(origin) + ")";
    }

    private static String word(Origin origin) {
        return origin.name().toLowerCase(Locale.ROOT);
    }

    /// @return fields `database`, `kind`, `tables`, `leftOut`, `warnings`; a table has `name`, `rows`, `key`,
    /// `keyOrigin`,
    ///     `time`, `timeOrigin`, `foreignKeys`, `columns`; origins are `given`, `declared` or `inferred`
    Map<String, Object> tree() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("database", location);
        tree.put("kind", kind);
        tree.put("tables", schema.tables().stream().map(this::tree).toList());
        tree.put("leftOut", leftOut);
        tree.put("warnings", warnings);
        return tree;
    }

    private Map<String, Object> tree(Table table) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("name", table.name());
        tree.put("rows", table.rows());
        tree.put("key", table.primaryKey().orElse(null));
        tree.put("keyOrigin", origin(table.name() + ".key"));
        tree.put("time", table.time().map(TimeRule::toString).orElse(null));
        tree.put("timeOrigin", origin(table.name() + ".time"));
        tree.put(
                "foreignKeys",
                table.foreignKeys().stream().map(f -> reference(table, f)).toList());
        tree.put("columns", table.columns().stream().map(SchemaReport::column).toList());
        return tree;
    }

    private Map<String, Object> reference(Table table, ForeignKey f) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("column", f.column());
        tree.put("table", f.table());
        tree.put("key", f.key());
        tree.put("dangling", f.dangling());
        tree.put("origin", origin(table.name() + "." + f.column()));
        return tree;
    }

    private String origin(String what) {
        return word(origins.getOrDefault(what, Origin.INFERRED));
    }

    private static Map<String, Object> column(Column c) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("name", c.name());
        tree.put("sqlType", c.sqlType());
        tree.put("type", c.type().name().toLowerCase(Locale.ROOT));
        tree.put("dropped", c.dropped());
        return tree;
    }
}
