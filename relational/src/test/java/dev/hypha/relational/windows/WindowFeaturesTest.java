package dev.hypha.relational.windows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.sql.Statement;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class WindowFeaturesTest {
    /// Every feature of random databases against loops over all rows.
    @Test
    void agreesWithLoops() throws Exception {
        Set<Feature.Aggregate> met = EnumSet.noneOf(Feature.Aggregate.class);
        for (long key = 0; key < 4; key++) {
            try (Visits data = new Visits(key)) {
                Plan plan = Plan.of(Visits.schema(), Visits.target(), WindowFeatures.LIMIT);
                Map<String, List<String>> vocabularies = new HashMap<>();
                FeatureMatrix x = WindowFeatures.build(data.connection, Visits.schema(), Visits.target(), vocabularies);
                SlowWindows slow = new SlowWindows(data);
                for (int j = 0; j < x.columns(); j++) {
                    Feature feature = plan.features().get(j);
                    met.add(feature.aggregate());
                    assertThat(x.names().get(j)).isEqualTo(feature.name());
                    for (int i = 0; i < x.rows(); i++) {
                        double wanted = slow.value(feature, data.seeds.get(i), vocabularies.get(feature.name()));
                        String what = "database %d, seed %d, %s".formatted(key, i, feature.name());
                        if (Double.isNaN(wanted)) {
                            assertThat(x.get(i, j)).as(what).isNaN();
                        } else {
                            double tolerance = 1e-5 * Math.max(1, Math.abs(wanted));
                            assertThat((double) x.get(i, j)).as(what).isCloseTo(wanted, within(tolerance));
                        }
                    }
                }
            }
        }
        assertThat(met).containsExactlyInAnyOrder(Feature.Aggregate.values());
    }

    /// Removing or changing what lies after the cutoff, or has no time, changes no bit; under both protocols.
    @Test
    void theFutureDoesNotMatter() throws Exception {
        for (long key = 0; key < 4; key++) {
            for (boolean frozen : new boolean[] {true, false}) {
                try (Visits data = new Visits(key)) {
                    long cutoff = 600 * Visits.DAY;
                    if (frozen) {
                        data.freeze(cutoff);
                    }
                    FeatureMatrix before = WindowFeatures.build(data.connection, Visits.schema(), Visits.target());
                    try (Statement s = data.connection.createStatement()) {
                        String last =
                                frozen ? "make_timestamp(" + cutoff + ")" : "(SELECT max(cutoff) FROM task.seeds)";
                        for (String table : List.of("visits", "stock")) {
                            s.execute("INSERT INTO data." + table + " BY NAME SELECT * REPLACE ("
                                    + (table.equals("visits") ? "1000 + spent AS spent, " : "1000 + pieces AS pieces, ")
                                    + "_row + 1000 AS _row, id + 1000 AS id, " + last
                                    + " + INTERVAL 1 MICROSECOND AS _time) FROM data." + table);
                            s.execute("DELETE FROM data." + table + " WHERE _time IS NULL");
                        }
                        s.execute("INSERT INTO data.items SELECT id + 1000, 1000 + visit, 777, _row + 1000, NULL"
                                + " FROM data.items WHERE visit IS NOT NULL");
                    }
                    FeatureMatrix after = WindowFeatures.build(data.connection, Visits.schema(), Visits.target());
                    for (int j = 0; j < before.columns(); j++) {
                        // Items of their own have no time: for everyone they are always visible.
                        if (before.names().get(j).startsWith("every.items")) {
                            continue;
                        }
                        for (int i = 0; i < before.rows(); i++) {
                            assertThat(Float.valueOf(after.get(i, j)))
                                    .as(
                                            "database %d, frozen %s, seed %d, %s",
                                            key, frozen, i, before.names().get(j))
                                    .isEqualTo(Float.valueOf(before.get(i, j)));
                        }
                    }
                }
            }
        }
    }

    /// A row at the cutoff itself is seen; so is a window's right end, and its left end is not.
    @Test
    void edges() throws Exception {
        try (Visits data = new Visits(9);
                Statement s = data.connection.createStatement()) {
            s.execute("DELETE FROM data.visits");
            long cutoff = 1000 * Visits.DAY;
            data.freeze(cutoff);
            for (int days : new int[] {0, 30, 90}) {
                s.execute("INSERT INTO data.visits VALUES (%1$d, 0, 0, 60, 'bad', %1$d, make_timestamp(%2$d))"
                        .formatted(days, cutoff - days * Visits.DAY));
            }
            FeatureMatrix x = WindowFeatures.build(data.connection, Visits.schema(), Visits.target());
            for (int i = 0; i < x.rows(); i++) {
                boolean zero = data.seeds.get(i).person() == 0;
                assertThat(x.get(i, x.names().indexOf("visits.count.30d"))).isEqualTo(zero ? 1 : 0);
                assertThat(x.get(i, x.names().indexOf("visits.count.90d"))).isEqualTo(zero ? 2 : 0);
                assertThat(x.get(i, x.names().indexOf("visits.count.all"))).isEqualTo(zero ? 3 : 0);
            }
        }
    }

    /// Too many columns: what matters least goes first, and the order of the rest stays.
    @Test
    void keepsTheMostTelling() {
        List<Feature> all = Plan.of(Visits.schema(), Visits.target(), 10_000).features();
        List<Feature> some = Plan.of(Visits.schema(), Visits.target(), 60).features();
        assertThat(some).hasSize(60).isSubsetOf(all);
        int worst = some.stream().mapToInt(Feature::priority).max().orElseThrow();
        assertThat(all.stream().filter(f -> f.priority() < worst)).isSubsetOf(some);
        assertThat(new HashSet<>(all.stream().map(Feature::name).toList())).hasSameSizeAs(all);
    }

    @Test
    void windowsFollowTheQuery() {
        assertThat(Horizons.of(30 * Visits.DAY).windows()).containsExactly(30, 90, 365, 1095, 0);
        assertThat(Horizons.of(60 * Visits.DAY).windows()).containsExactly(60, 180, 365, 720, 1095, 0);
        assertThat(Horizons.of(Visits.HOUR).windows()).containsExactly(1, 3, 12, 365, 1095, 0);
        assertThat(Horizons.of(0).windows()).containsExactly(1, 3, 12, 365, 1095, 0);
    }

    @Test
    void matricesAreCutAndJoined() {
        FeatureMatrix x =
                new FeatureMatrix(List.of("a", "b"), new boolean[] {false, true}, 3, new float[] {1, 2, 3, 4, 5, 6});
        FeatureMatrix both =
                x.rows(new int[] {2, 0}).beside(x.rows(new int[] {0, 1}).columns(new int[] {1}));
        assertThat(both.names()).containsExactly("a", "b", "b");
        assertThat(both.values()).containsExactly(5, 6, 2, 1, 2, 4);
        assertThat(Arrays.toString(both.categorical())).isEqualTo("[false, true, true]");
    }
}
