package dev.hypha.relational.audit;

import dev.hypha.relational.audit.Finding.Kind;
import dev.hypha.relational.database.Sql;
import dev.hypha.relational.schema.Table;
import dev.hypha.relational.windows.FeatureMatrix;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.duckdb.DuckDBConnection;

/// Computes features of predictions a second time on a database from which all rows later than the cutoff are gone:
/// what changes came from the future. The reduced database is a second one made of views, so nothing is copied.
public final class PastOnly {
    private static final String PAST = "hypha_past";

    /// How many different cutoffs are tried, and how many predictions at each.
    private static final int CUTOFFS = 2;

    private static final int SEEDS = 25;

    /// Sums in another order differ by rounding, in single precision.
    private static final double TOLERANCE = 1e-4;

    private PastOnly() {}

    /// Computes features of all rows of `task.seeds` by SQL on the schemas `data` and `task` of a connection.
    public interface Computation {
        /// @param connection to a database with these schemas under these names, of which `seed` is dense
        FeatureMatrix on(Connection connection) throws SQLException;
    }

    /// The computation has to take categories' codes as they were given out before: counted anew they would differ.
    ///
    /// @param used the features as models get them
    /// @param again the computation that made them
    /// @param key for the choice of cutoffs and predictions
    /// @return a leak for each feature that differs
    public static List<Finding> check(AuditTask task, FeatureMatrix used, Computation again, long key)
            throws SQLException {
        Set<String> changed = new LinkedHashSet<>();
        for (long cutoff : cutoffs(task, key)) {
            int[] seeds = seeds(task, cutoff);
            changed.addAll(differences(used.rows(seeds), inThePast(task, cutoff, again, seeds)));
        }
        List<Finding> findings = new ArrayList<>();
        for (String name : changed) {
            findings.add(new Finding(
                    Kind.FUTURE_ROW,
                    Severity.LEAK,
                    task.entityTable(),
                    name,
                    "the feature " + name + " changes when all rows after the cutoff are removed",
                    Map.of(),
                    "This is a defect of the feature's computation; report it."));
        }
        return findings;
    }

    private static List<Long> cutoffs(AuditTask task, long key) throws SQLException {
        List<double[]> rows = task.sheet()
                .rows("SELECT DISTINCT epoch_us(cutoff) AS c FROM task.seeds WHERE cutoff IS NOT NULL ORDER BY c");
        SplittableRandom random = new SplittableRandom(key);
        Set<Long> chosen = new LinkedHashSet<>();
        for (int i = 0; i < CUTOFFS && !rows.isEmpty(); i++) {
            chosen.add((long) rows.get(random.nextInt(rows.size()))[0]);
        }
        return List.copyOf(chosen);
    }

    private static int[] seeds(AuditTask task, long cutoff) throws SQLException {
        String sql = "SELECT seed FROM (SELECT seed FROM task.seeds WHERE epoch_us(cutoff) = " + cutoff
                + " ORDER BY hash(seed), seed LIMIT " + SEEDS + ") ORDER BY seed";
        return task.sheet().rows(sql).stream().mapToInt(r -> (int) r[0]).toArray();
    }

    private static FeatureMatrix inThePast(AuditTask task, long cutoff, Computation again, int[] seeds)
            throws SQLException {
        try (Connection past = task.connection().unwrap(DuckDBConnection.class).duplicate()) {
            Sheet sheet = new Sheet(past);
            String now = currentDatabase(past);
            sheet.execute("ATTACH ':memory:' AS " + PAST);
            try {
                stage(task, sheet, now, cutoff, seeds);
                sheet.execute("USE " + PAST);
                return again.on(past);
            } finally {
                sheet.execute("USE " + Sql.name(now), "DETACH " + PAST);
            }
        }
    }

    private static void stage(AuditTask task, Sheet sheet, String now, long cutoff, int[] seeds) throws SQLException {
        sheet.execute("CREATE SCHEMA " + PAST + ".data", "CREATE SCHEMA " + PAST + ".task");
        for (Table table : task.schema().tables()) {
            String name = "." + Sql.table(table.name());
            String visible = table.time().isPresent() ? " WHERE epoch_us(_time) <= " + cutoff : "";
            sheet.execute("CREATE VIEW " + PAST + name + " AS SELECT * FROM " + Sql.name(now) + name + visible);
        }
        String chosen = Arrays.stream(seeds).mapToObj(Integer::toString).collect(Collectors.joining(", "));
        sheet.execute("CREATE TABLE " + PAST + ".task.seeds AS SELECT * REPLACE ("
                + "CAST(row_number() OVER (ORDER BY seed) - 1 AS INTEGER) AS seed) FROM " + Sql.name(now)
                + ".task.seeds WHERE seed IN (" + chosen + ")");
    }

    private static String currentDatabase(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT current_database()")) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static Set<String> differences(FeatureMatrix used, FeatureMatrix past) {
        if (past.rows() != used.rows() || !past.names().equals(used.names())) {
            throw new IllegalStateException("the past gives other features: " + past.names() + ", not " + used.names());
        }
        Set<String> changed = new LinkedHashSet<>();
        for (int i = 0; i < used.rows(); i++) {
            for (int j = 0; j < used.columns(); j++) {
                if (!equal(used.get(i, j), past.get(i, j))) {
                    changed.add(used.names().get(j));
                }
            }
        }
        return changed;
    }

    private static boolean equal(double a, double b) {
        return Double.compare(a, b) == 0 || Math.abs(a - b) <= TOLERANCE * (1 + Math.max(Math.abs(a), Math.abs(b)));
    }
}
