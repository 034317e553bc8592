package dev.hypha.relational.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hypha.graph.InputException;
import dev.hypha.learn.Progress;
import dev.hypha.learn.TaskKind;
import dev.hypha.relational.audit.Finding.Kind;
import dev.hypha.relational.encode.ColumnRef;
import dev.hypha.relational.schema.ColumnType;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Each check: a planted leak is found and named, its clean twin is not.
class LeakAuditTest {
    private Shop shop;

    @BeforeEach
    void open() throws SQLException {
        shop = new Shop();
    }

    @AfterEach
    void close() throws SQLException {
        shop.close();
    }

    private static void assertOnly(List<Finding> findings, Kind kind, Severity severity, String place) {
        assertThat(findings).singleElement().satisfies(f -> {
            assertThat(f.kind()).isEqualTo(kind);
            assertThat(f.severity()).isEqualTo(severity);
            assertThat(f.place()).isEqualTo(place);
            assertThat(f.remedy()).isNotEmpty();
        });
    }

    @Test
    void aCleanShopHasNoFindings() throws SQLException {
        assertThat(shop.findings()).isEmpty();
    }

    // --- columns that give the label away ---

    /// Customers who never order in the whole of the data's last half, as somebody would mark them afterwards.
    private void plantLastOrders() throws SQLException {
        shop.tables()
                .execute("CREATE OR REPLACE TABLE gone AS SELECT id AS gone_id FROM data.customers WHERE id % 2 = 0");
        shop.tables()
                .execute("DELETE FROM data.orders WHERE customer_id IN (FROM gone) AND _time > TIMESTAMP '2020-01-01'");
        shop.tables()
                .execute(
                        "INSERT INTO data.orders SELECT 100000 + row_number() OVER (), c.id, t, 1, 100000 + row_number() OVER (), t FROM data.customers c,"
                                + " (SELECT unnest(range(TIMESTAMP '2020-01-03', TIMESTAMP '2021-12-01', INTERVAL 20 DAY)) AS t) WHERE c.id NOT IN (FROM gone)");
        shop.seeds();
    }

    @Test
    void aFlagThatEqualsTheLabelIsALeak() throws SQLException {
        shop.customers(", i % 2 = 0 AS churned");
        plantLastOrders();
        assertOnly(shop.findings(), Kind.LABEL_IN_COLUMN, Severity.LEAK, "customers.churned");
    }

    @Test
    void aFlagUnrelatedToTheLabelIsNone() throws SQLException {
        shop.customers(", hash('flag' || i) % 2 = 0 AS churned");
        plantLastOrders();
        assertThat(shop.findings()).isEmpty();
    }

    @Test
    void aNearlyPerfectFlagIsAWarning() throws SQLException {
        shop.customers(", (i % 2 = 0) <> (i % 120 = 7) AS churned");
        plantLastOrders();
        assertOnly(shop.findings(), Kind.LABEL_IN_COLUMN, Severity.WARNING, "customers.churned");
    }

    @Test
    void aStateInTextOrFilledOnlyForOneOutcomeIsALeakToo() throws SQLException {
        shop.customers(
                ", CASE WHEN i % 2 = 1 THEN 'active' WHEN i % 4 = 0 THEN 'left' ELSE 'moved' END AS state,"
                        + " CASE WHEN i % 2 = 0 THEN 'reason ' || i END AS reason, CASE WHEN i % 2 = 0 THEN -i ELSE i END AS balance");
        plantLastOrders();
        assertThat(shop.findings())
                .allMatch(f -> f.kind() == Kind.LABEL_IN_COLUMN && f.severity() == Severity.LEAK)
                .extracting(Finding::place)
                .containsExactlyInAnyOrder("customers.state", "customers.reason", "customers.balance");
    }

