package dev.hypha.relational.query;

import dev.hypha.relational.database.Sql;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The rows that a base row leads to along foreign keys, as left joins; each way is joined once.
final class Joins {
    private final String base;
    private final String prefix;
    private final Optional<String> visibleAt;
    private final Map<List<Step>, String> aliases = new LinkedHashMap<>();

    /// @param base alias of the base table
    /// @param prefix of the aliases made here
    /// @param visibleAt a TIMESTAMP expression: rows later than it are as good as missing
    Joins(String base, String prefix, Optional<String> visibleAt) {
        this.base = base;
        this.prefix = prefix;
        this.visibleAt = visibleAt;
    }

    /// The alias of the row at the end of a way; the base for no steps.
    String alias(List<Step> way) {
        if (way.isEmpty()) return base;
        List<Step> key = List.copyOf(way);
        String known = aliases.get(key);
        if (known != null) return known;
        alias(key.subList(0, key.size() - 1));
        String made = prefix + (aliases.size() + 1);
        aliases.put(key, made);
        return made;
    }

    /// `LEFT JOIN ... LEFT JOIN ...`, empty when only the base is used.
    String sql() {
        StringBuilder sql = new StringBuilder();
        aliases.forEach((way, alias) -> sql.append(join(way, alias)));
        return sql.toString();
    }

    private String join(List<Step> way, String alias) {
        Step step = way.getLast();
        String child = alias(way.subList(0, way.size() - 1));
        String on = step.equal(child, alias);
        boolean timed = step.to().time().isPresent();
        String seen =
                timed ? visibleAt.map(t -> " AND " + alias + "._time <= " + t).orElse("") : "";
        return " LEFT JOIN " + Sql.table(step.to().name()) + " " + alias + " ON " + on + seen;
    }

    /// When the base row and all rows joined to it are visible: the latest of their times, in a TIMESTAMP expression.
    /// A row without a time in a timed table never is.
    String latest() {
        List<String> times = new ArrayList<>(List.of(base + "._time"));
        aliases.forEach((way, alias) -> {
            if (way.getLast().to().time().isPresent()) {
                times.add("CASE WHEN " + alias + "._row IS NOT NULL THEN coalesce(" + alias
                        + "._time, TIMESTAMP 'infinity') END");
            }
        });
        return times.size() == 1 ? times.getFirst() : "greatest(" + String.join(", ", times) + ")";
    }
}
