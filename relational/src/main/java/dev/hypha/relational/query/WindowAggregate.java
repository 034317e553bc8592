package dev.hypha.relational.query;

import dev.hypha.relational.database.Sql;
import dev.hypha.relational.schema.Table;
import java.util.Locale;
import java.util.Optional;

/// An aggregate with its names resolved, as two common table expressions: the rows of its fact table with their
/// entity, and their aggregate per entity and prediction time.
///
/// @param alias of the aggregate; its rows are called `r` + alias
/// @param rows the names in the fact table (alias `f`) and the joins they need
/// @param argument the aggregated value of a row
/// @param filter which rows count
/// @param entity alias of the entity's row in the joins
record WindowAggregate(
        Expr.Aggregate aggregate,
        String alias,
        Table fact,
        RowScope rows,
        Typed argument,
        Optional<String> filter,
        String entity) {

    Window window() {
        return aggregate.window();
    }

    /// @param pairs relation with `entity` and `time`
    /// @param pairing decides the plan, not the result
    String sql(String pairs, Pairing pairing) {
        String rows = "r" + alias + " AS (" + rowsSql() + "),\n";
        return rows
                + switch (pairing) {
                    case SHARED_TIMES -> bySharedTimes(pairs);
                    case OWN_TIMES -> byEntity(pairs);
                };
    }

    private String rowsSql() {
        return "SELECT " + entity + "._row AS entity, f._time AS time, f._row AS row, " + argument.sql() + " AS value, "
                + rows.joins().latest() + " AS visible FROM " + Sql.table(fact.name()) + " f"
                + rows.joins().sql()
                + " WHERE " + entity + "._row IS NOT NULL"
                + filter.map(f -> " AND " + f).orElse("");
    }

    private String bounds(String pairs, String keys) {
        Window window = window();
        String low = window.isUnbounded()
                ? "TIMESTAMP '-infinity'"
                : window.startSpan().sqlAfter("time");
        return "SELECT DISTINCT " + keys + ", " + low + " AS low, "
                + window.endSpan().sqlAfter("time") + " AS high FROM " + pairs;
    }

    /* The windows a row lies in are neighbors once the times are sorted: from the first whose end the row does not pass to
     * the last whose start it has passed. Two sorted lookups find both, and the work grows with the rows in windows; a join
     * on both inequalities compares every row with every window (27 s instead of 2 s for 4 million rows and 20 times). */
    private String bySharedTimes(String pairs) {
        String times = "g" + alias;
        String spread = "u" + alias;
        return times + " AS (SELECT *, row_number() OVER (ORDER BY time) AS n FROM (" + bounds(pairs, "time") + ")),\n"
                + spread + " AS (SELECT r.*, unnest(range(x.n, y.n + 1)) AS n FROM r" + alias
                + " r ASOF JOIN (SELECT high, min(n) AS n FROM " + times + " GROUP BY high) x ON r.time <= x.high"
                + " ASOF JOIN (SELECT low, max(n) AS n FROM " + times + " GROUP BY low) y ON r.time > y.low),\n"
                + alias + " AS (SELECT g.time, r.entity, " + function() + " AS value FROM " + spread + " r JOIN "
                + times
                + " g ON g.n = r.n" + (window().isPast() ? " WHERE r.visible <= g.time" : "")
                + " GROUP BY g.time, r.entity)";
    }

    private String byEntity(String pairs) {
        return alias + " AS (SELECT g.time, r.entity, " + function() + " AS value FROM ("
                + bounds(pairs, "time, entity")
                + ") g JOIN r" + alias + " r ON r.entity = g.entity AND r.time > g.low AND r.time <= g.high"
                + (window().isPast() ? " AND r.visible <= g.time" : "") + " GROUP BY g.time, r.entity)";
    }

    private String function() {
        return switch (aggregate.function()) {
            case COUNT -> "count(r.value)";
            case COUNT_DISTINCT -> "count(DISTINCT r.value)";
            case SUM -> quantity("sum");
            case AVG -> quantity("avg");
            case MIN -> "min(r.value)";
            case MAX -> "max(r.value)";
            case FIRST -> "first(r.value ORDER BY r.time, r.row) FILTER (WHERE r.value IS NOT NULL)";
            case LAST -> "last(r.value ORDER BY r.time, r.row) FILTER (WHERE r.value IS NOT NULL)";
            case EXISTS -> "count(r.value) > 0";
            case LIST_DISTINCT -> "list(DISTINCT CAST(r.value AS VARCHAR)) FILTER (WHERE r.value IS NOT NULL)";
        };
    }

    /// Floating-point numbers are added in the order of the rows, so that the sum has the same bits on any number of
    /// threads.
    private String quantity(String function) {
        String type =
                argument.column().map(c -> c.sqlType().toUpperCase(Locale.ROOT)).orElse("");
        boolean floating = type.equals("DOUBLE") || type.equals("FLOAT") || type.equals("REAL");
        String value = argument.type() == ValueType.BOOLEAN ? "CAST(r.value AS INTEGER)" : "r.value";
        return "CAST(" + function + "(" + value + (floating ? " ORDER BY r.row" : "") + ") AS DOUBLE)";
    }
}
