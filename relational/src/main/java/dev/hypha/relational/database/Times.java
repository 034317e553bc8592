package dev.hypha.relational.database;

import dev.hypha.graph.InputException;
import dev.hypha.graph.Nearest;
import dev.hypha.relational.schema.Column;
import dev.hypha.relational.schema.ForeignKey;
import dev.hypha.relational.schema.Schema;
import dev.hypha.relational.schema.Table;
import dev.hypha.relational.schema.TimeRule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Fills `_time` of the staged tables by their time rules.
final class Times {
    private final Staging staging;
    private final Schema schema;
    private final Overrides given;

    /// @param given where the rules that are wrong stand, if they stand in a schema file
    Times(Staging staging, Schema schema, Overrides given) {
        this.staging = staging;
        this.schema = schema;
        this.given = given;
    }

    void fill(Warnings warnings) {
        for (Table table : schema.tables()) {
            staging.run("ALTER TABLE " + Sql.table(table.name()) + " ADD COLUMN _time TIMESTAMP");
            table.time().ifPresent(rule -> {
                staging.run(placed(table, rule));
                long unknown =
                        staging.number("SELECT count(*) FROM " + Sql.table(table.name()) + " WHERE _time IS NULL");
                if (unknown > 0)
                    warnings.add(table.name() + ": " + unknown + " of " + table.rows()
                            + " rows have no time and are never visible to a prediction");
            });
        }
    }

    private String placed(Table table, TimeRule rule) {
        try {
            return update(table, rule);
        } catch (InputException e) {
            throw given.time(table.name())
                    .map(g -> g.place().wrong(e.kind(), e.getMessage(), e.hint()))
                    .orElse(e);
        }
    }

    /// @return the statement; a row that reaches no parent keeps a null time
    private String update(Table table, TimeRule rule) {
        Map<String, ForeignKey> parents = new LinkedHashMap<>();
        List<String> terms = new ArrayList<>();
        for (TimeRule.Term term : rule.terms()) terms.add(term(table, term, parents));
        String sum = "CAST(" + terms.getFirst() + " AS TIMESTAMP)";
        for (String clock : terms.subList(1, terms.size()))
            sum += " + to_microseconds(coalesce(epoch_us(CAST(" + clock + " AS TIME)), 0))";
        if (rule.offsetMicros() != 0) sum += " + to_microseconds(" + rule.offsetMicros() + ")";
        String target = Sql.table(table.name());
        if (parents.isEmpty()) return "UPDATE " + target + " AS t SET _time = " + sum;
        // The rows are joined in a subquery, because a foreign key may lead back to the table itself.
        StringBuilder joined = new StringBuilder("SELECT t._row AS r, " + sum + " AS instant FROM " + target + " t");
        parents.forEach((alias, fk) -> joined.append(" JOIN ")
                .append(Sql.table(fk.table()))
                .append(" ")
                .append(alias)
                .append(" ON ")
                .append(alias)
                .append(".")
                .append(Sql.name(fk.key()))
                .append(" = t.")
                .append(Sql.name(fk.column())));
        return "UPDATE " + target + " AS t SET _time = j.instant FROM (" + joined + ") j WHERE t._row = j.r";
    }

    private String term(Table table, TimeRule.Term term, Map<String, ForeignKey> parents) {
        if (term.table().isEmpty()) return "t." + instant(table, term.column());
        ForeignKey fk = foreignKey(table, term.table());
        String alias = "p" + table.foreignKeys().indexOf(fk);
        parents.put(alias, fk);
        return alias + "." + instant(schema.table(fk.table()), term.column());
    }

    private static String instant(Table table, String column) {
        Column c = table.column(column);
        if (List.of("DATE", "TIMESTAMP", "TIME").contains(c.sqlType())) return Sql.name(c.name());
        throw new InputException(
                "time-rule",
                table.name() + "." + c.name() + " is no date or time but " + c.sqlType(),
                Map.of("table", table.name(), "column", c.name()),
                "name a date or timestamp column in the time rule");
    }

    /// @param parent a table, or the foreign key's column where several lead to one table
    private ForeignKey foreignKey(Table table, String parent) {
        List<ForeignKey> to = table.foreignKeys().stream()
                .filter(f -> f.column().equals(parent) || f.table().equalsIgnoreCase(parent))
                .toList();
        if (to.size() == 1) return to.getFirst();
        throw new InputException(
                "time-rule",
                to.isEmpty()
                        ? "the time rule of " + table.name() + " names " + parent
                                + ", which no foreign key of it leads to"
                        : "the time rule of " + table.name() + " names " + parent + ", to which " + to.size()
                                + " foreign keys lead",
                Map.of("table", table.name(), "parent", parent),
                to.isEmpty()
                        ? hint(parent, table)
                        : "write the column of the foreign key instead: "
                                + to.getFirst().column() + ".COLUMN");
    }

    private static String hint(String parent, Table table) {
        List<String> reached =
                table.foreignKeys().stream().map(ForeignKey::table).distinct().toList();
        return reached.isEmpty() ? "it has no foreign key; give it one" : Nearest.hint(parent, reached);
    }
}
