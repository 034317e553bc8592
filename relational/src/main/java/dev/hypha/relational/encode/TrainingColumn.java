package dev.hypha.relational.encode;

import dev.hypha.relational.database.Sql;
import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/// One column on the rows of its table that training may see, asked by SQL.
final class TrainingColumn {
    private static final long EXACT_DISTINCT_ROWS = 1_000_000;

    private final Connection connection;
    private final String value;
    private final String from;
    private final ColumnStatistics statistics;

    /// @param raw the column as SQL
    /// @param value the column as the encoder reads it
    /// @param from `FROM ... [WHERE ...]`: the rows training may see
    TrainingColumn(Connection connection, String raw, String value, String from) throws SQLException {
        this.connection = connection;
        this.value = value;
        this.from = from;
        this.statistics = count(raw);
    }

    /// The clause that selects the rows visible at the last training cutoff; all rows of a table without time.
    static String visible(String table, boolean timed, long cutoff) {
        String from = " FROM " + Sql.table(table) + " f";
        return timed ? from + " WHERE epoch_us(f._time) <= " + cutoff : from;
    }

    private ColumnStatistics count(String raw) throws SQLException {
        long[] counts = longs("count(*), count(" + raw + "), count(" + value + ")");
        String distinct = counts[0] <= EXACT_DISTINCT_ROWS ? "count(DISTINCT " : "approx_count_distinct(";
        long[] different = longs(distinct + value + ")");
        return new ColumnStatistics(counts[0], counts[0] - counts[2], counts[1] - counts[2], different[0]);
    }

    ColumnStatistics statistics() {
        return statistics;
    }

    long rows() {
        return statistics.rows();
    }

    long missing() {
        return statistics.missing();
    }

    /// Quantiles of the usable values, interpolated.
    double[] quantiles(double... at) throws SQLException {
        String points = Arrays.stream(at).mapToObj(Double::toString).collect(Collectors.joining(", ", "[", "]"));
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT quantile_cont(" + value + ", " + points + ")" + from)) {
            rows.next();
            Array array = rows.getArray(1);
            return Arrays.stream((Object[]) array.getArray())
                    .mapToDouble(x -> ((Number) x).doubleValue())
                    .toArray();
        }
    }

    /// Number of different results of an SQL expression over the value, which stands for `%s` in it.
    long distinct(String expression) throws SQLException {
        return longs("count(DISTINCT " + expression.replace("%s", value) + ")")[0];
    }

    /// Values as text that occur at least so often, most frequent first, at most `cap` of them.
    List<String> frequent(int atLeast, int cap) throws SQLException {
        String sql = "SELECT v" + " FROM (SELECT " + value + " AS v" + from + ") WHERE v IS NOT NULL"
                + " GROUP BY v HAVING count(*) >= " + atLeast + " ORDER BY count(*) DESC, v LIMIT " + cap;
        List<String> values = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                values.add(rows.getString(1));
            }
        }
        return values;
    }

    private long[] longs(String select) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT " + select + from)) {
            rows.next();
            long[] out = new long[rows.getMetaData().getColumnCount()];
            for (int i = 0; i < out.length; i++) {
                out[i] = rows.getLong(i + 1);
            }
            return out;
        }
    }
}
