package dev.hypha.relational.encode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hypha.learn.Features;
import dev.hypha.learn.Progress;
import dev.hypha.relational.schema.ColumnType;
import dev.hypha.tensor.Memory;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Random tables, encoded a second time row by row in plain Java.
class RandomTablesTest {
    private static final int CUTOFF_DAY = 50;

    /// One row; null is missing. The day decides whether training sees it.
    private record Row(Integer day, Double number, String word, Boolean flag) {
        boolean visible() {
            return day != null && day <= CUTOFF_DAY;
        }

        String sql() {
            return "(%s, %s, %s, %s)"
                    .formatted(
                            day == null ? "NULL::DATE" : "DATE '1970-01-01' + " + day,
                            number == null ? "NULL::DOUBLE" : number + "::DOUBLE",
                            word == null ? "NULL::VARCHAR" : "'" + word + "'",
                            flag == null ? "NULL::BOOLEAN" : flag.toString());
        }
    }

    private static List<Row> rows(SplittableRandom random) {
        int n = 20 + random.nextInt(200);
        boolean gaps = random.nextBoolean();
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            boolean gap = gaps && random.nextInt(5) == 0;
            double number = Math.rint(1e4 * Math.exp((1 + random.nextInt(3)) * random.nextGaussian())) / 1e4;
            rows.add(new Row(
                    random.nextInt(20) == 0 ? null : random.nextInt(100),
                    gap ? null : number,
                    gap ? null : "w" + random.nextInt(1 + random.nextInt(12)),
                    random.nextInt(9) == 0 ? null : random.nextBoolean()));
        }
        return rows;
    }

    private static void stage(StagedTables tables, List<Row> rows) throws SQLException {
        String values = rows.stream().map(Row::sql).collect(Collectors.joining(", "));
        Map<String, ColumnType> types = Map.of();
        tables.add("t", "SELECT * FROM (VALUES " + values + ") v(day, number, word, flag)", "", "day", types);
    }

    private static Encoding fit(StagedTables tables) throws SQLException {
        long cutoff = CUTOFF_DAY * 86_400_000_000L;
        return Encoding.fit(tables.connection(), tables.schema(), cutoff, List.of(), Set.of(), Progress.SILENT);
    }

    private static Encoder encoder(Encoding encoding, int column) {
        return encoding.table("t").columns().get(column).encoder();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, 3, 4, 5, 6, 7})
    void everyRowIsEncodedAsTheTrainingRowsSay(long seed) throws SQLException {
        List<Row> rows = rows(new SplittableRandom(seed));
        try (StagedTables tables = new StagedTables();
                Memory memory = Memory.unlimited()) {
            stage(tables, rows);
            Encoding encoding = fit(tables);
            Features features = encoding.apply(tables.connection(), tables.schema(), memory, Progress.SILENT)
                    .get("t");
            assertNumbers(rows, (Numerical) encoder(encoding, 1), features);
            assertWords(rows, (Categorical) encoder(encoding, 2), features);
            assertFlags(rows, features);
        }
    }

    private static int column(Features features, String column, String part) {
        return features.denseNames().indexOf(new Features.Name("t", column, part));
    }

    private static void assertNumbers(List<Row> rows, Numerical fitted, Features features) {
        double[] seen = rows.stream()
                .filter(r -> r.visible() && r.number != null)
                .mapToDouble(r -> fitted.log() ? Math.log1p(r.number) : r.number)
                .sorted()
                .toArray();
        double median = (seen[(seen.length - 1) / 2] + seen[seen.length / 2]) / 2;
        // The logarithm of an interpolated median is not quite the interpolated median of the logarithms.
        assertThat(fitted.center()).isCloseTo(median, within(fitted.log() ? 0.1 : 1e-9));
        int value = column(features, "number", "value");
        int missing = column(features, "number", "missing");
        assertThat(missing >= 0).isEqualTo(rows.stream().anyMatch(r -> r.visible() && r.number == null));
        for (int i = 0; i < rows.size(); i++) {
            Double x = rows.get(i).number;
            double scaled = x == null ? 0 : ((fitted.log() ? Math.log1p(x) : x) - fitted.center()) / fitted.scale();
            float expected = (float) Math.min(Numerical.CLIP, Math.max(-Numerical.CLIP, scaled));
            assertThat(features.dense().get(i, value)).as("row %d", i).isCloseTo(expected, within(1e-5f));
            if (missing >= 0) {
                assertThat(features.dense().get(i, missing)).isEqualTo(x == null ? 1 : 0);
            }
        }
    }

    private static void assertWords(List<Row> rows, Categorical fitted, Features features) {
        Map<String, Integer> counts = new HashMap<>();
        rows.stream().filter(r -> r.visible() && r.word != null).forEach(r -> counts.merge(r.word, 1, Integer::sum));
        List<String> expected = counts.keySet().stream()
                .sorted(Comparator.comparingInt((String w) -> -counts.get(w)).thenComparing(Comparator.naturalOrder()))
                .toList();
        assertThat(fitted.vocabulary()).isEqualTo(expected);
        for (int i = 0; i < rows.size(); i++) {
            String word = rows.get(i).word;
            int code = word == null ? 0 : expected.contains(word) ? 2 + expected.indexOf(word) : 1;
            assertThat(features.codes()[0][i]).as("row %d", i).isEqualTo(code);
        }
    }

    private static void assertFlags(List<Row> rows, Features features) {
        int value = column(features, "flag", "value");
        for (int i = 0; i < rows.size(); i++) {
            Boolean flag = rows.get(i).flag;
            assertThat(features.dense().get(i, value)).isEqualTo(flag == null ? 0 : flag ? 1 : -1);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {10, 11, 12, 13})
    void rowsThatTrainingMayNotSeeDoNotChangeTheFit(long seed) throws SQLException {
        SplittableRandom random = new SplittableRandom(seed);
        List<Row> rows = rows(random);
        try (StagedTables tables = new StagedTables()) {
            stage(tables, rows);
            Encoding before = fit(tables);
            rows.replaceAll(r -> r.visible() ? r : new Row(r.day, 1e6 * random.nextDouble(), "other", null));
            stage(tables, rows);
            assertThat(fit(tables)).as("seed %d", seed).isEqualTo(before);
            rows.replaceAll(r -> r.visible() ? new Row(r.day, 1e6 * random.nextDouble(), "other", null) : r);
            stage(tables, rows);
            assertThat(fit(tables)).as("seed %d", seed).isNotEqualTo(before);
        }
    }
}
