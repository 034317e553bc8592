package dev.hypha.relational.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.hypha.graph.sampling.Pick;
import dev.hypha.graph.sampling.TemporalSampler;
import dev.hypha.learn.Progress;
import dev.hypha.learn.TaskKind;
import dev.hypha.relational.audit.Finding.Kind;
import dev.hypha.relational.plan.DatabaseGraph;
import dev.hypha.relational.plan.GraphPlan;
import dev.hypha.relational.task.SeedTable;
import dev.hypha.relational.windows.FeatureMatrix;
import dev.hypha.relational.windows.Target;
import dev.hypha.relational.windows.WindowFeatures;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Rows that reach a prediction: recomputed values, and the rows of a batch.
class PastOnlyTest {
    private Shop shop;

    @BeforeEach
    void open() throws SQLException {
        shop = new Shop();
    }

    @AfterEach
    void close() throws SQLException {
        shop.close();
    }

    /// Orders of the customer so far, and their amounts' sum.
    private static FeatureMatrix orders(Connection connection, String until) throws SQLException {
        List<double[]> rows = new Sheet(connection)
                .rows("SELECT count(o.id), sum(o.amount) FROM task.seeds s"
                        + " LEFT JOIN data.orders o ON o.customer_id = s.key AND o._time <= " + until
                        + " GROUP BY s.seed ORDER BY s.seed");
        float[] values = new float[2 * rows.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) rows.get(i / 2)[i % 2];
        }
        return new FeatureMatrix(List.of("orders", "amount"), new boolean[2], rows.size(), values);
    }

    private List<Finding> check(String until, long key) throws SQLException {
        PastOnly.Computation computation = connection -> orders(connection, until);
        return PastOnly.check(shop.task(), computation.on(shop.tables().connection()), computation, key);
    }

    @Test
    void featuresOfThePastAreTheSameWithoutTheFuture() throws SQLException {
        assertThat(check("s.cutoff", 1)).isEmpty();
    }

    @Test
    void featuresThatLookAheadAreNamed() throws SQLException {
        assertThat(check("s.cutoff + INTERVAL 20 DAY", 1))
                .extracting(Finding::kind, Finding::severity, Finding::place)
                .containsExactlyInAnyOrder(
                        tuple(Kind.FUTURE_ROW, Severity.LEAK, "customers.orders"),
                        tuple(Kind.FUTURE_ROW, Severity.LEAK, "customers.amount"));
    }

    @Test
    void theGeneratedWindowsLookAtThePastAlone() throws SQLException {
        Target target = new Target("customers", List.of(), 0, TimeUnit.DAYS.toMicros(30));
        shop.orders(", 'kind ' || (i % 5) AS kind");
        Map<String, List<String>> vocabularies = new TreeMap<>();
        PastOnly.Computation windows =
                connection -> WindowFeatures.build(connection, shop.tables().schema(), target, vocabularies);
        FeatureMatrix used = windows.on(shop.tables().connection());
        assertThat(used.columns()).isGreaterThan(10);
        assertThat(vocabularies).isNotEmpty();
        assertThat(PastOnly.check(shop.task(), used, windows, 1)).isEmpty();

        float[] ahead = used.values().clone();
        for (int i = 0; i < ahead.length; i += used.columns()) {
            ahead[i]++;
        }
        FeatureMatrix wrong = new FeatureMatrix(used.names(), used.categorical(), used.rows(), ahead);
        assertThat(PastOnly.check(shop.task(), wrong, windows, 1)).hasSize(1);
    }

    @Test
    void theDatabaseIsAsBefore() throws SQLException {
        check("s.cutoff", 2);
        Sheet sheet = new Sheet(shop.tables().connection());
        assertThat(sheet.number("SELECT count(*) FROM data.orders")).isEqualTo(9000);
        assertThat(sheet.number("SELECT count(*) FROM duckdb_databases() WHERE database_name = 'hypha_past'"))
                .isZero();
        assertThat(check("s.cutoff", 3)).isEmpty();
    }

    @Test
    void rowsOfABatchUpToTheCutoffAreFineEqualTimesIncluded() throws SQLException {
        shop.tables()
                .execute(
                        "UPDATE data.orders SET _time = (SELECT cutoff FROM task.seeds WHERE seed = 7) WHERE _row = 11");
        assertThat(new BatchRows("orders", new int[] {7}, new int[] {11}).check(shop.task()))
                .isEmpty();
        shop.tables().execute("UPDATE data.orders SET _time = _time + INTERVAL 1 MICROSECOND WHERE _row = 11");
        assertThat(new BatchRows("orders", new int[] {7}, new int[] {11}).check(shop.task()))
                .singleElement()
                .satisfies(f -> assertThat(f.message()).startsWith("1 of 1 rows of orders in a batch are later"));
    }

    @Test
    void rowsWithoutATimeInATimedTableAreNeverSeen() throws SQLException {
        shop.tables().execute("UPDATE data.orders SET _time = NULL WHERE _row = 11");
        assertThat(new BatchRows("orders", new int[] {7, 8}, new int[] {11, 11}).check(shop.task()))
                .hasSize(1);
        shop.tables().add("plain", "SELECT 1 AS x", "", "", Map.of());
        assertThat(new BatchRows("plain", new int[] {7}, new int[] {0}).check(shop.task()))
                .isEmpty();
    }

    /// What a sampler shows to twenty predictions, when it is given these microseconds more than their cutoffs.
    private List<BatchRows> sampled(long lateness) throws SQLException {
        GraphPlan plan = GraphPlan.of(shop.tables().schema());
        SeedTable table = SeedTable.read(shop.tables().connection(), "customers", TaskKind.BINARY);
        int[] seeds = IntStream.range(0, 20).map(i -> 100 + 37 * i).toArray();
        int[] nodes = IntStream.of(seeds).map(i -> table.entity()[i]).toArray();
        long[] cutoffs =
                IntStream.of(seeds).mapToLong(i -> table.cutoff()[i] + lateness).toArray();
        try (DatabaseGraph read = DatabaseGraph.read(shop.tables().connection(), plan, Progress.SILENT)) {
            return BatchRows.of(
                    new TemporalSampler(new int[] {-1, 4}, Pick.LAST).sample(read.graph(), 0, nodes, cutoffs, 1),
                    seeds);
        }
    }

    @Test
    void whatTheSamplerShowsIsNotLaterThanTheCutoff() throws SQLException {
        for (BatchRows rows : sampled(0)) {
            assertThat(rows.check(shop.task())).isEmpty();
        }
        assertThat(sampled(TimeUnit.DAYS.toMicros(100)).get(1).check(shop.task()))
                .extracting(Finding::place)
                .containsExactly("orders");
    }

    @Test
    void rowsAndSeedsComeInPairs() {
        assertThatThrownBy(() -> new BatchRows("orders", new int[] {7}, new int[0]))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
