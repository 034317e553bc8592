package dev.hypha.relational.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hypha.graph.InputException;
import dev.hypha.relational.schema.ColumnType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every example of `docs/predictive-query.md` is a query of its example database, and every error there is what is
/// answered.
class SpecificationTest {
    private static StagedTables tables;

    @BeforeAll
    static void stage() {
        tables = new StagedTables();
        tables.table("cities", "city_id", Map.of(), null, Map.of(), "SELECT 1 AS city_id, 'NZ' AS country");
        tables.table(
                "customers",
                "customer_id",
                Map.of("city_id", "cities.city_id"),
                "signed_up",
                Map.of(),
                "SELECT 1 AS customer_id, 1 AS city_id, 'new' AS segment, 30 AS age, TRUE AS active, DATE '2020-01-01' AS signed_up");
        tables.table(
                "orders",
                "order_id",
                Map.of("customer_id", "customers.customer_id"),
                "placed",
                Map.of(),
                "SELECT 1 AS order_id, 1 AS customer_id, 'paid' AS status, 0.1 AS discount, DATE '2020-02-01' AS placed");
        tables.table(
                "products",
                "product_id",
                Map.of(),
                null,
                Map.of("category", ColumnType.CATEGORICAL),
                "SELECT 1 AS product_id, 'toys' AS category, 2.5 AS weight");
        tables.table(
                "lines",
                "line_id",
                Map.of("order_id", "orders.order_id", "product_id", "products.product_id"),
                "DATE '2020-02-01'",
                Map.of(),
                "SELECT 1 AS line_id, 1 AS order_id, 1 AS product_id, 2 AS quantity, 9.5 AS price");
        tables.table(
                "transfers",
                "transfer_id",
                Map.of("sender", "customers.customer_id", "receiver", "customers.customer_id"),
                "made",
                Map.of(),
                "SELECT 1 AS transfer_id, 1 AS sender, 1 AS receiver, 5 AS amount, DATE '2020-02-01' AS made");
        tables.run("CREATE TABLE pairs AS SELECT 0 AS entity, TIMESTAMP '2020-01-15' AS time");
    }

    @AfterAll
    static void close() {
        tables.close();
    }

    private static List<String> blocks(String language) {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("docs/predictive-query.md"))) folder = folder.getParent();
        String page;
        try {
            page = Files.readString(folder.resolve("docs/predictive-query.md"));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        Matcher found =
                Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL).matcher(page);
        List<String> blocks = new ArrayList<>();
        while (found.find()) blocks.add(found.group(1));
        return blocks;
    }

    static Stream<String> examples() {
        return blocks("pq").stream();
    }

    static Stream<String> errors() {
        return blocks("error").stream();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void examplesRun(String text) {
        Query query = Query.parse(text);
        assertThat(Query.parse(query.toString())).hasToString(query.toString());
        CheckedQuery checked = CheckedQuery.of(query, tables.schema());
        for (Pairing pairing : Pairing.values()) {
            assertThat(tables.rows(checked.labels("pairs", pairing))).hasSizeLessThanOrEqualTo(1);
        }
    }

    @ParameterizedTest
    @MethodSource("errors")
    void errorsAreAsTheyAreShown(String block) {
        int last = block.stripTrailing().lastIndexOf('\n');
        String text = block.substring(0, last);
        String expected = block.substring(last).strip();
        assertThatThrownBy(() -> CheckedQuery.of(Query.parse(text), tables.schema()))
                .isInstanceOfSatisfying(
                        InputException.class,
                        e -> assertThat(e.kind() + ": " + e.getMessage()).isEqualTo(expected));
    }

    /// At t = 15 January the customer has one line of toys to come, worth 9.5, within a month.
    @Test
    void theExampleOfSqlMeansWhatItSays() {
        CheckedQuery query = CheckedQuery.of(
                Query.parse(
                        "PREDICT COUNT(lines.* WHERE products.category = 'toys', 0, 1, MONTHS) FOR EACH customers.customer_id"),
                tables.schema());
        assertThat(tables.rows(query.labels("pairs", Pairing.SHARED_TIMES))
                        .getFirst()
                        .get(2))
                .isEqualTo(1.0);
    }
}
