package dev.hypha.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hypha.app.Ran;
import dev.hypha.app.demo.ShopDatabase;
import dev.hypha.app.demo.ShopMaker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SchemaCommandTest {
    @TempDir
    Path folder;

    @Test
    void showsKeysAndTimesOfTheShop() throws Exception {
        Path file = folder.resolve("shop.duckdb");
        ShopDatabase.write(ShopMaker.make(1, 150, 40), file);
        JsonNode object =
                Ran.hypha("schema", file.toString(), "--json", "--quiet").json();
        List<String> tables = new ArrayList<>();
        for (JsonNode table : object.get("tables")) {
            tables.add(table.get("name").asText() + " by "
                    + table.get("key").asText() + " at "
                    + table.get("time").asText());
        }
        assertThat(tables)
                .containsExactlyInAnyOrder(
                        "customers by customer_id at signed_up_at",
                        "order_lines by line_id at ordered_at",
                        "orders by order_id at ordered_at",
                        "products by product_id at launched_at",
                        "returns by return_id at returned_at",
                        "reviews by review_id at reviewed_at",
                        "sessions by session_id at started_at");
        List<String> keys = new ArrayList<>();
        object.get("tables")
                .forEach(table -> table.get("foreignKeys")
                        .forEach(key -> keys.add(table.get("name").asText() + "."
                                + key.get("column").asText() + " "
                                + key.get("table").asText())));
        assertThat(keys)
                .containsExactlyInAnyOrder(
                        "customers.referred_by customers",
                        "orders.customer_id customers",
                        "order_lines.order_id orders",
                        "order_lines.customer_id customers",
                        "order_lines.product_id products",
                        "reviews.customer_id customers",
                        "reviews.product_id products",
                        "returns.customer_id customers",
                        "returns.line_id order_lines",
                        "returns.product_id products",
                        "sessions.customer_id customers");
    }

    @Test
    void theTextNamesTheSameThings() throws Exception {
        Files.writeString(folder.resolve("towns.csv"), "town_id,name\n1,Elm\n2,Oak\n3,Ash\n");
        Files.writeString(
                folder.resolve("visits.csv"),
                "visit_id,town_id,visited_at\n1,1,2024-01-05\n2,3,2024-02-05\n3,3,2024-03-05\n4,9,2024-03-06\n");
        Ran ran = Ran.hypha("schema", folder.toString());
        assertThat(ran.exit()).isZero();
        assertThat(ran.out()).contains("towns", "visited_at", "town_id -> towns.town_id", "1 rows dangling");
    }

    @Test
    void theSchemaFileThatItWritesIsReadBack() throws Exception {
        Files.writeString(folder.resolve("towns.csv"), "town_id,name,size\n1,Elm,3\n2,Oak,5\n3,Ash,4\n");
        Path file = folder.resolveSibling(folder.getFileName() + ".yaml");
        Ran written = Ran.hypha("schema", folder.toString(), "--out", file.toString());
        assertThat(written.out()).isEqualTo("schema file: " + file + System.lineSeparator());
        Ran read = Ran.hypha("schema", folder.toString(), "--schema", file.toString(), "--json");
        Files.delete(file);
        assertThat(read.exit()).isZero();
        assertThat(read.json().at("/tables/0/keyOrigin").asText()).isEqualTo("given");
    }

    @Test
    void aMissingDatabaseIsTheUsersMistake() {
        Ran ran = Ran.hypha("schema", folder.resolve("none.duckdb").toString(), "--json");
        assertThat(ran.exit()).isEqualTo(2);
        assertThat(ran.json().at("/error/message").asText()).contains("none.duckdb");
    }
}
