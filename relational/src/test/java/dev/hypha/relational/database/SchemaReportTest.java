package dev.hypha.relational.database;

import static dev.hypha.relational.database.Samples.open;
import static dev.hypha.relational.database.Samples.write;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SchemaReportTest {
    @TempDir
    Path folder;

    @TempDir
    Path elsewhere;

    private Database shop() {
        write(folder, "customers.csv", "customer_id,town", "1,Elm", "2,Elm");
        write(folder, "orders.csv", "order_id,customer_id,order_date,total", "1,1,2020-01-01,5", "2,7,2020-01-02,6");
        return open(folder, write(elsewhere, "s.yaml", "tables: {orders: {drop: [total], time: order_date}}"));
    }

    @Test
    void theTextIsReadByPeople() {
        try (Database database = shop()) {
            assertThat(database.describe().lines().map(l -> l.strip().replaceAll(" +", " ")))
                    .containsExactly(
                            folder + " (a folder of files): 2 tables, 4 rows",
                            "keys, foreign keys and times are inferred unless marked (declared) by the database or (given) by the"
                                    + " schema file",
                            "",
                            "customers 2 rows key customer_id time none",
                            "categorical town",
                            "",
                            "orders 2 rows key order_id time order_date (given)",
                            "foreign key customer_id -> customers.customer_id, 1 rows dangling",
                            "timestamp order_date",
                            "dropped total",
                            "",
                            "warnings",
                            "customers: the same value in every row in town",
                            "orders.customer_id: 1 of 2 rows refer to no row of customers (dangling foreign key)");
        }
    }

    @Test
    void theTreeIsReadByPrograms() {
        try (Database database = shop()) {
            Map<String, Object> tree = database.describeAsTree();
            assertThat(tree).containsOnlyKeys("database", "kind", "tables", "leftOut", "warnings");
            List<?> tables = (List<?>) tree.get("tables");
            assertThat(tables).hasSize(2);
            Map<?, ?> orders = (Map<?, ?>) tables.get(1);
            assertThat(orders.get("key")).isEqualTo("order_id");
            assertThat(orders.get("time")).isEqualTo("order_date");
            assertThat(orders.get("timeOrigin")).isEqualTo("given");
            assertThat(orders.get("foreignKeys"))
                    .isEqualTo(List.of(Map.of(
                            "column",
                            "customer_id",
                            "table",
                            "customers",
                            "key",
                            "customer_id",
                            "dangling",
                            1L,
                            "origin",
                            "inferred")));
        }
    }
}
