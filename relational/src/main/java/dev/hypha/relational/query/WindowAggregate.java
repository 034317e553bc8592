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
    /// @param perEntity true joins rows to pairs by entity (times differ between entities); false by time alone
    ///     (few times are shared by all entities), which reads each fact row once per window it lies in
    String sql(String pairs, boolean perEntity) {
        return "r" + alias + " AS (" + rowsSql() + "),\n" + alias + " AS (" + aggregateSql(pairs, perEntity) + ")";
    }

    private String rowsSql() {
        return "SELECT " + entity + "._row AS entity, f._time AS time, f._row AS row, " + argument.sql() + " AS value, "
                + rows.joins().latest() + " AS visible FROM " + Sql.table(fact.name()) + " f"
                + rows.joins().sql()
                + " WHERE " + entity + "._row IS NOT NULL"
                + filter.map(f -> " AND " + f).orElse("");
    }

    private String aggregateSql(String pairs, boolean perEntity) {
        Window window = window();
        String keys = perEntity ? "time, entity" : "time";
        String low = window.isUnbounded()
                ? "TIMESTAMP '-infinity'"
                : window.startSpan().sqlAfter("time");
        String bounds = "SELECT DISTINCT " + keys + ", " + low + " AS low, "
                + window.endSpan().sqlAfter("time") + " AS high FROM " + pairs;
        return "SELECT g.time, r.entity, " + function() + " AS value FROM (" + bounds + ") g JOIN r" + alias
                + " r ON r.time > g.low AND r.time <= g.high"
                + (perEntity ? " AND r.entity = g.entity" : "")
                + (window.isPast() ? " AND r.visible <= g.time" : "")
                + " GROUP BY g.time, r.entity";
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
