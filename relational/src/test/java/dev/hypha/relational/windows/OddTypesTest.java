package dev.hypha.relational.windows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypha.relational.encode.StagedTables;
import dev.hypha.relational.schema.ColumnType;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// Columns whose SQL type is not the usual one for what they mean.
class OddTypesTest {
    @Test
    void timesOfDayAndTextCountAsNumbersWhereTheSchemaSaysSo() throws SQLException {
        try (StagedTables tables = new StagedTables()) {
            Map<String, ColumnType> types =
                    Map.of("opens", ColumnType.NUMERICAL, "size", ColumnType.NUMERICAL, "member", ColumnType.BOOLEAN);
            String odd = ", TIME '10:00:00' AS opens, CASE WHEN i = 0 THEN 'big' ELSE '7' END AS size, 'yes' AS member";
            tables.add("shops", "SELECT i AS id" + odd + " FROM range(3) r(i)", "id", "", types);
            tables.add(
                    "visits",
                    "SELECT i AS id, i % 3 AS shop_id, DATE '2020-01-01' AS day" + odd + " FROM range(9) r(i)",
                    "id",
                    "day",
                    types,
                    "shop_id -> shops.id");
            tables.execute("CREATE SCHEMA task");
            tables.execute("CREATE TABLE task.seeds AS SELECT i::INTEGER AS seed, i::INTEGER AS entity, i AS key,"
                    + " TIMESTAMP '2020-02-01' AS time, TIMESTAMP '2020-02-01' AS cutoff, 'train' AS split, 1.0 AS label"
                    + " FROM range(3) r(i)");

            FeatureMatrix entity = EntityFeatures.build(
                    tables.connection(), tables.schema(), "shops", java.util.Set.of(), new java.util.HashMap<>());
            assertThat(entity.get(1, entity.names().indexOf("shops.opens"))).isEqualTo(36000);
            assertThat(entity.get(0, entity.names().indexOf("shops.size"))).isNaN();
            assertThat(entity.get(1, entity.names().indexOf("shops.size"))).isEqualTo(7);
            assertThat(entity.get(2, entity.names().indexOf("shops.member"))).isEqualTo(1);

            Target target = new Target("shops", List.of(), 0, TimeUnit.DAYS.toMicros(30));
            FeatureMatrix windows = WindowFeatures.build(tables.connection(), tables.schema(), target);
            assertThat(windows.names()).anyMatch(n -> n.contains("opens"));
            assertThat(windows.names()).anyMatch(n -> n.contains("size"));
        }
    }
}
