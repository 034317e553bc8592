package dev.hypha.relational.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.hypha.relational.audit.Finding.Kind;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
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

    /// Orders of the customer so far, and the amounts' sum.
    private record Orders(String until) implements SeedValues {
        @Override
        public List<String> names() {
            return List.of("orders", "amount");
        }

        @Override
        public double[][] of(Connection connection, int[] seeds) throws SQLException {
            String chosen = Arrays.stream(seeds).mapToObj(Integer::toString).collect(Collectors.joining(", "));
            return new Sheet(connection)
                    .rows(
                            "SELECT count(o.id), sum(o.amount) FROM task.seeds s LEFT JOIN data.orders o ON o.customer_id = s.key AND o._time <= "
                                    + until + " WHERE s.seed IN (" + chosen
                                    + ") GROUP BY s.seed ORDER BY list_position([" + chosen + "], s.seed)")
                    .toArray(double[][]::new);
        }
    }

    @Test
    void valuesOfThePastAreTheSameWithoutTheFuture() throws SQLException {
        assertThat(PastOnly.check(shop.task(), new Orders("s.cutoff"), 1)).isEmpty();
    }

    @Test
    void valuesThatLookAheadAreNamed() throws SQLException {
        assertThat(PastOnly.check(shop.task(), new Orders("s.cutoff + INTERVAL 20 DAY"), 1))
                .extracting(Finding::kind, Finding::severity, Finding::place)
                .containsExactly(
                        tuple(Kind.FUTURE_ROW, Severity.LEAK, "customers.orders"),
                        tuple(Kind.FUTURE_ROW, Severity.LEAK, "customers.amount"));
    }

    @Test
    void theDatabaseIsAsBefore() throws SQLException {
        PastOnly.check(shop.task(), new Orders("s.cutoff"), 2);
        assertThat(new Sheet(shop.tables().connection()).number("SELECT count(*) FROM data.orders"))
                .isEqualTo(9000);
        assertThat(new Sheet(shop.tables().connection())
                        .number("SELECT count(*) FROM duckdb_databases() WHERE database_name = 'hypha_past'"))
                .isZero();
        assertThat(PastOnly.check(shop.task(), new Orders("s.cutoff"), 3)).isEmpty();
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

    @Test
    void rowsAndSeedsComeInPairs() {
        assertThatThrownBy(() -> new BatchRows("orders", new int[] {7}, new int[0]))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
