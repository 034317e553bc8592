package dev.hypha.relational.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The SQL against definitions written out.
class PowerTest {
    private Connection connection;
    private Power power;

    @BeforeEach
    void open() throws SQLException {
        connection = DriverManager.getConnection("jdbc:duckdb:");
        power = new Power(new Sheet(connection), Power.ENTITIES);
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
    }

    private record Row(int entity, Integer x, int y) {}

    private static List<Row> random(long seed, int rows, int entities, int values) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Row> out = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
            int entity = random.nextInt(entities);
            Integer x = entity % 7 == 0 ? null : (entity * 31 + 5) % values;
            out.add(new Row(entity, x, x != null && random.nextInt(values) < x ? 1 : 0));
        }
        return out;
    }

    private static String sql(List<Row> rows) {
        StringBuilder sql = new StringBuilder("SELECT * FROM (VALUES ");
        for (Row r : rows) {
            sql.append(sql.charAt(sql.length() - 1) == ')' ? "," : "");
            sql.append("(%d, %s, %d)".formatted(r.entity, r.x == null ? "NULL::INTEGER" : r.x.toString(), r.y));
        }
        return sql.append(") v(entity, x, y)").toString();
    }

    /// Share of pairs of a positive and a negative in the right order; ties count half.
    private static double pairs(List<double[]> scored) {
        double right = 0;
        double all = 0;
        for (double[] p : scored) {
            for (double[] n : scored) {
                if (p[1] == 1 && n[1] == 0) {
                    right += p[0] > n[0] ? 1 : p[0] == n[0] ? 0.5 : 0;
                    all++;
                }
            }
        }
        return right / all;
    }

    @Test
    void orderIsTheShareOfPairsInOrder() throws SQLException {
        for (long seed = 0; seed < 5; seed++) {
            List<Row> rows = random(seed, 300, 90, 9);
            List<double[]> scored = rows.stream()
                    .filter(r -> r.x != null)
                    .map(r -> new double[] {r.x, r.y})
                    .toList();
            double expected = pairs(scored);
            assertThat(power.order(sql(rows)))
                    .as("seed %d", seed)
                    .isCloseTo(Math.max(expected, 1 - expected), within(1e-9));
        }
    }

    @Test
    void groupsAreJudgedByTheOtherEntitiesInThem() throws SQLException {
        for (long seed = 0; seed < 5; seed++) {
            List<Row> rows = random(seed, 300, 90, 9);
            List<double[]> scored = new ArrayList<>();
            double squares = 0;
            double total = 0;
            double mean = rows.stream()
                    .filter(r -> others(rows, r).length > 0)
                    .mapToInt(Row::y)
                    .average()
                    .orElseThrow();
            for (Row r : rows) {
                double[] others = others(rows, r);
                if (others.length > 0) {
                    double score = Arrays.stream(others).average().orElseThrow();
                    scored.add(new double[] {Math.rint(score * 1e12) / 1e12, r.y});
                    squares += (r.y - score) * (r.y - score);
                    total += (r.y - mean) * (r.y - mean);
                }
            }
            assertThat(power.groups(sql(rows))).as("seed %d", seed).isCloseTo(pairs(scored), within(1e-9));
            assertThat(power.groupMeans(sql(rows)))
                    .as("seed %d", seed)
                    .isCloseTo(Math.max(0, 1 - squares / total), within(1e-9));
        }
    }

    private static double[] others(List<Row> rows, Row r) {
        return rows.stream()
                .filter(o -> o.entity != r.entity && Objects.equals(o.x, r.x))
                .mapToDouble(Row::y)
                .toArray();
    }

    @Test
    void aLineExplainsAllAndAMonotoneCurveAllOfTheRanks() throws SQLException {
        assertThat(power.line("SELECT i AS entity, 2.0 * i AS x, 7 - i AS y FROM range(40) r(i)"))
                .isCloseTo(1, within(1e-9));
        assertThat(power.line("SELECT i AS entity, exp(i) AS x, i AS y FROM range(40) r(i)"))
                .isCloseTo(1, within(1e-9));
        assertThat(power.line("SELECT i AS entity, (i * 7919) % 41 AS x, i AS y FROM range(41) r(i)"))
                .isLessThan(0.3);
    }

    @Test
    void littleSupportSaysNothing() throws SQLException {
        assertThat(power.order("SELECT i AS entity, i AS x, CAST(i > 9 AS INTEGER) AS y FROM range(20) r(i)"))
                .isEqualTo(1);
        assertThat(power.order("SELECT i AS entity, i AS x, CAST(i > 9 AS INTEGER) AS y FROM range(19) r(i)"))
                .isZero();
        assertThat(power.order("SELECT i % 3 AS entity, i AS x, CAST(i > 100 AS INTEGER) AS y FROM range(200) r(i)"))
                .isZero();
        assertThat(power.order("SELECT i AS entity, i AS x, 1 AS y FROM range(50) r(i)"))
                .isZero();
        assertThat(power.order("SELECT 1 AS entity, 1 AS x, 1 AS y WHERE false"))
                .isZero();
        assertThat(power.groups("SELECT i AS entity, i AS x, i % 2 AS y FROM range(200) r(i)"))
                .isZero();
        assertThat(power.groupMeans("SELECT 1 AS entity, 1 AS x, 1 AS y WHERE false"))
                .isZero();
        assertThat(power.line("SELECT 1 AS entity, 1 AS x, 1 AS y WHERE false")).isZero();
    }
}
