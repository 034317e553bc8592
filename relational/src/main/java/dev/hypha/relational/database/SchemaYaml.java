package dev.hypha.relational.database;

import dev.hypha.relational.database.Inference.Origin;
import dev.hypha.relational.schema.Column;
import dev.hypha.relational.schema.ForeignKey;
import dev.hypha.relational.schema.Schema;
import dev.hypha.relational.schema.Table;
import dev.hypha.relational.schema.TimeRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Writes a schema as a schema file that, given back, yields the same schema: everything spelled out, to be edited.
final class SchemaYaml {
    /// Plain words that YAML or the schema file would take for something else.
    private static final Set<String> SPECIAL =
            Set.of("none", "null", "true", "false", "yes", "no", "on", "off", "y", "n");

    private SchemaYaml() {}

    /// @param leftOut tables of the source that take no part
    /// @param origins as in `Inference`; a foreign key that the user ruled out stays ruled out
    static String text(Schema schema, List<String> leftOut, Map<String, Origin> origins) {
        StringBuilder out = new StringBuilder("""
                # Keys, times and column types, as Hypha reads this database. Edit what is wrong; what is deleted
                # here is inferred again. A time is a column, `date + time`, `table.column - 1 day`, or none.
                """);
        if (!leftOut.isEmpty()) out.append("leave-out: ").append(list(leftOut)).append('\n');
        out.append("tables:\n");
        schema.tables().forEach(t -> table(out, schema, t, origins));
        return out.toString();
    }

    private static void table(StringBuilder out, Schema schema, Table table, Map<String, Origin> origins) {
        out.append("  ").append(scalar(table.name())).append(":\n");
        out.append("    key: ")
                .append(table.primaryKey().map(SchemaYaml::scalar).orElse("none"))
                .append('\n');
        references(out, schema, table, origins);
        out.append("    time: ")
                .append(table.time()
                        .map(TimeRule::toString)
                        .map(SchemaYaml::scalar)
                        .orElse("none"));
        out.append('\n');
        List<String> dropped = table.columns().stream()
                .filter(Column::dropped)
                .map(Column::name)
                .toList();
        if (!dropped.isEmpty()) out.append("    drop: ").append(list(dropped)).append('\n');
        types(out, table);
    }

    private static void references(StringBuilder out, Schema schema, Table table, Map<String, Origin> origins) {
        List<String> lines = new ArrayList<>();
        for (Column c : table.columns()) {
            Optional<ForeignKey> key = table.foreignKey(c.name());
            String line = "      " + scalar(c.name()) + ": ";
            if (key.isPresent()) lines.add(line + target(schema, key.get()) + "\n");
            else if (origins.get(table.name() + "." + c.name()) == Origin.GIVEN) lines.add(line + "none\n");
        }
        if (!lines.isEmpty()) out.append("    foreign-keys:\n");
        lines.forEach(out::append);
    }

    private static String target(Schema schema, ForeignKey f) {
        boolean primary =
                schema.table(f.table()).primaryKey().filter(f.key()::equals).isPresent();
        return scalar(primary ? f.table() : f.table() + "." + f.key());
    }

    private static void types(StringBuilder out, Table table) {
        List<String> lines = new ArrayList<>();
        for (Column c : table.columns()) {
            boolean key = table.primaryKey().filter(c.name()::equals).isPresent()
                    || table.foreignKey(c.name()).isPresent();
            if (!key)
                lines.add("      " + scalar(c.name()) + ": " + c.type().name().toLowerCase(Locale.ROOT) + "\n");
        }
        if (!lines.isEmpty()) out.append("    types:\n");
        lines.forEach(out::append);
    }

    private static String list(List<String> names) {
        return "[" + String.join(", ", names.stream().map(SchemaYaml::scalar).toList()) + "]";
    }

    /// A name as it is where YAML reads it as that, else between double quotes.
    static String scalar(String name) {
        boolean plain = name.matches("[A-Za-z_][A-Za-z0-9_.+ -]*") && name.equals(name.strip());
        if (plain && !SPECIAL.contains(name.toLowerCase(Locale.ROOT))) return name;
        return "\""
                + name.replace("\\", "\\\\")
                        .replace("\"", "\\\"")
                        .replace("\n", "\\n")
                        .replace("\t", "\\t") + "\"";
    }
}
