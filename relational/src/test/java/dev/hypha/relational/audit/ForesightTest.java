package dev.hypha.relational.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypha.relational.audit.Finding.Kind;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Columns that know the future: dates ahead that tell the label, and states as of today that tell the test's outcome
/// alone; beside plans and strong columns, which are honest.
class ForesightTest {
    private static final String LAST = "(SELECT max(_time) FROM data.orders WHERE customer_id = i)";

    private Leavers shop;

    @BeforeEach
    void open() throws SQLException {
        shop = new Leavers();
    }

    @AfterEach
    void close() throws SQLException {
        shop.close();
    }

    private Finding at(String place, Kind kind) throws SQLException {
        List<Finding> found = shop.findings().stream()
                .filter(f -> f.place().equals(place) && f.kind() == kind)
                .toList();
        assertThat(found).as(place).hasSize(1);
        return found.getFirst();
    }

    @Test
    void aShopWithoutForesightHasNoFindings() throws SQLException {
        assertThat(shop.findings()).isEmpty();
    }

    @Test
    void theDateOfTheLastOrderStops() throws SQLException {
        shop.customers(", " + LAST + " AS last_order_at");
        Finding found = at("customers.last_order_at", Kind.LATER_VALUE);
        assertThat(found.severity()).isEqualTo(Severity.LEAK);
        assertThat(found.message()).contains("alone tells the label: auroc 0.9").endsWith("on the training rows");
    }

    /// Missing for those who are still there.
    @Test
    void soDoesTheDateOfLeaving() throws SQLException {
        shop.customers(", CASE WHEN leaves < TIMESTAMP '2021-12-31' THEN leaves END AS left_at");
        assertThat(at("customers.left_at", Kind.LATER_VALUE).severity()).isEqualTo(Severity.LEAK);
    }

    @Test
    void datesThatWerePlannedWarnAndNothingMore() throws SQLException {
        shop.customers(", joined + INTERVAL 1 DAY * CAST(hash('card' || i) % 900 AS INTEGER) AS card_until");
        assertThat(at("customers.card_until", Kind.LATER_VALUE).severity()).isEqualTo(Severity.WARNING);
        // A contract that six in ten keep to, to the day.
        shop.customers(", CASE WHEN hash('keeps' || i) % 10 < 6 THEN leaves"
                + " ELSE joined + INTERVAL 1 DAY * CAST(hash('card' || i) % 900 AS INTEGER) END AS contract_until");
        assertThat(shop.findings()).singleElement().satisfies(f -> {
            assertThat(f.severity()).isEqualTo(Severity.WARNING);
            assertThat(f.place()).isEqualTo("customers.contract_until");
        });
    }

    @Test
    void aStateThatEqualsTheLabelInTheTestAloneStops() throws SQLException {
        shop.customers(", " + Leavers.silent("i", "TIMESTAMP '" + Leavers.FIRST_TEST + "'") + " AS churned");
        Finding first = at("customers.churned", Kind.LABEL_IN_COLUMN);
        assertThat(first.severity()).isEqualTo(Severity.LEAK);
        assertThat(first.message()).contains("1.0000 on the test rows of the first time");

        shop.customers(", " + Leavers.silent("i", "TIMESTAMP '" + Leavers.LAST_TEST + "'") + " AS churned");
        assertThat(at("customers.churned", Kind.LABEL_IN_COLUMN).message())
                .contains("on the test rows of the last time");

        shop.tables().execute("DELETE FROM task.seeds WHERE time > TIMESTAMP '" + Leavers.FIRST_TEST + "'");
        shop.customers(", " + Leavers.silent("i", "TIMESTAMP '" + Leavers.FIRST_TEST + "'") + " AS churned");
        assertThat(at("customers.churned", Kind.LABEL_IN_COLUMN).message()).endsWith("1.0000 on the test rows");
    }

    /// What was known before, and a trait behind the outcome; a state of today with mistakes is no proof either.
    @Test
    void strongColumnsThatAreHonestPass() throws SQLException {
        shop.customers(", " + Leavers.silent("i", "TIMESTAMP '2021-05-02'") + " AS quiet,"
                + " leaves - joined < INTERVAL 90 DAY AS trial, epoch(leaves - joined) * (0.7 + 0.6 * "
                + Shop.chance("i", "noise") + ") AS mileage");
        assertThat(shop.findings()).isEmpty();
    }
}
