package dev.hypha.relational.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypha.relational.audit.Finding.Kind;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Rows without time that come into being over time.
class UntimedRowsCheckTest extends AuditedShop {
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
}
