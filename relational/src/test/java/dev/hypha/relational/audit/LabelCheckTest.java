package dev.hypha.relational.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypha.learn.TaskKind;
import dev.hypha.relational.audit.Finding.Kind;
import java.sql.SQLException;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Columns that give the label away are found, those that merely relate to it are not.
class LabelCheckTest extends AuditedShop {
    @Test
    void aFlagThatEqualsTheLabelIsALeak() throws SQLException {
        shop.customers(", i % 2 = 0 AS churned");
        shop.plantLastOrders();
        assertOnly(shop.findings(), Kind.LABEL_IN_COLUMN, Severity.LEAK, "customers.churned");
    }

    @Test
    void aFlagUnrelatedToTheLabelIsNone() throws SQLException {
        shop.customers(", hash('flag' || i) % 2 = 0 AS churned");
        shop.plantLastOrders();
        assertThat(shop.findings()).isEmpty();
    }

    @Test
    void aNearlyPerfectFlagIsAWarning() throws SQLException {
        shop.customers(", (i % 2 = 0) <> (i % 120 = 7) AS churned");
        shop.plantLastOrders();
        assertOnly(shop.findings(), Kind.LABEL_IN_COLUMN, Severity.WARNING, "customers.churned");
    }

    @Test
    void aStateInTextOrFilledOnlyForOneOutcomeIsALeakToo() throws SQLException {
        shop.customers(
                ", CASE WHEN i % 2 = 1 THEN 'active' WHEN i % 4 = 0 THEN 'left' ELSE 'moved' END AS state,"
                        + " CASE WHEN i % 2 = 0 THEN 'reason ' || i END AS reason, CASE WHEN i % 2 = 0 THEN -i ELSE i END AS balance");
        shop.plantLastOrders();
        assertThat(shop.findings())
                .allMatch(f -> f.kind() == Kind.LABEL_IN_COLUMN && f.severity() == Severity.LEAK)
                .extracting(Finding::place)
                .containsExactlyInAnyOrder("customers.state", "customers.reason", "customers.balance");
    }

    @Test
    void aRowLinkedOneToOneIsLookedAtAndVisibleRowsOnly() throws SQLException {
        shop.plantLastOrders();
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
        shop.plantLastOrders();
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
        shop.plantLastOrders();
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
}
