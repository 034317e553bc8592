package dev.hypha.relational.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypha.relational.audit.Finding.Kind;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Timestamps later than their row is seen.
class LaterValueCheckTest extends AuditedShop {
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
}
