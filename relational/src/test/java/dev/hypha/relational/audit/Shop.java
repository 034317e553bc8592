package dev.hypha.relational.audit;

import dev.hypha.learn.Progress;
import dev.hypha.learn.TaskKind;
import dev.hypha.relational.encode.StagedTables;
import dev.hypha.relational.schema.ColumnType;
import dev.hypha.relational.schema.TableColumn;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A small shop without any leak, for tests to plant one in: customers (no time), their orders over three
/// years, and monthly predictions for customers with a past order whether they order nothing in the 30 days
/// after.
final class Shop implements AutoCloseable {
    static final String LABEL_KNOWN = "time + INTERVAL 30 DAY";

    /// A column of pseudo-random numbers from 0 to 1, fixed by row and salt.
    static String chance(String row, String salt) {
        return "(hash('" + salt + "' || " + row + ") % 1000000 / 1e6)";
    }

    private final StagedTables tables = new StagedTables();

    Shop() throws SQLException {
        customers("");
        orders("");
        seeds();
    }

    StagedTables tables() {
        return tables;
    }

    /// @param more further columns as SQL over `i` (the key) and `stays` (a trait behind the outcome), each
    ///     after a comma
    void customers(String more) throws SQLException {
        customers(more, "", Map.of());
    }

    void customers(String more, String time, Map<String, ColumnType> types) throws SQLException {
        tables.add(
                "customers",
                "SELECT i AS id, 'name ' || i AS name, 'city ' || (hash('city' || i) % 20) AS city, 18 + hash('age' || i) % 60 AS age,"
                        + " 150 + hash('size' || i) % 5000 / 100.0 AS size, DATE '2017-01-01' + CAST(hash('signup' || i) % 700 AS INTEGER) AS signup"
                        + more + " FROM (SELECT i, " + chance("i", "stays") + " AS stays FROM range(300) r(i))",
                "id",
                time,
                types);
    }

    /// @param more further columns as SQL over `i` (the key) and `ordered` (its time), each after a comma
    void orders(String more) throws SQLException {
        tables.add(
                "orders",
                "SELECT i AS id, customer_id, ordered, 5 + hash('amount' || i) % 10000 / 100.0 AS amount" + more
                        + " FROM (SELECT i, hash('customer' || i) % 300 AS customer_id, TIMESTAMP '2019-01-01' + INTERVAL 1 SECOND * CAST("
                        + chance("i", "ordered") + " * 3 * 365 * 86400 AS INTEGER) AS ordered FROM range(9000) r(i))",
                "id",
                "ordered",
                Map.of(),
                "customer_id -> customers.id");
    }

    /// Predictions at the start of each month: training to 2021-02, validation from 2021-04, test from
    /// 2021-08.
    void seeds() throws SQLException {
        seeds("EXISTS (FROM data.orders o WHERE o.customer_id = c.id AND o._time <= t)");
    }

    void seeds(String where) throws SQLException {
        tables.execute("CREATE SCHEMA IF NOT EXISTS task");
        tables.execute("""
                CREATE OR REPLACE TABLE task.seeds AS
                SELECT CAST(row_number() OVER (ORDER BY t, c._row) - 1 AS INTEGER) AS seed, c._row AS entity, c.id AS key, t AS time, t AS cutoff,
                  CASE WHEN t < TIMESTAMP '2021-03-01' THEN 'train' WHEN t < TIMESTAMP '2021-07-01' THEN 'validation' ELSE 'test' END AS split,
                  CAST(NOT EXISTS (FROM data.orders o WHERE o.customer_id = c.id AND o._time > t AND o._time <= t + INTERVAL 30 DAY) AS DOUBLE) AS label
                FROM data.customers c, (SELECT unnest(range(TIMESTAMP '2020-01-02', TIMESTAMP '2021-10-02', INTERVAL 1 MONTH)) AS t)
                WHERE %s AND t NOT IN (TIMESTAMP '2021-03-02', TIMESTAMP '2021-07-02')""".formatted(where));
    }

    /// Customers who never order in the whole of the data's last half, as somebody would mark them
    /// afterwards.
    void plantLastOrders() throws SQLException {
        tables.execute("CREATE OR REPLACE TABLE gone AS SELECT id AS gone_id FROM data.customers WHERE id % 2 = 0");
        tables.execute("DELETE FROM data.orders WHERE customer_id IN (FROM gone) AND _time > TIMESTAMP '2020-01-01'");
        tables.execute(
                "INSERT INTO data.orders SELECT 100000 + row_number() OVER (), c.id, t, 1, 100000 + row_number() OVER (), t FROM data.customers c,"
                        + " (SELECT unnest(range(TIMESTAMP '2020-01-03', TIMESTAMP '2021-12-01', INTERVAL 20 DAY)) AS t) WHERE c.id NOT IN (FROM gone)");
        seeds();
    }

    AuditTask task() {
        return task(TaskKind.BINARY, Set.of());
    }

    AuditTask task(TaskKind kind, Set<TableColumn> selectedBy) {
        return new AuditTask(
                tables.connection(),
                tables.schema(),
                "customers",
                kind,
                Set.of(),
                selectedBy,
                Optional.of(LABEL_KNOWN),
                false,
                false);
    }

    /// A task without time: each customer once, four in five for training; the column `predicted` is the
    /// label.
    AuditTask timeless(TaskKind kind, String predicted) throws SQLException {
        tables.execute("CREATE SCHEMA IF NOT EXISTS task");
        tables.execute(
                "CREATE OR REPLACE TABLE task.seeds AS SELECT _row AS seed, _row AS entity, id AS key, NULL::TIMESTAMP AS time,"
                        + " NULL::TIMESTAMP AS cutoff, CASE WHEN " + predicted
                        + " IS NULL THEN 'predict' WHEN hash('split' || id) % 5 = 0 THEN 'test' ELSE 'train' END"
                        + " AS split, CAST(" + predicted + " AS DOUBLE) AS label FROM data.customers");
        return new AuditTask(
                tables.connection(),
                tables.schema(),
                "customers",
                kind,
                Set.of(new TableColumn("customers", predicted)),
                Set.of(),
                Optional.empty(),
                true,
                true);
    }

    /// What the audit says beyond notes.
    List<Finding> findings() throws SQLException {
        return findings(task());
    }

    static List<Finding> findings(AuditTask task) throws SQLException {
        return LeakAudit.run(task, Progress.SILENT).findings().stream()
                .filter(f -> f.severity() != Severity.NOTE)
                .toList();
    }

    @Override
    public void close() throws SQLException {
        tables.close();
    }
}
