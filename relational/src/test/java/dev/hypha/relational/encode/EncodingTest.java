package dev.hypha.relational.encode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.hypha.graph.InputException;
import dev.hypha.learn.Features;
import dev.hypha.learn.Progress;
import dev.hypha.relational.schema.ColumnType;
import dev.hypha.relational.schema.TableColumn;
import dev.hypha.tensor.Memory;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EncodingTest {
    private static final Map<String, ColumnType> AS_THEY_ARE = Map.of();

    private StagedTables database;
    private Memory memory;

    @BeforeEach
    void open() throws SQLException {
        database = new StagedTables();
        memory = Memory.unlimited();
    }

    @AfterEach
    void close() throws SQLException {
        database.close();
        memory.close();
    }

    private Encoding fit(String cutoff) throws SQLException {
        return fit(cutoff, List.of(), Set.of());
    }

    private Encoding fit(String cutoff, List<DerivedColumn> derived, Set<TableColumn> withheld) throws SQLException {
        return Encoding.fit(
                database.connection(), database.schema(), micros(cutoff), derived, withheld, Progress.SILENT);
    }

    private Features features(Encoding encoding, String table) throws SQLException {
        return encoding.apply(database.connection(), database.schema(), memory, Progress.SILENT)
                .get(table);
    }

    private static long micros(String date) {
        Instant instant = LocalDateTime.parse(date + "T00:00").toInstant(ZoneOffset.UTC);
        return instant.getEpochSecond() * 1_000_000;
    }

    private static Encoder encoder(Encoding encoding, String table, String column) {
        return encoding.table(table).columns().stream()
                .filter(c -> c.name().equals(column))
                .findFirst()
                .orElseThrow()
                .encoder();
    }

    private static float[] column(Features features, String column, String part) {
        int at = features.denseNames().stream()
                .map(n -> n.column() + "/" + n.part())
                .toList()
                .indexOf(column + "/" + part);
        assertThat(at)
                .as("dense column %s/%s of %s", column, part, features.denseNames())
                .isNotNegative();
        float[] values = new float[features.rows()];
        for (int row = 0; row < values.length; row++) {
            values[row] = features.dense().get(row, at);
        }
        return values;
    }

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

    /// Linear interpolation between order statistics, written out.
    private static double quantile(List<Double> sorted, double p) {
        double at = p * (sorted.size() - 1);
        int low = (int) Math.floor(at);
        int high = Math.min(low + 1, sorted.size() - 1);
        return sorted.get(low) + (at - low) * (sorted.get(high) - sorted.get(low));
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

    @Test
    void categoriesCountByFrequencyWithCodesForMissingAndUnknown() throws SQLException {
        database.add("t", """
                SELECT * FROM (VALUES ('b', DATE '2020-01-01'), ('a', DATE '2020-01-01'), ('b', DATE '2020-01-01'),
                  (NULL, DATE '2020-01-01'), ('', DATE '2020-01-01'), ('late', DATE '2022-01-01'), ('never', NULL)) v(x, d)""", "", "d", AS_THEY_ARE);
        Encoding encoding = fit("2021-01-01");
        assertThat(((Categorical) encoder(encoding, "t", "x")).vocabulary()).containsExactly("b", "", "a");
        Features features = features(encoding, "t");
        assertThat(features.codes()[0]).containsExactly(2, 4, 2, 0, 3, 1, 1);
        assertThat(features.vocabularies()).containsExactly(5);
        assertThat(features.codeNames()).containsExactly(new Features.Name("t", "x", "category"));
    }

    @Test
    void inALargeTableValuesSeenOnceAreUnknownAndTheVocabularyIsCapped() throws SQLException {
        database.add(
                "t",
                "SELECT 'v' || (i // 2) AS often, CASE WHEN i < 3000 THEN 's' || (i % 7) ELSE 'once' || i END AS some FROM range(4000) r(i)",
                "",
                "",
                AS_THEY_ARE);
        Encoding encoding = fit("2021-01-01");
        assertThat(((Categorical) encoder(encoding, "t", "often")).vocabulary()).hasSize(Categorical.CAP);
        assertThat(((Categorical) encoder(encoding, "t", "some")).vocabulary()).hasSize(7);
        assertThat(features(encoding, "t").codes()[1][3999]).isEqualTo(Categorical.UNKNOWN);
    }

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

    @Test
    void keysIdentifiersConstantsAndWhatIsPredictedAreLeftOutAndSaidSo() throws SQLException {
        database.add("p", "SELECT 1 AS id UNION ALL SELECT 2", "id", "", AS_THEY_ARE);
        database.add(
                "t",
                "SELECT i AS id, 1 + i % 2 AS p_id, 'c' || i AS code, 5 AS five, NULL::INTEGER AS none, i % 3 AS y FROM range(9) r(i)",
                "id",
                "",
                Map.of("code", ColumnType.IDENTIFIER),
                "p_id -> p.id");
        Encoding encoding = fit("2021-01-01", List.of(), Set.of(new TableColumn("t", "y")));
        assertThat(encoding.columns().stream()
                        .filter(c -> c.table().equals("t"))
                        .map(ColumnReport::encoder))
                .containsExactly(
                        "left out: primary key",
                        "left out: foreign key to p",
                        "left out: identifier",
                        "left out: constant",
                        "left out: always missing",
                        "left out: it is what is predicted");
        assertThat(encoding.columns().stream().filter(ColumnReport::leftOut)).hasSize(7);
        assertThat(encoding.columns().get(3).note()).isEqualTo("a value of its own in every row");
        Features features = features(encoding, "t");
        assertThat(features.rows()).isEqualTo(9);
        assertThat(features.dense().cols()).isZero();
    }

    @Test
    void derivedColumnsAreEncodedLikeOthers() throws SQLException {
        database.add(
                "t",
                "SELECT * FROM (VALUES (1, 'a'), (2, 'b'), (NULL, 'c')) v(\"status id\", name)",
                "",
                "",
                AS_THEY_ARE);
        DerivedColumn failed = new DerivedColumn("t", "status id <> 1", "f.\"status id\" <> 1", ColumnType.BOOLEAN);
        Features features = features(fit("2021-01-01", List.of(failed), Set.of()), "t");
        assertThat(column(features, "status id <> 1", "value")).containsExactly(-1, 1, 0);
    }

    @Test
    void emptyTablesAndTablesWithoutTrainingRowsGiveFeaturesWithoutColumns() throws SQLException {
        database.add("none", "SELECT 1 AS x, 'a' AS y WHERE false", "", "", AS_THEY_ARE);
        database.add("late", "SELECT i AS x, DATE '2030-01-01' AS d FROM range(3) r(i)", "", "d", AS_THEY_ARE);
        Encoding encoding = fit("2021-01-01");
        assertThat(features(encoding, "none").rows()).isZero();
        assertThat(features(encoding, "late").rows()).isEqualTo(3);
        assertThat(encoder(encoding, "late", "x")).isEqualTo(new LeftOut("no row before the last training cutoff"));
    }

    @Test
    void rowsLandByTheirNumberAcrossRanges() throws SQLException {
        int n = 300_000;
        database.add("t", "SELECT i AS x FROM range(" + n + ") r(i)", "", "", AS_THEY_ARE);
        Encoding encoding = fit("2021-01-01");
        Numerical fitted = (Numerical) encoder(encoding, "t", "x");
        Features features = features(encoding, "t");
        for (int row : new int[] {0, 1, (1 << 17) - 1, 1 << 17, n - 1}) {
            assertThat(features.dense().get(row, 0)).isEqualTo(fitted.encode(row));
        }
        assertThat(encoding.table("t").bytes(n)).isEqualTo(4L * n);
    }

    @Test
    void ofHugeTextTheBeginningIsRead() throws SQLException {
        database.add(
                "t",
                "SELECT repeat('lorem ipsum dolor ', 20000) || i AS text, repeat('x', 1000000) || i AS word FROM range(3) r(i)",
                "",
                "",
                Map.of("text", ColumnType.TEXT));
        Encoding encoding = fit("2021-01-01");
        // Cut where the rows still agree, each of the columns holds one value.
        assertThat(encoding.columns()).extracting(ColumnReport::encoder).containsOnly("left out: constant");
        database.execute("UPDATE data.t SET text = 'other ' || text, word = 'y' || word WHERE _row = 1");
        Features features = features(fit("2021-01-01"), "t");
        float[] expected = new Text(32).encode("lorem ipsum dolor ".repeat(500).substring(0, Text.CHARACTERS));
        for (int i = 0; i < expected.length; i++) {
            assertThat(features.dense().get(0, i)).isEqualTo(expected[i]);
        }
        assertThat(features.codes()[0]).containsExactly(2, 3, 2);
    }

    @Test
    void theJsonFormGivesBackTheSameEncodingAndTheSameFeatures() throws SQLException {
        database.add("t", """
                SELECT i AS id, sqrt(i) AS x, 'c' || (i % 3) AS c, i % 2 = 0 AS b, DATE '1960-01-01' + i::INTEGER AS d, 'word ' || i AS text,
                  CASE WHEN i % 5 = 0 THEN NULL ELSE exp(i) END AS heavy FROM range(40) r(i)""", "id", "", Map.of("text", ColumnType.TEXT));
        Encoding encoding = fit("2021-01-01");
        Encoding read = Encoding.fromJson(encoding.toJson());
        assertThat(read).isEqualTo(encoding);
        Features before = features(encoding, "t");
        Features after = features(read, "t");
        assertThat(after.dense().toArray()).isEqualTo(before.dense().toArray());
        assertThat(after.codes()).isDeepEqualTo(before.codes());
        assertThat(after.times()).isDeepEqualTo(before.times());
        assertThat(after.denseNames()).isEqualTo(before.denseNames());
    }

    @Test
    void brokenJsonIsOneSentence() throws SQLException {
        database.add("t", "SELECT i AS x FROM range(4) r(i)", "", "", AS_THEY_ARE);
        String json = fit("2021-01-01").toJson();
        for (String broken : List.of(
                "",
                "null",
                "[]",
                json.substring(0, json.length() / 2),
                json.replace("\"scale\":", "\"scale\":-"),
                json.replace("Numerical", "Numeral"),
                json.replace("\"version\":1", "\"version\":2"),
                json.replaceAll("\"center\":[^,]*,", ""))) {
            assertThatThrownBy(() -> Encoding.fromJson(broken))
                    .as(broken)
                    .isInstanceOfSatisfying(
                            InputException.class, e -> assertThat(e.kind()).isEqualTo("bad-run"))
                    .message()
                    .doesNotContain("\n");
        }
    }

    @Test
    void aColumnThatIsGoneOrOfAnotherKindIsNamed() throws SQLException {
        database.add("t", "SELECT i AS x, i AS y FROM range(4) r(i)", "", "", AS_THEY_ARE);
        Encoding encoding = fit("2021-01-01");
        database.add("t", "SELECT i AS y FROM range(4) r(i)", "", "", AS_THEY_ARE);
        assertThatThrownBy(() -> features(encoding, "t"))
                .isInstanceOfSatisfying(
                        InputException.class, e -> assertThat(e.where()).containsEntry("column", "x"))
                .hasMessageContaining("t.x was there in training");
        database.add("t", "SELECT 'v' || i AS x, i AS y FROM range(4) r(i)", "", "", AS_THEY_ARE);
        assertThatThrownBy(() -> features(encoding, "t"))
                .isInstanceOf(InputException.class)
                .hasMessage("column t.x was BIGINT in training and is VARCHAR now");
    }

    @Test
    void aTableThatIsGoneIsNamedAndNewColumnsAreNoted() throws SQLException {
        database.add("t", "SELECT i AS x FROM range(4) r(i)", "", "", AS_THEY_ARE);
        Encoding encoding = fit("2021-01-01");
        database.add("t", "SELECT i / 2 AS x, i AS z FROM range(5) r(i)", "", "", AS_THEY_ARE);
        List<String> notes = new ArrayList<>();
        Progress progress = new Progress() {
            @Override
            public void note(String line) {
                notes.add(line);
            }
        };
        Features now = encoding.apply(database.connection(), database.schema(), memory, progress)
                .get("t");
        assertThat(now.rows()).isEqualTo(5);
        assertThat(notes).containsExactly("column t.z is new since training and is ignored");
        assertThatThrownBy(() -> encoding.apply(
                        database.connection(),
                        new dev.hypha.relational.schema.Schema(List.of()),
                        memory,
                        Progress.SILENT))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("table t ");
    }
}
