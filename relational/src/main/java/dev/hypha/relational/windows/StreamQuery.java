package dev.hypha.relational.windows;

import dev.hypha.relational.database.Sql;
import dev.hypha.relational.windows.Feature.Aggregate;
import dev.hypha.relational.windows.Feature.Past;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/// Writes the one query that computes all features of one stream for all seeds, in the order of the seeds.
///
/// Seeds that look at the same group from the same instant share the work. Windows: facts and these points are put
/// in one sequence per group, and window functions over time ranges are read off at the points. Last rows: window
/// functions over the facts alone, joined to each point as of its instant. Both cost a sort of facts and points.
final class StreamQuery {
    /// A year in microseconds, for seasons.
    static final long YEAR = 31_557_600_000_000L;

    private final String table;
    private final String subject;
    private final List<Feature> features;
    private final Map<String, List<String>> vocabularies;
    private final long end;
    private final long length;

    /// @param table of the stream: `g`, `instant`, `n`, `v0`, ..
    /// @param subject table of `seed`, `g`, `instant`, `time`
    /// @param features of this stream alone
    /// @param vocabularies categories by feature name
    /// @param end of the target's window, and its `length`, in microseconds
    StreamQuery(
            String table,
            String subject,
            List<Feature> features,
            Map<String, List<String>> vocabularies,
            long end,
            long length) {
        this.table = table;
        this.subject = subject;
        this.features = features;
        this.vocabularies = vocabularies;
        this.end = end;
        this.length = length;
    }

    /// The query: one row a seed, one FLOAT a feature in their order, NaN where missing.
    String sql() {
        List<String> columns = new ArrayList<>();
        for (int i = 0; i < features.size(); i++) {
            columns.add("coalesce((" + result(i) + ")::FLOAT, 'nan'::FLOAT)");
        }
        return """
                WITH subject AS (SELECT *, time + %d - %d * CAST(ceil((time + %d - instant) / %d.0) AS BIGINT) AS season FROM %s),
                points AS (SELECT DISTINCT g, instant FROM subject WHERE g IS NOT NULL),
                seasons AS (SELECT DISTINCT g, season AS instant FROM subject WHERE g IS NOT NULL),
                windows AS (%s),
                season AS (%s),
                lasts AS (%s),
                last AS (SELECT p.g, p.instant, l.* EXCLUDE (g, instant) FROM points p ASOF JOIN lasts l ON p.g = l.g AND p.instant >= l.instant)
                SELECT %s FROM subject s
                LEFT JOIN windows w ON w.g = s.g AND w.instant = s.instant
                LEFT JOIN season y ON y.g = s.g AND y.instant = s.season
                LEFT JOIN last l ON l.g = s.g AND l.instant = s.instant
                ORDER BY s.seed""".formatted(
                        end,
                        YEAR,
                        end,
                        YEAR,
                        subject,
                        ranges(Past.WINDOW, "points"),
                        ranges(Past.SEASON, "seasons"),
                        lasts(),
                        String.join(",\n", columns));
    }

    private String result(int i) {
        Feature feature = features.get(i);
        return switch (feature.aggregate().past()) {
            // A group without any row has none in a window either.
            case WINDOW -> feature.aggregate() == Aggregate.COUNT ? "coalesce(w.c" + i + ", 0)" : "w.c" + i;
            case SEASON -> feature.aggregate() == Aggregate.SEASON_COUNT ? "coalesce(y.c" + i + ", 0)" : "y.c" + i;
            case ROWS -> "l.c" + i;
            case LATEST -> feature.categorical() ? code("l.c" + i, vocabularies.get(feature.name())) : "l.c" + i;
            case INSTANT -> "(s.time - l.c" + i + ") / 86400000000.0";
        };
    }

    private static String code(String value, List<String> vocabulary) {
        String list = String.join(", ", vocabulary.stream().map(Sql::text).toList());
        return "CASE WHEN " + value + " IS NULL THEN NULL ELSE coalesce(list_position([" + list + "]::VARCHAR[], "
                + value + "), 0) END";
    }

    /// Aggregates over time ranges ending at points.
    private String ranges(Past past, String points) {
        List<String> columns = new ArrayList<>();
        TreeSet<Integer> frames = new TreeSet<>();
        for (int i = 0; i < features.size(); i++) {
            Feature feature = features.get(i);
            if (feature.aggregate().past() == past) {
                columns.add(function(feature) + " OVER w" + feature.over() + " AS c" + i);
                frames.add(feature.over());
            }
        }
        if (columns.isEmpty()) {
            return "SELECT g, instant FROM " + points;
        }
        List<String> windows = new ArrayList<>();
        for (int days : frames) {
            String frame = past == Past.SEASON ? Horizons.frameOf(length) : Horizons.frame(days);
            windows.add("w" + days + " AS (PARTITION BY g ORDER BY instant " + frame + ")");
        }
        return """
                SELECT g, instant, %s FROM
                (SELECT *, false AS asked FROM %s UNION ALL BY NAME SELECT g, instant, true AS asked FROM %s)
                WINDOW %s QUALIFY asked""".formatted(String.join(", ", columns), table, points, String.join(", ", windows));
    }

    private static String function(Feature feature) {
        // `n` counts facts alone: it is null at the points.
        String value = feature.value() < 0 ? "n" : "v" + feature.value();
        return switch (feature.aggregate()) {
            case COUNT, SEASON_COUNT -> "count(" + value + ")";
            case MEAN, LAST_MEAN, SEASON_MEAN -> "avg(" + value + ")";
            case MIN -> "min(" + value + ")";
            case MAX -> "max(" + value + ")";
            case SUM -> "sum(" + value + ")";
            case LAST, LAST_CODE -> value;
            case AGE -> "instant";
            case SPAN -> "min(instant)";
        };
    }

    /// What is known of a group after each of its instants.
    private String lasts() {
        List<String> columns = new ArrayList<>();
        TreeSet<Integer> frames = new TreeSet<>();
        for (int i = 0; i < features.size(); i++) {
            Feature feature = features.get(i);
            switch (feature.aggregate()) {
                case LAST_MEAN -> {
                    columns.add(function(feature) + " OVER k" + feature.over() + " AS c" + i);
                    frames.add(feature.over());
                }
                case SPAN -> {
                    columns.add(function(feature) + " OVER k0 AS c" + i);
                    frames.add(0);
                }
                case LAST, LAST_CODE, AGE -> columns.add(function(feature) + " AS c" + i);
                case COUNT, MEAN, MIN, MAX, SUM, SEASON_COUNT, SEASON_MEAN -> {}
            }
        }
        StringBuilder sql = new StringBuilder("SELECT g, instant");
        columns.forEach(c -> sql.append(", ").append(c));
        sql.append(" FROM ").append(table);
        if (!frames.isEmpty()) {
            sql.append(" WINDOW ")
                    .append(String.join(
                            ", ", frames.stream().map(StreamQuery::rows).toList()));
        }
        return sql.append(" QUALIFY row_number() OVER (PARTITION BY g, instant ORDER BY n DESC) = 1")
                .toString();
    }

    private static String rows(int count) {
        String from = count == 0 ? "UNBOUNDED" : Integer.toString(count - 1);
        return "k" + count + " AS (PARTITION BY g ORDER BY n ROWS BETWEEN " + from + " PRECEDING AND CURRENT ROW)";
    }
}
