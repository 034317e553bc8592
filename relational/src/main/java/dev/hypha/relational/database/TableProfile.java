package dev.hypha.relational.database;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What was counted in a staged table, from which keys and types are inferred.
record TableProfile(String table, long rows, List<ColumnProfile> columns) {
    /// Above this many rows, distinct values are counted exactly only where they may be a key.
    private static final long EXACT = 2_000_000;

    /// What was counted in a column.
    ///
    /// @param present values that are not null
    /// @param distinct distinct values; approximate (a few percent) in very long tables unless nearly all differ
    /// @param meanWords mean number of words of a text; 0 for other types
    record ColumnProfile(String name, String sqlType, long present, long distinct, double meanWords) {
        boolean unique(long rows) {
            return rows > 0 && present == rows && distinct == rows;
        }

        boolean maybeKey() {
            return sqlType.equals("BIGINT") || sqlType.equals("VARCHAR");
        }

        boolean instant() {
            return sqlType.equals("DATE") || sqlType.equals("TIMESTAMP");
        }
    }

    Optional<ColumnProfile> column(String name) {
        return columns.stream().filter(c -> c.name().equals(name)).findFirst();
    }

    /// @return the staged columns of `data.table`, without those that Hypha added
    static TableProfile of(Staging staging, String table) {
        String from = Sql.table(table);
        long rows = staging.number("SELECT count(*) FROM " + from);
        List<List<String>> columns =
                staging.list("DESCRIBE " + from, r -> List.of(r.getString(1), r.getString(2))).stream()
                        .filter(c -> !RawTables.RESERVED.contains(c.getFirst()))
                        .toList();
        if (columns.isEmpty()) return new TableProfile(table, rows, List.of());
        List<String> counts = new ArrayList<>();
        for (var c : columns) {
            String name = Sql.name(c.getFirst());
            boolean text = c.getLast().equals("VARCHAR");
            counts.add("count(" + name + ")");
            counts.add((rows <= EXACT ? "count(DISTINCT " : "approx_count_distinct(") + name + ")");
            counts.add(
                    text ? "coalesce(avg(length(" + name + ") - length(replace(" + name + ", ' ', '')) + 1), 0)" : "0");
        }
        List<ColumnProfile> profiles = staging.list("SELECT " + String.join(", ", counts) + " FROM " + from, r -> {
                    List<ColumnProfile> all = new ArrayList<>();
                    for (int i = 0; i < columns.size(); i++)
                        all.add(new ColumnProfile(
                                columns.get(i).getFirst(),
                                columns.get(i).getLast(),
                                r.getLong(3 * i + 1),
                                r.getLong(3 * i + 2),
                                r.getDouble(3 * i + 3)));
                    return all;
                })
                .getFirst();
        if (rows > EXACT) profiles.replaceAll(p -> exact(staging, from, p));
        return new TableProfile(table, rows, List.copyOf(profiles));
    }

    private static ColumnProfile exact(Staging staging, String from, ColumnProfile p) {
        if (!p.maybeKey() || p.distinct < 0.9 * p.present) return p;
        long distinct = staging.number("SELECT count(DISTINCT " + Sql.name(p.name) + ") FROM " + from);
        return new ColumnProfile(p.name, p.sqlType, p.present, distinct, p.meanWords);
    }
}
