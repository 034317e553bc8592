package dev.hypha.relational.encode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hypha.learn.Features;
import dev.hypha.relational.schema.ColumnType;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Numbers: scaled by what training may see, bounded, missing ones marked.
class NumericalTest extends EncodedTables {
    @Test
    void numbersAreScaledByMedianAndSpreadOfTheRowsTrainingMaySee() throws SQLException {
        SplittableRandom random = new SplittableRandom(7);
        List<String> rows = new ArrayList<>();
        List<Double> seen = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            double x = Math.rint(1000 * random.nextGaussian(50, 12)) / 1000;
            boolean late = i >= 300;
            rows.add("(" + (late ? 1000 * x : x) + "::DOUBLE, DATE '" + (late ? "2021-06-01" : "2020-06-01") + "')");
            if (!late) {
                seen.add(x);
            }
        }
        database.add("t", "SELECT * FROM (VALUES " + String.join(",", rows) + ") v(x, d)", "", "d", AS_THEY_ARE);
        Encoding encoding = fit("2021-01-01");

        seen.sort(null);
        double center = quantile(seen, 0.5);
        double scale = (quantile(seen, 0.75) - quantile(seen, 0.25)) / 1.349;
        Numerical fitted = (Numerical) encoder(encoding, "t", "x");
        assertThat(fitted.center()).isCloseTo(center, within(1e-9));
        assertThat(fitted.scale()).isCloseTo(scale, within(1e-9));
        assertThat(fitted.log()).isFalse();
        assertThat(fitted.missing()).isFalse();
        float[] values = column(features(encoding, "t"), "x", "value");
        double first = Double.parseDouble(rows.get(0).substring(1, rows.get(0).indexOf(':')));
        assertThat(values[0]).isCloseTo((float) ((first - center) / scale), within(1e-5f));
        assertThat(values[399]).isEqualTo(Numerical.CLIP);
    }

    @Test
    void heavyTailsGoThroughTheLogarithmAndItIsStored() throws SQLException {
        database.add(
                "t",
                "SELECT exp(i / 50.0) AS x, i AS flat, CASE WHEN i % 20 = 0 THEN -40 ELSE 45 + i / 1e3 END AS latitude FROM range(1000) r(i)",
                "",
                "",
                AS_THEY_ARE);
        Encoding encoding = fit("2021-01-01");
        Numerical heavy = (Numerical) encoder(encoding, "t", "x");
        assertThat(heavy.log()).isTrue();
        assertThat(((Numerical) encoder(encoding, "t", "flat")).log()).isFalse();
        // Most close together and far from zero: a tail, but not one that a logarithm shortens.
        assertThat(((Numerical) encoder(encoding, "t", "latitude")).log()).isFalse();
        assertThat(heavy.encode(Math.exp(19)))
                .isCloseTo((float) ((Math.log1p(Math.exp(19)) - heavy.center()) / heavy.scale()), within(1e-5f));
        assertThat(heavy.encode(-1)).isNegative();
    }

    @Test
    void mostlyZeroCountsStillHaveASpread() throws SQLException {
        database.add(
                "t", "SELECT CASE WHEN i % 50 = 0 THEN 3 ELSE 0 END AS x FROM range(1000) r(i)", "", "", AS_THEY_ARE);
        Numerical fitted = (Numerical) encoder(fit("2021-01-01"), "t", "x");
        assertThat(fitted.encode(0)).isZero();
        assertThat(fitted.encode(3)).isGreaterThan(0.5f);
    }

    @Test
    void missingAndNonFiniteNumbersAreTheCenterAndMarked() throws SQLException {
        database.add(
                "t",
                "SELECT * FROM (VALUES (1::DOUBLE), (2), (3), (NULL), ('nan'::DOUBLE), ('inf'::DOUBLE), ('-inf'::DOUBLE), (1e308), (-1e308)) v(x)",
                "",
                "",
                AS_THEY_ARE);
        Encoding encoding = fit("2021-01-01");
        Features features = features(encoding, "t");
        assertThat(column(features, "x", "missing")).containsExactly(0, 0, 0, 1, 1, 1, 1, 0, 0);
        float[] values = column(features, "x", "value");
        assertThat(Arrays.copyOfRange(values, 3, 7)).containsOnly(0);
        for (float value : values) {
            assertThat(value).isBetween(-Numerical.CLIP, Numerical.CLIP);
        }
        ColumnStatistics statistics = encoding.table("t").columns().getFirst().statistics();
        assertThat(statistics).isEqualTo(new ColumnStatistics(9, 4, 3, 5));
        assertThat(encoding.columns().getFirst().note()).isEqualTo("3 of 9 values are no numerical");
    }

    @Test
    void timesOfDayDatesAndTextReadAsNumbersWhereTheSchemaSaysSo() throws SQLException {
        database.add("t", """
                SELECT * FROM (VALUES
                  (1.5::DECIMAL(10, 2), 170141183460469231731687303715884105727::HUGEINT, TIME '10:00:00', DATE '2020-01-01', '12'),
                  (2.5, 5, TIME '11:00:00', DATE '2020-01-02', 'x'),
                  (3.5, 6, TIME '12:00:00', DATE '2020-01-03', '14')) v(a, b, c, d, e)""", "", "", Map.of("d", ColumnType.NUMERICAL, "e", ColumnType.NUMERICAL));
        Features features = features(fit("2021-01-01"), "t");
        assertThat(column(features, "a", "value")[1]).isZero();
        assertThat(column(features, "c", "value")[1]).isZero();
        assertThat(column(features, "d", "value")[2]).isPositive();
        assertThat(column(features, "e", "missing")).containsExactly(0, 1, 0);
    }

    /// Linear interpolation between order statistics, written out.
    private static double quantile(List<Double> sorted, double p) {
        double at = p * (sorted.size() - 1);
        int low = (int) Math.floor(at);
        int high = Math.min(low + 1, sorted.size() - 1);
        return sorted.get(low) + (at - low) * (sorted.get(high) - sorted.get(low));
    }
}