    @Test
    void aRowLinkedOneToOneIsLookedAtAndVisibleRowsOnly() throws SQLException {
        plantLastOrders();
        shop.tables()
                .add(
                        "accounts",
                        "SELECT i AS id, i AS customer_id, i % 2 = 0 AS closed FROM range(300) r(i)",
                        "id",
                        "",
                        Map.of(),
                        "customer_id -> customers.id");
        assertOnly(shop.findings(), Kind.LABEL_IN_COLUMN, Severity.LEAK, "accounts.closed");

        shop.tables()
                .add(
                        "accounts",
                        "SELECT i AS id, i AS customer_id, i % 2 = 0 AS closed, DATE '2021-11-01' AS day FROM range(300) r(i)",
                        "id",
                        "day",
                        Map.of(),
                        "customer_id -> customers.id");
        assertThat(shop.findings()).isEmpty();
    }

    @Test
    void theNumberOfRowsWithoutTimeIsLookedAt() throws SQLException {
        plantLastOrders();
        shop.tables()
                .add(
                        "complaints",
                        "SELECT i AS id, i % 300 AS customer_id FROM range(900) r(i) WHERE i % 2 = 0",
                        "id",
                        "",
                        Map.of(),
                        "customer_id -> customers.id");
        assertOnly(shop.findings(), Kind.LABEL_IN_COLUMN, Severity.LEAK, "complaints");
        shop.tables()
                .add(
                        "complaints",
                        "SELECT i AS id, hash('any' || i) % 300 AS customer_id FROM range(900) r(i)",
                        "id",
                        "",
                        Map.of(),
                        "customer_id -> customers.id");
        assertThat(shop.findings()).isEmpty();
    }

    @Test
    void aNameThatOccursOnceIsIdentityAndNoLeak() throws SQLException {
        // Here every customer always has the same outcome, so a name "tells" it, but only of that customer.
        shop.customers(", 'c' || i AS nick");
        plantLastOrders();
        assertThat(shop.findings()).isEmpty();
    }

    @Test
    void aColumnThatEqualsANumberIsALeakAndANoisyOneIsNot() throws SQLException {
        shop.customers(", 3 * stays + 7 AS exact, exp(9 * stays) AS monotone, stays + 0.3 * "
                + Shop.chance("i", "noise") + " AS noisy");
        shop.tables().execute("UPDATE task.seeds SET label = " + Shop.chance("entity", "stays"));
        assertThat(Shop.findings(shop.task(TaskKind.REGRESSION, Set.of())))
                .allMatch(f -> f.severity() == Severity.LEAK)
                .extracting(Finding::place)
                .containsExactlyInAnyOrder("customers.exact", "customers.monotone");
    }

    @Test
    void oneClassOfManyIsEnough() throws SQLException {
        shop.customers(", hash('kind' || i) % 4 = 2 AS second");
        shop.tables().execute("UPDATE task.seeds SET label = hash('kind' || entity) % 4");
        assertOnly(
                Shop.findings(shop.task(TaskKind.MULTICLASS, Set.of())),
                Kind.LABEL_IN_COLUMN,
                Severity.LEAK,
                "customers.second");
    }

    @Test
    void labelsOfSeveralClassesAreLookedAtOneByOne() throws SQLException {
        shop.customers(", hash('tag' || i) % 3 = 0 AS tagged");
        shop.tables().execute("UPDATE task.seeds SET label = NULL");
        shop.tables()
                .execute(
                        "CREATE TABLE task.seed_labels AS SELECT seed, 0 AS class FROM task.seeds WHERE hash('tag' || entity) % 3 = 0"
                                + " UNION ALL SELECT seed, 1 FROM task.seeds WHERE hash('other' || seed) % 3 = 0");
        assertOnly(
                Shop.findings(shop.task(TaskKind.MULTILABEL, Set.of())),
                Kind.LABEL_IN_COLUMN,
                Severity.LEAK,
                "customers.tagged");
    }

