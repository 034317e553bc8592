package dev.hypha.relational.encode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hypha.learn.Features;
import dev.hypha.relational.schema.ColumnType;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Instants and the cycles of the calendar that vary.
class MomentTest extends EncodedTables {
    @Test
    void timesGiveTheirInstantAndTheCyclesThatVaryAlsoBefore1970() throws SQLException {
        database.add("t", """
                SELECT * FROM (VALUES (TIMESTAMP '1931-04-07 00:00:00'), (TIMESTAMP '2020-01-06 00:00:00'),
                  (TIMESTAMP 'infinity'), (NULL)) v(x)""", "", "", AS_THEY_ARE);
        Encoding encoding = fit("2021-01-01");
        assertThat(((Moment) encoder(encoding, "t", "x")).cycles())
                .containsExactlyInAnyOrder(Moment.Cycle.MONTH, Moment.Cycle.DAY_OF_WEEK);
        Features features = features(encoding, "t");
        assertThat(features.times()[0])
                .containsExactly(micros("1931-04-07"), micros("2020-01-06"), Long.MAX_VALUE, Long.MAX_VALUE);
        // 7 April 1931 was a Tuesday, 6 January 2020 a Monday.
        assertThat(column(features, "x", "day of week sine")[0])
                .isCloseTo((float) Math.sin(2 * Math.PI / 7), within(1e-6f));
        assertThat(column(features, "x", "day of week cosine")[1]).isEqualTo(1);
        assertThat(column(features, "x", "month cosine")[0]).isCloseTo(0, within(1e-6f));
        assertThat(column(features, "x", "missing")).containsExactly(0, 0, 1, 1);
    }

    @Test
    void datesAndTextReadAsInstants() throws SQLException {
        database.add("t", """
                SELECT * FROM (VALUES (DATE '2020-01-02', '2020-01-02', 2020), (DATE '2020-01-03', 'soon', 2021)) v(a, c, year)""", "", "", Map.of("c", ColumnType.TIMESTAMP, "year", ColumnType.TIMESTAMP));
        Encoding encoding = fit("2021-01-01");
        Features features = features(encoding, "t");
        assertThat(features.times()).hasDimensions(2, 2);
        assertThat(features.times()[0]).containsExactly(micros("2020-01-02"), micros("2020-01-03"));
        assertThat(features.times()[1]).containsExactly(micros("2020-01-02"), Long.MAX_VALUE);
        assertThat(encoder(encoding, "t", "year")).isEqualTo(new LeftOut("always missing"));
    }
}
