package dev.hypha.relational.audit;

import dev.hypha.learn.TaskKind;
import dev.hypha.relational.encode.StagedTables;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Customers who join and leave over three years, each on days of their own, and order every few weeks in between; and
/// predictions for who ordered in the past 60 days whether they order nothing in the next 60.
final class Leavers implements AutoCloseable {
    static final String FIRST_TEST = "2021-08-02";
    static final String LAST_TEST = "2021-10-02";

    private final StagedTables tables = new StagedTables();

    Leavers() throws SQLException {
        tables.execute("CREATE TABLE lives AS SELECT i, TIMESTAMP '2019-01-01' + INTERVAL 1 HOUR * CAST(24000 * "
                + Shop.chance("i", "joined") + " AS INTEGER) AS joined,"
                + " joined + INTERVAL 1 HOUR * CAST(-300 * 24 * ln(1e-6 + " + Shop.chance("i", "stay")
                + ") AS INTEGER) AS leaves, 8 + hash('gap' || i) % 32 AS gap FROM range(3000) r(i)");
        tables.add(
                "orders",
                "SELECT row_number() OVER (ORDER BY i, k) - 1 AS id, i AS customer_id, joined + INTERVAL 1 HOUR * CAST(24 * gap * (k + 0.8 * "
                        + Shop.chance("i || '-' || k", "jitter") + ") AS INTEGER) AS ordered"
                        + " FROM lives, range(140) r(k) WHERE ordered < least(leaves, TIMESTAMP '2021-12-31')",
                "id",
                "ordered",
                Map.of());
        customers("");
        tables.execute("CREATE SCHEMA task");
        tables.execute("""
                CREATE TABLE task.seeds AS
                SELECT CAST(row_number() OVER (ORDER BY t, c._row) - 1 AS INTEGER) AS seed, c._row AS entity, c.id AS key, t AS time, t AS cutoff,
                  CASE WHEN t < TIMESTAMP '2021-03-01' THEN 'train' WHEN t < TIMESTAMP '2021-07-01' THEN 'validation' ELSE 'test' END AS split,
                  CAST(%s AS DOUBLE) AS label
                FROM data.customers c, (SELECT unnest(range(TIMESTAMP '2020-01-02', TIMESTAMP '2021-10-03', INTERVAL 1 MONTH)) AS t)
                WHERE month(t) <> 7 AND t NOT IN (TIMESTAMP '2021-03-02', TIMESTAMP '2021-04-02')
                AND EXISTS (FROM data.orders o WHERE o.customer_id = c.id AND o._time > t - INTERVAL 60 DAY AND o._time <= t)""".formatted(silent("c.id", "t")));
    }

    /// SQL for whether a customer orders nothing in the 60 days after a time.
    static String silent(String customer, String time) {
        return "NOT EXISTS (FROM data.orders o WHERE o.customer_id = %s AND o._time > %2$s AND o._time <= %2$s + INTERVAL 60 DAY)"
                .formatted(customer, time);
    }

    StagedTables tables() {
        return tables;
    }

    /// @param more further columns as SQL over `i` (the key), `joined` and `leaves`, each after a comma
    void customers(String more) throws SQLException {
        tables.add("customers", "SELECT i AS id, joined" + more + " FROM lives ORDER BY i", "id", "joined", Map.of());
    }

    List<Finding> findings() throws SQLException {
        return Shop.findings(new AuditTask(
                tables.connection(),
                tables.schema(),
                "customers",
                TaskKind.BINARY,
                Set.of(),
                Set.of(),
                Optional.of("time + INTERVAL 60 DAY"),
                false,
                false));
    }

    @Override
    public void close() throws SQLException {
        tables.close();
    }
}
