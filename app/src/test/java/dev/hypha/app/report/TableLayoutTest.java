package dev.hypha.app.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hypha.app.report.TableLayout.Place;
import java.util.HashSet;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TableLayoutTest {
    @Test
    void columnsCountForeignKeysFromTheTableAskedAbout() {
        JsonNode tables = SampleRun.binary().at("/report/schema/tables");
        TableLayout layout = TableLayout.of(tables, "customers");
        assertThat(layout.places().get("customers")).isEqualTo(new Place(0, 0));
        assertThat(layout.places().get("orders").column()).isEqualTo(1);
        assertThat(layout.places().get("products").column()).isEqualTo(2);
        assertThat(layout.places().get("holidays").column()).isEqualTo(3);
        assertThat(layout.columns()).isEqualTo(4);
        assertThat(layout.rows()).isEqualTo(5);
    }

    @Test
    void anUnknownCenterLeavesOneColumn() {
        TableLayout layout = TableLayout.of(SampleRun.binary().at("/report/schema/tables"), "");
        assertThat(layout.columns()).isEqualTo(1);
        assertThat(layout.places()).hasSize(8);
    }

    @Test
    void everyTableOfAnySchemaHasAPlaceOfItsOwn() {
        for (long seed = 0; seed < 200; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            ArrayNode tables = JsonNodeFactory.instance.arrayNode();
            int n = random.nextInt(12);
            for (int i = 0; i < n; i++) {
                ObjectNode table = tables.addObject().put("name", "t" + i);
                ArrayNode keys = table.putArray("foreignKeys");
                for (int k = random.nextInt(4); k > 0; k--) {
                    // One in n + 1 points to a table that is not there.
                    keys.addObject().put("column", "c" + k).put("table", "t" + random.nextInt(n + 1));
                }
            }
            TableLayout layout = TableLayout.of(tables, "t0");
            assertThat(new HashSet<>(layout.places().values()))
                    .as("seed %d", seed)
                    .hasSize(n);
            assertThat(layout.places().values())
                    .as("seed %d", seed)
                    .allMatch(place -> place.column() < layout.columns() && place.row() < layout.rows());
        }
    }
}