    @Test
    void withoutTimeACopyIsALeakButARelationKnownEverywhereIsAWarning() throws SQLException {
        String member = ", CASE WHEN i % 10 <> 0 THEN hash('member' || i) % 2 END AS member";
        shop.customers(member + ", CASE WHEN i % 10 <> 0 THEN 5 + hash('member' || i) % 2 END AS copy");
        assertOnly(
                Shop.findings(shop.timeless(TaskKind.BINARY, "member")),
                Kind.LABEL_IN_COLUMN,
                Severity.LEAK,
                "customers.copy");
        shop.customers(member + ", 5 + hash('member' || i) % 2 AS card");
        assertOnly(
                Shop.findings(shop.timeless(TaskKind.BINARY, "member")),
                Kind.LABEL_IN_COLUMN,
                Severity.WARNING,
                "customers.card");
        shop.customers(member);
        assertThat(Shop.findings(shop.timeless(TaskKind.BINARY, "member"))).isEmpty();
    }

    // --- timestamps later than the row is seen ---

    @Test
    void aDateOfTheFutureInAnEntityWithoutTimeIsALeak() throws SQLException {
        shop.tables()
                .execute(
                        "CREATE TABLE last AS SELECT customer_id, max(_time) AS t FROM data.orders GROUP BY customer_id");
        shop.customers(", (SELECT t FROM last WHERE customer_id = i) AS last_order_date");
        assertThat(shop.findings())
                .anySatisfy(f -> assertOnly(List.of(f), Kind.LATER_VALUE, Severity.LEAK, "customers.last_order_date"));
        shop.customers(
                ", (SELECT least(t, TIMESTAMP '2019-12-01') FROM last WHERE customer_id = i) AS last_order_date");
        assertThat(shop.findings()).isEmpty();
    }

    @Test
    void aFewLaterDatesAreAWarning() throws SQLException {
        shop.customers(", CASE WHEN i % 50 = 0 THEN DATE '2030-01-01' ELSE DATE '2019-01-01' END AS until");
        assertOnly(shop.findings(), Kind.LATER_VALUE, Severity.WARNING, "customers.until");
    }

    @Test
    void aDateLaterThanItsOwnRowIsAWarningUnlessDropped() throws SQLException {
        shop.orders(", ordered + INTERVAL 3 DAY AS delivered_at");
        assertOnly(shop.findings(), Kind.LATER_VALUE, Severity.WARNING, "orders.delivered_at");
        shop.orders(", ordered - INTERVAL 3 DAY AS asked_at, CAST(ordered AS DATE) AS day");
        assertThat(shop.findings()).isEmpty();
    }

    @Test
    void rowsTimedByDayMayCarryAnHourOfThatDay() throws SQLException {
        shop.tables()
                .add(
                        "visits",
                        "SELECT i AS id, i % 300 AS customer_id, DATE '2019-01-01' + CAST(i % 900 AS INTEGER) AS day,"
                                + " TIMESTAMP '2019-01-01 17:00:00' + INTERVAL 1 DAY * (i % 900) AS moment FROM range(3000) r(i)",
                        "id",
                        "day",
                        Map.of(),
                        "customer_id -> customers.id");
        assertThat(shop.findings()).isEmpty();
    }

    // --- rows without time ---

    @Test
    void rowsWithoutTimeThatReferToLaterRowsAreALeak() throws SQLException {
        shop.tables()
                .add(
                        "lines",
                        "SELECT i AS id, i % 9000 AS order_id, hash('any' || i) % 9 AS amount FROM range(20000) r(i)",
                        "id",
                        "",
                        Map.of(),
                        "order_id -> orders.id");
        assertOnly(shop.findings(), Kind.ROWS_WITHOUT_TIME, Severity.LEAK, "lines.order_id");
        shop.tables()
                .add(
                        "lines",
                        "SELECT i AS id, i % 9000 AS order_id, hash('any' || i) % 9 AS amount, (SELECT o._time FROM data.orders o WHERE o.id = i % 9000) AS sold FROM range(20000) r(i)",
                        "id",
                        "sold",
                        Map.of(),
                        "order_id -> orders.id");
        assertThat(shop.findings()).isEmpty();
    }

