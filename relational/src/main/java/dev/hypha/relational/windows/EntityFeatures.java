package dev.hypha.relational.windows;

import dev.hypha.relational.database.Sql;
import dev.hypha.relational.encode.SqlTypes;
import dev.hypha.relational.schema.Column;
import dev.hypha.relational.schema.Schema;
import dev.hypha.relational.schema.Table;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What a single-table model sees of a seed: the entity's own row, the calendar parts of the prediction time, and how
/// far the visible past ends before it. Columns of a row that is not visible yet are missing.
public final class EntityFeatures {
    private static final int VOCABULARY = 254;

    private final List<String> names = new ArrayList<>();
    private final List<Boolean> categorical = new ArrayList<>();
    private final List<String> columns = new ArrayList<>();

    private final Map<String, List<String>> vocabularies;

    private EntityFeatures(Map<String, List<String>> vocabularies) {
        this.vocabularies = vocabularies;
    }

    /// Computes the features of all rows of `task.seeds`.
    ///
    /// @param connection of the staged database, with `task.seeds`
    /// @param schema of the staged tables
    /// @param entityTable the table whose rows are predicted for
    /// @param withheld columns of that table that are what is predicted
    /// @param vocabularies categories by feature name; one that is not here is read from the data and added
    public static FeatureMatrix build(
            Connection connection,
            Schema schema,
            String entityTable,
            Set<String> withheld,
            Map<String, List<String>> vocabularies)
            throws SQLException {
        EntityFeatures features = new EntityFeatures(vocabularies);
        features.calendar();
        Table table = schema.table(entityTable);
        try (Statement statement = connection.createStatement()) {
            for (Column column : table.columns()) {
                if (!column.dropped() && !withheld.contains(column.name()) && !Tables.isKey(table, column.name())) {
                    features.column(statement, table, column);
                }
            }
            return features.read(statement, entityTable, table.time().isPresent());
        }
    }

    private void calendar() {
        add("time.year", false, "year(s.time)");
        add("time.month", false, "month(s.time)");
        add("time.dayofyear", false, "dayofyear(s.time)");
        add("time.weekday", false, "isodow(s.time)");
        add("time.lag", false, "(epoch_us(s.time) - epoch_us(s.cutoff)) / 86400000000.0");
    }

    private void column(Statement statement, Table table, Column column) throws SQLException {
        String value = "e." + Sql.name(column.name());
        String name = table.name() + "." + column.name();
        switch (column.type()) {
            case NUMERICAL -> add(name, false, SqlTypes.number(value, column.sqlType()));
            case BOOLEAN -> add(name, false, SqlTypes.truth(value, column.sqlType()));
            case TIMESTAMP ->
                add(name + ".age", false, "(epoch_us(s.time) - epoch_us((" + value + ")::TIMESTAMP)) / 86400000000.0");
            case CATEGORICAL -> {
                if (!vocabularies.containsKey(name)) {
                    vocabularies.put(name, vocabulary(statement, table.name(), column.name()));
                }
                String list = String.join(
                        ", ", vocabularies.get(name).stream().map(Sql::text).toList());
                add(
                        name,
                        true,
                        "CASE WHEN %1$s IS NOT NULL THEN coalesce(list_position([%2$s]::VARCHAR[], (%1$s)::VARCHAR), 0) END"
                                .formatted(value, list));
            }
            case TEXT, IDENTIFIER -> {}
        }
    }

    private static List<String> vocabulary(Statement statement, String table, String column) throws SQLException {
        String sql = """
                SELECT (e.%1$s)::VARCHAR AS v FROM %2$s e WHERE v IS NOT NULL
                GROUP BY v ORDER BY count(*) DESC, v LIMIT %3$d""".formatted(Sql.name(column), Sql.table(table), VOCABULARY);
        List<String> out = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                out.add(rows.getString(1));
            }
        }
        return out;
    }

    private void add(String name, boolean category, String sql) {
        names.add(name);
        categorical.add(category);
        columns.add("coalesce((" + sql + ")::FLOAT, 'nan'::FLOAT)");
    }

    private FeatureMatrix read(Statement statement, String entityTable, boolean timed) throws SQLException {
        String visible = timed ? " AND e._time <= s.cutoff" : "";
        String sql = "SELECT " + String.join(", ", columns) + " FROM task.seeds s LEFT JOIN " + Sql.table(entityTable)
                + " e ON e._row = s.entity" + visible + " ORDER BY s.seed";
        int width = names.size();
        float[] values = new float[1024 * width];
        int count = 0;
        try (ResultSet rows = statement.executeQuery(sql)) {
            for (; rows.next(); count++) {
                if ((count + 1) * width > values.length) {
                    values = java.util.Arrays.copyOf(values, values.length * 2);
                }
                for (int j = 0; j < width; j++) {
                    values[count * width + j] = rows.getFloat(j + 1);
                }
            }
        }
        boolean[] flags = new boolean[width];
        for (int j = 0; j < width; j++) {
            flags[j] = categorical.get(j);
        }
        return new FeatureMatrix(names, flags, count, java.util.Arrays.copyOf(values, count * width));
    }
}
