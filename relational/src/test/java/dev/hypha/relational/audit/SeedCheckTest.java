package dev.hypha.relational.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypha.learn.TaskKind;
import dev.hypha.relational.audit.Finding.Kind;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// The list of predictions: repeated, unborn, overlapping or shared ones.
class SeedCheckTest extends AuditedShop {
    @Test
    void aCutoffAfterThePredictionIsALeak() throws SQLException {
        shop.tables().execute("UPDATE task.seeds SET cutoff = time + INTERVAL 1 SECOND WHERE seed = 5");
        assertOnly(shop.findings(), Kind.FUTURE_ROW, Severity.LEAK, Finding.SEEDS);
        shop.tables().execute("UPDATE task.seeds SET cutoff = time - INTERVAL 1 SECOND WHERE seed = 5");
        assertThat(shop.findings()).isEmpty();
    }

    @Test
    void anEntityThatIsNotYetThereIsALeak() throws SQLException {
        shop.customers("", "signup", Map.of());
        assertThat(shop.findings()).isEmpty();
        shop.tables().execute("UPDATE data.customers SET _time = TIMESTAMP '2020-06-01' WHERE id = 3");
        assertOnly(shop.findings(), Kind.FUTURE_ROW, Severity.LEAK, "customers");
        shop.tables().execute("DELETE FROM task.seeds WHERE key = 3 AND time < TIMESTAMP '2020-06-01'");
        shop.tables().execute("UPDATE task.seeds SET cutoff = TIMESTAMP '2020-01-02'");
        assertThat(shop.findings()).isEmpty();
        shop.tables().execute("UPDATE data.customers SET _time = NULL WHERE id = 3");
        assertOnly(shop.findings(), Kind.FUTURE_ROW, Severity.LEAK, "customers");
    }

    @Test
    void repeatedPredictionsWarnInOneSplitAndStopAcrossTwo() throws SQLException {
        shop.tables().execute("INSERT INTO task.seeds SELECT 100000, * EXCLUDE (seed) FROM task.seeds WHERE seed = 5");
        assertOnly(shop.findings(), Kind.REPEATED_SEED, Severity.WARNING, Finding.SEEDS);
        shop.tables().execute("UPDATE task.seeds SET split = 'augment' WHERE seed = 100000");
        assertThat(shop.findings()).isEmpty();
        shop.tables().execute("UPDATE task.seeds SET split = 'test' WHERE seed = 100000");
        assertThat(shop.findings())
                .anySatisfy(f -> assertOnly(List.of(f), Kind.REPEATED_SEED, Severity.LEAK, Finding.SEEDS));
    }

    @Test
    void labelsKnownOnlyAfterTheNextSplitBeginsAreALeak() throws SQLException {
        shop.tables().execute("UPDATE task.seeds SET split = 'train' WHERE time = TIMESTAMP '2021-04-02'");
        assertThat(shop.findings()).isEmpty();
        AuditTask longer = task(Optional.of(Shop.LABEL_KNOWN + " + INTERVAL 1 MICROSECOND"), false);
        assertOnly(Shop.findings(longer), Kind.OVERLAPPING_SPLITS, Severity.LEAK, Finding.SEEDS);
        assertThat(Shop.findings(longer).getFirst().evidence().get("sameEntity"))
                .isPositive();
    }

    @Test
    void validationMayNotReachIntoTheTest() throws SQLException {
        shop.tables()
                .execute(
                        "UPDATE task.seeds SET time = TIMESTAMP '2021-07-20', cutoff = TIMESTAMP '2021-07-20' WHERE time = TIMESTAMP '2021-06-02'");
        assertOnly(shop.findings(), Kind.OVERLAPPING_SPLITS, Severity.LEAK, Finding.SEEDS);
    }

    @Test
    void ofLabelsWithAnUnknownWindowTheTimesAtLeastAreInOrder() throws SQLException {
        AuditTask unknown = task(Optional.empty(), false);
        assertThat(Shop.findings(unknown)).isEmpty();
        shop.tables().execute("UPDATE task.seeds SET split = 'train' WHERE seed IN (SELECT max(seed) FROM task.seeds)");
        assertOnly(Shop.findings(unknown), Kind.OVERLAPPING_SPLITS, Severity.LEAK, Finding.SEEDS);
    }

    @Test
    void withoutTimeNoEntityIsInTwoSplits() throws SQLException {
        shop.customers(", CASE WHEN i % 10 <> 0 THEN hash('member' || i) % 2 END AS member");
        AuditTask task = shop.timeless(TaskKind.BINARY, "member");
        assertThat(Shop.findings(task)).isEmpty();
        shop.tables()
                .execute(
                        "INSERT INTO task.seeds SELECT * REPLACE (1000 AS seed, 'test' AS split) FROM task.seeds WHERE split = 'train' LIMIT 1");
        assertThat(Shop.findings(task))
                .anySatisfy(f -> assertOnly(List.of(f), Kind.SHARED_ENTITY, Severity.LEAK, "customers"));
    }

    /// Split by key, all splits ask at the same times; that no entity is in two of them is what matters.
    @Test
    void splitsByKeyShareTimesButNoEntity() throws SQLException {
        shop.tables()
                .execute("UPDATE task.seeds SET split = CASE WHEN entity % 5 = 0 THEN 'test' WHEN entity % 5 = 1"
                        + " THEN 'validation' ELSE 'train' END");
        assertOnly(
                Shop.findings(task(Optional.empty(), false)).subList(0, 1),
                Kind.OVERLAPPING_SPLITS,
                Severity.LEAK,
                Finding.SEEDS);
        assertThat(Shop.findings(task(Optional.empty(), true))).isEmpty();
        shop.tables().execute("UPDATE task.seeds SET split = 'train' WHERE seed = 0");
        shop.tables().execute("UPDATE task.seeds SET split = 'test' WHERE seed = 300");
        assertOnly(Shop.findings(task(Optional.empty(), true)), Kind.SHARED_ENTITY, Severity.LEAK, "customers");
    }

    private AuditTask task(Optional<String> labelKnown, boolean splitByKey) {
        return new AuditTask(
                shop.tables().connection(),
                shop.tables().schema(),
                "customers",
                TaskKind.BINARY,
                Set.of(),
                Set.of(),
                labelKnown,
                splitByKey,
                false);
    }
}