    @Test
    void rowsWithoutTimeButWithALateTimestampAreALeak() throws SQLException {
        String calls =
                "SELECT i AS id, hash('any' || i) % 300 AS customer_id, DATE '2019-01-01' + CAST(i % 1000 AS INTEGER) AS called FROM range(2000) r(i)";
        shop.tables().add("calls", calls, "id", "", Map.of(), "customer_id -> customers.id");
        assertOnly(shop.findings(), Kind.ROWS_WITHOUT_TIME, Severity.LEAK, "calls.called");
        shop.tables().add("calls", calls, "id", "called", Map.of(), "customer_id -> customers.id");
        assertThat(shop.findings()).isEmpty();
    }

    // --- selection ---

    @Test
    void entitiesSelectedBeforeTheirFirstFactAreFound() throws SQLException {
        shop.tables().execute("DELETE FROM data.orders WHERE customer_id < 60 AND _time < TIMESTAMP '2021-05-01'");
        shop.seeds("true");
        assertOnly(shop.findings(), Kind.SELECTED_BEFORE_EXISTING, Severity.WARNING, "customers");
        shop.tables().execute("DELETE FROM data.orders WHERE customer_id < 200 AND _time < TIMESTAMP '2021-05-01'");
        shop.seeds("true");
        assertThat(shop.findings())
                .anySatisfy(f -> assertOnly(List.of(f), Kind.SELECTED_BEFORE_EXISTING, Severity.LEAK, "customers"));
        shop.seeds();
        assertThat(shop.findings()).isEmpty();
    }

    @Test
    void aSelectionByPresentValuesIsNoted() throws SQLException {
        AuditTask task = shop.task(TaskKind.BINARY, Set.of(new ColumnRef("customers", "city")));
        assertOnly(
                LeakAudit.run(task, Progress.SILENT).findings(),
                Kind.SELECTED_BY_PRESENT_VALUE,
                Severity.NOTE,
                "customers.city");
        assertThat(LeakAudit.run(shop.task(), Progress.SILENT).findings()).isEmpty();
    }

    // --- the list of predictions ---

    @Test
    void aCutoffAfterThePredictionIsALeak() throws SQLException {
        shop.tables().execute("UPDATE task.seeds SET cutoff = time + INTERVAL 1 SECOND WHERE seed = 5");
        assertOnly(shop.findings(), Kind.FUTURE_ROW, Severity.LEAK, "task.seeds.cutoff");
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
        assertOnly(shop.findings(), Kind.REPEATED_SEED, Severity.WARNING, "task.seeds");
        shop.tables().execute("UPDATE task.seeds SET split = 'augment' WHERE seed = 100000");
        assertThat(shop.findings()).isEmpty();
        shop.tables().execute("UPDATE task.seeds SET split = 'test' WHERE seed = 100000");
        assertThat(shop.findings())
                .anySatisfy(f -> assertOnly(List.of(f), Kind.REPEATED_SEED, Severity.LEAK, "task.seeds"));
    }

    @Test
    void labelsKnownOnlyAfterTheNextSplitBeginsAreALeak() throws SQLException {
        shop.tables().execute("UPDATE task.seeds SET split = 'train' WHERE time = TIMESTAMP '2021-04-02'");
        assertThat(shop.findings()).isEmpty();
        AuditTask longer = new AuditTask(
                shop.tables().connection(),
                shop.tables().schema(),
                "customers",
                TaskKind.BINARY,
                Set.of(),
                Set.of(),
                Optional.of(Shop.LABEL_KNOWN + " + INTERVAL 1 MICROSECOND"),
                false);
        assertOnly(Shop.findings(longer), Kind.OVERLAPPING_SPLITS, Severity.LEAK, "task.seeds.time");
        assertThat(Shop.findings(longer).getFirst().evidence().get("sameEntity"))
                .isPositive();
    }

