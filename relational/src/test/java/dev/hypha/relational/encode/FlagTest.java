package dev.hypha.relational.encode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypha.learn.Features;
import dev.hypha.relational.schema.ColumnType;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Truth values.
class FlagTest extends EncodedTables {
    @Test
    void truthIsPlusOrMinusOne() throws SQLException {
        database.add(
                "t",
                "SELECT * FROM (VALUES (true, 'yes'), (false, 'no'), (NULL, 'perhaps')) v(x, word)",
                "",
                "",
                Map.of("word", ColumnType.BOOLEAN));
        Features features = features(fit("2021-01-01"), "t");
        assertThat(column(features, "x", "value")).containsExactly(1, -1, 0);
        assertThat(column(features, "x", "missing")).containsExactly(0, 0, 1);
        assertThat(column(features, "word", "value")).containsExactly(1, -1, 0);
    }
}
