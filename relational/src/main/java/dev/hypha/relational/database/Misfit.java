package dev.hypha.relational.database;

import dev.hypha.graph.InputException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// The first of a few values that make text of a column that is otherwise of another type.
///
/// @param column as `table.column`
/// @param value the value
/// @param place where its row stands
/// @param fitting how many of the column's `present` values are of the other type
record Misfit(String column, String value, Source.RowPlace place, TextReading reading, long fitting, long present) {
    /// With fewer values one that differs is no exception.
    private static final long VALUES = 100;

    private static final double SHARE = 0.99;

    private static final Set<String> TIMES = Set.of("DATE", "TIMESTAMP");
    private static final int SHOWN = 60;

    /// Whether nearly all values of a column are of one type, and a few are not.
    static boolean nearlyAll(long fitting, long present) {
        return present >= VALUES && fitting >= SHARE * present && fitting < present;
    }

    /// A column without its times means another task, or none: nobody should have to find that out by the result.
    /// Numbers beside text are common in codes.
    boolean fatal() {
        return TIMES.contains(reading.type());
    }

    private String sentence() {
        String kind = fatal() ? "times" : reading.type().equals("TIME") ? "times of day" : "numbers";
        String shown = value.length() > SHOWN ? value.substring(0, SHOWN) + "..." : value;
        return "%s: %s holds '%s', where %,d of %,d values are %s"
                .formatted(place.text(), column, shown, fitting, present, kind);
    }

    String warning() {
        return sentence() + ": it is taken as text; correct the value, or give the column's type in the schema file";
    }

    InputException refusal() {
        Map<String, Object> where = new TreeMap<>(place.fields());
        where.put("column", column);
        where.put("value", value);
        return new InputException(
                "wrong-value",
                sentence(),
                where,
                "correct it (an empty field is a missing value), or give the column's type in the schema file: `types:"
                        + " {" + column.substring(column.lastIndexOf('.') + 1) + ": text}`");
    }

    /// The first value of a column that a reading does not accept, counted in the source's order.
    static Misfit first(
            Staging staging,
            Source source,
            String table,
            String column,
            String value,
            TextReading reading,
            long fitting,
            long present) {
        record Row(long number, String value) {}
        String rows = "(SELECT " + value + " AS v, row_number() OVER () - 1 AS r FROM raw." + Sql.name(table) + ")";
        List<Row> wrong = staging.list(
                "SELECT r, v FROM " + rows + " WHERE v IS NOT NULL AND (" + reading.accepts("v")
                        + ") IS NOT TRUE ORDER BY r LIMIT 1",
                r -> new Row(r.getLong(1), r.getString(2)));
        Row row = wrong.getFirst();
        return new Misfit(
                table + "." + column, row.value(), source.place(table, row.number()), reading, fitting, present);
    }
}