    @Test
    void validationMayNotReachIntoTheTest() throws SQLException {
        shop.tables()
                .execute(
                        "UPDATE task.seeds SET time = TIMESTAMP '2021-07-20', cutoff = TIMESTAMP '2021-07-20' WHERE time = TIMESTAMP '2021-06-02'");
        assertOnly(shop.findings(), Kind.OVERLAPPING_SPLITS, Severity.LEAK, "task.seeds.time");
    }

    @Test
    void ofLabelsWithAnUnknownWindowTheTimesAtLeastAreInOrder() throws SQLException {
        AuditTask unknown = new AuditTask(
                shop.tables().connection(),
                shop.tables().schema(),
                "customers",
                TaskKind.BINARY,
                Set.of(),
                Set.of(),
                Optional.empty(),
                false);
        assertThat(Shop.findings(unknown)).isEmpty();
        shop.tables().execute("UPDATE task.seeds SET split = 'train' WHERE seed IN (SELECT max(seed) FROM task.seeds)");
        assertOnly(Shop.findings(unknown), Kind.OVERLAPPING_SPLITS, Severity.LEAK, "task.seeds.time");
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

    @Test
    void twinsAcrossTestAndTrainingAreCounted() throws SQLException {
        Map<String, ColumnType> named = Map.of("name", ColumnType.IDENTIFIER);
        shop.customers(", CASE WHEN i % 10 <> 0 THEN hash('member' || i) % 2 END AS member", "", named);
        AuditTask task = shop.timeless(TaskKind.BINARY, "member");
        assertThat(Shop.findings(task)).isEmpty();
        shop.tables()
                .execute("UPDATE data.customers SET city = 'here', age = 30, size = NULL, signup = DATE '2018-01-01'"
                        + " WHERE _row IN (SELECT entity FROM task.seeds WHERE split = 'test' LIMIT 4)"
                        + " OR _row IN (SELECT entity FROM task.seeds WHERE split = 'train' LIMIT 1)");
        assertOnly(Shop.findings(task), Kind.TWIN_ROWS, Severity.WARNING, "customers");
        assertThat(Shop.findings(task).getFirst().evidence()).containsEntry("rows", 4.0);
    }

    // --- what becomes of findings ---

    @Test
    void leaksStopWithTheirPlaceUnlessTheyAreAllowed() throws SQLException {
        shop.customers(", i % 2 = 0 AS churned, i % 2 = 1 AS stayed");
        plantLastOrders();
        AuditReport report = LeakAudit.run(shop.task(), Progress.SILENT);
        assertThatThrownBy(() -> report.enforce(false, Progress.SILENT))
                .isInstanceOfSatisfying(InputException.class, e -> {
                    assertThat(e.kind()).isEqualTo("leak");
                    assertThat(e.where()).containsEntry("table", "customers").containsEntry("column", "churned");
                    assertThat(e.hint()).contains("--allow-leaks");
                })
                .hasMessageContaining("customers.churned alone tells the label")
                .hasMessageContaining("1 more leak)");
        List<String> warnings = new ArrayList<>();
        Progress progress = new Progress() {
            @Override
            public void warn(String line) {
                warnings.add(line);
            }
        };
        assertThatCode(() -> report.enforce(true, progress)).doesNotThrowAnyException();
        assertThat(warnings).hasSize(2);
    }

    @Test
    void warningsDoNotStop() throws SQLException {
        shop.orders(", ordered + INTERVAL 3 DAY AS delivered_at");
        AuditReport report = LeakAudit.run(shop.task(), Progress.SILENT);
        assertThat(report.findings()).hasSize(1);
        assertThat(report.leaks()).isEmpty();
        assertThatCode(() -> report.enforce(false, Progress.SILENT)).doesNotThrowAnyException();
    }
}
