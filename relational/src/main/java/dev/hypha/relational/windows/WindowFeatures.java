package dev.hypha.relational.windows;

import dev.hypha.relational.database.Sql;
import dev.hypha.relational.schema.Schema;
import dev.hypha.relational.schema.Table;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Aggregates of the past of each seed, generated along the foreign keys and computed in SQL. Only rows with
/// `_time <= cutoff` of the seed are looked at; an entity whose own row is later than that has no past yet.
public final class WindowFeatures {
    /// The most columns by default.
    public static final int LIMIT = 600;

    private static final int VOCABULARY = 254;

    private final Connection connection;
    private final Table entity;
    private final Plan plan;
    private final Map<String, List<String>> vocabularies;
    private float[] out;
    private int seeds;

    private WindowFeatures(Connection connection, Table entity, Plan plan, Map<String, List<String>> vocabularies) {
        this.connection = connection;
        this.entity = entity;
        this.plan = plan;
        this.vocabularies = vocabularies;
    }

    /// Computes the features of all rows of `task.seeds`.
    ///
    /// @param connection of the staged database, with `task.seeds`
    /// @param schema of the staged tables
    /// @param target what is predicted
    /// @param vocabularies categories by feature name, a category's code being its place; a feature that has
    ///     none here gets those of the data, which are added, so that the same codes can be given again later
    public static FeatureMatrix build(
            Connection connection, Schema schema, Target target, Map<String, List<String>> vocabularies)
            throws SQLException {
        Table entity = schema.table(target.entityTable());
        return new WindowFeatures(connection, entity, Plan.of(schema, target, LIMIT), vocabularies).compute();
    }

    /// How many columns [#build] makes.
    public static int columns(Schema schema, Target target) {
        return Plan.of(schema, target, LIMIT).features().size();
    }

    /// The same with the categories of the data.
    public static FeatureMatrix build(Connection connection, Schema schema, Target target) throws SQLException {
        return build(connection, schema, target, new HashMap<>());
    }

    private FeatureMatrix compute() throws SQLException {
        List<Feature> features = plan.features();
        try (Statement statement = connection.createStatement()) {
            seeds = count(statement);
            out = new float[Math.multiplyExact(seeds, features.size())];
            subjects(statement);
            int column = 0;
            for (int i = 0; i < plan.streams().size(); i++) {
                int index = i;
                List<Feature> mine =
                        features.stream().filter(f -> f.stream() == index).toList();
                boolean walked = plan.parents().stream().anyMatch(p -> p.stream() == index);
                if (!mine.isEmpty() || walked) {
                    stream(statement, i, mine, column);
                }
                column += mine.size();
            }
        }
        boolean[] categorical = new boolean[features.size()];
        List<String> names = new ArrayList<>();
        for (int j = 0; j < categorical.length; j++) {
            categorical[j] = features.get(j).categorical();
            names.add(features.get(j).name());
        }
        return new FeatureMatrix(names, categorical, seeds, out);
    }

    private static int count(Statement statement) throws SQLException {
        try (ResultSet rows = statement.executeQuery("SELECT count(*) FROM task.seeds")) {
            rows.next();
            return rows.getInt(1);
        }
    }

    /// The entity as subject 0, and everyone as the one group 0. An entity that is not there at the cutoff has no
    /// facts then, even where some are dated before it: the sampler shows it none either.
    private void subjects(Statement statement) throws SQLException {
        String there = entity.time().isPresent() ? " AND e._time <= s.cutoff" : "";
        statement.execute("CREATE OR REPLACE TEMP TABLE window_subject0 AS SELECT s.seed, e._row AS g,"
                + " epoch_us(s.cutoff) AS instant, epoch_us(s.time) AS time FROM task.seeds s LEFT JOIN "
                + Sql.table(entity.name()) + " e ON e._row = s.entity" + there);
        statement.execute(
                "CREATE OR REPLACE TEMP TABLE window_every AS SELECT seed, 0 AS g, instant, time FROM window_subject0");
    }

    private void stream(Statement statement, int index, List<Feature> mine, int column) throws SQLException {
        Stream stream = plan.streams().get(index);
        statement.execute("CREATE OR REPLACE TEMP TABLE window_stream AS " + stream.sql());
        for (Feature feature : mine) {
            if (feature.categorical() && !vocabularies.containsKey(feature.name())) {
                vocabularies.put(feature.name(), vocabulary(statement, feature.value()));
            }
        }
        for (int p = 0; p < plan.parents().size(); p++) {
            if (plan.parents().get(p).stream() == index) {
                statement.execute(walk(p));
            }
        }
        if (!mine.isEmpty()) {
            String subject = stream.role() == Stream.Role.EVERY ? "window_every" : "window_subject" + stream.subject();
            String sql = new StreamQuery(
                            "window_stream", subject, mine, vocabularies, plan.seasonMicros(), plan.lengthMicros())
                    .sql();
            read(statement, sql, mine.size(), column);
        }
        statement.execute("DROP TABLE window_stream");
    }

    private List<String> vocabulary(Statement statement, int value) throws SQLException {
        String sql = """
                SELECT v%1$d FROM window_stream
                WHERE v%1$d IS NOT NULL AND instant <= (SELECT max(instant) FROM window_subject0)
                GROUP BY v%1$d ORDER BY count(*) DESC, v%1$d LIMIT %2$d""".formatted(value, VOCABULARY);
        List<String> out = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                out.add(rows.getString(1));
            }
        }
        return out;
    }

    /// The subject whose groups are the rows that the entity's facts last referred to.
    private String walk(int parent) {
        int value = plan.parents().get(parent).value();
        return """
                CREATE OR REPLACE TEMP TABLE window_subject%d AS
                WITH points AS (SELECT DISTINCT g, instant FROM window_subject0),
                known AS (SELECT g, instant, v%2$d AS parent FROM window_stream WHERE v%2$d IS NOT NULL
                  QUALIFY row_number() OVER (PARTITION BY g, instant ORDER BY n DESC) = 1),
                last AS (SELECT p.g, p.instant, k.parent FROM points p ASOF JOIN known k ON p.g = k.g AND p.instant >= k.instant)
                SELECT s.seed, l.parent AS g, s.instant, s.time FROM window_subject0 s LEFT JOIN last l USING (g, instant)""".formatted(parent + 1, value);
    }

    private void read(Statement statement, String sql, int width, int column) throws SQLException {
        int all = plan.features().size();
        try (ResultSet rows = statement.executeQuery(sql)) {
            for (int row = 0; rows.next(); row++) {
                int base = row * all + column;
                for (int j = 0; j < width; j++) {
                    out[base + j] = rows.getFloat(j + 1);
                }
            }
        }
    }
}
