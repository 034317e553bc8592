package dev.hypha.relational.audit;

import dev.hypha.relational.audit.Finding.Kind;
import dev.hypha.relational.database.Sql;
import dev.hypha.relational.schema.Table;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.duckdb.DuckDBConnection;

/// Computes values a second time on a database from which all rows later than the cutoff are gone: what changes came
/// from
/// the future. The reduced database is a second one made of views, so nothing is copied.
public final class PastOnly {
    private static final String PAST = "hypha_past";

    /// How many different cutoffs are tried, and how many predictions at each.
    private static final int CUTOFFS = 4;

    private static final int SEEDS = 25;

    /// Sums in another order differ by rounding.
    private static final double TOLERANCE = 1e-6;

    private PastOnly() {}

    /// @param key for the choice of cutoffs and predictions
    /// @return a leak for each value that differs, at most one per name
    public static List<Finding> check(AuditTask task, SeedValues values, long key) throws SQLException {
        Set<String> changed = new LinkedHashSet<>();
        for (long cutoff : cutoffs(task, key)) {
            int[] seeds = seeds(task, cutoff);
            double[][] all = values.of(task.connection(), seeds);
            double[][] past = inThePast(task, cutoff, values, seeds);
            changed.addAll(differences(values.names(), all, past));
        }
        List<Finding> findings = new ArrayList<>();
        for (String name : changed) {
            findings.add(new Finding(
                    Kind.FUTURE_ROW,
                    Severity.LEAK,
                    task.entityTable(),
                    name,
                    "the value " + name + " of a prediction changes when all rows after its cutoff are removed",
                    Map.of(),
                    "This is a defect of the value's computation; leave it out and report it."));
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
        String sql = "SELECT seed FROM task.seeds WHERE epoch_us(cutoff) = " + cutoff
                + " ORDER BY hash(seed), seed LIMIT " + SEEDS;
        return task.sheet().rows(sql).stream().mapToInt(r -> (int) r[0]).toArray();
    }

    private static double[][] inThePast(AuditTask task, long cutoff, SeedValues values, int[] seeds)
            throws SQLException {
        try (Connection past = task.connection().unwrap(DuckDBConnection.class).duplicate()) {
            Sheet sheet = new Sheet(past);
            String now = currentDatabase(past);
            sheet.execute("ATTACH ':memory:' AS " + PAST);
            try {
                stage(task, sheet, now, cutoff);
                sheet.execute("USE " + PAST);
                return values.of(past, seeds);
            } finally {
                sheet.execute("USE " + Sql.name(now), "DETACH " + PAST);
            }
        }
    }

    private static void stage(AuditTask task, Sheet sheet, String now, long cutoff) throws SQLException {
        sheet.execute("CREATE SCHEMA " + PAST + ".data", "CREATE SCHEMA " + PAST + ".task");
        for (Table table : task.schema().tables()) {
            String visible = table.time().isPresent() ? " WHERE epoch_us(_time) <= " + cutoff : "";
            view(sheet, now, "data", table.name(), visible);
        }
        for (String table : taskTables(sheet.connection(), now)) {
            view(sheet, now, "task", table, "");
        }
    }

    private static void view(Sheet sheet, String now, String schema, String table, String where) throws SQLException {
        String name = "." + schema + "." + Sql.name(table);
        sheet.execute("CREATE VIEW " + PAST + name + " AS SELECT * FROM " + Sql.name(now) + name + where);
    }

    private static String currentDatabase(Connection connection) throws SQLException {
        return texts(connection, "SELECT current_database()").getFirst();
    }

    private static List<String> taskTables(Connection connection, String database) throws SQLException {
        return texts(
                connection,
                "SELECT table_name FROM information_schema.tables WHERE table_schema = 'task' AND table_catalog = "
                        + Sql.text(database));
    }

    private static List<String> texts(Connection connection, String sql) throws SQLException {
        List<String> texts = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
        }
        return texts;
    }

    private static Set<String> differences(List<String> names, double[][] all, double[][] past) {
        Set<String> changed = new LinkedHashSet<>();
        for (int i = 0; i < all.length; i++) {
            for (int j = 0; j < names.size(); j++) {
                if (!equal(all[i][j], past[i][j])) {
                    changed.add(names.get(j));
                }
            }
        }
        return changed;
    }

    private static boolean equal(double a, double b) {
        return Double.compare(a, b) == 0 || Math.abs(a - b) <= TOLERANCE * (1 + Math.max(Math.abs(a), Math.abs(b)));
    }
}
