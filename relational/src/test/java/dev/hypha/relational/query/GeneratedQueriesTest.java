package dev.hypha.relational.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypha.learn.TaskKind;
import java.sql.Array;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// What a query's SQL computes is what its specification says, on random databases and random queries.
class GeneratedQueriesTest {
    private static final int SHOPS = 8;
    private static final int QUERIES = 25;
    private static final long SEED = Long.getLong("hypha.test.seed", 20_261_121L);

    /// @param label of the kinds' type; null when missing
    private record Outcome(Object label, boolean given) {}

    @Test
    void sqlAgreesWithASlowLoop() {
        Map<TaskKind, Integer> seen = new TreeMap<>();
        for (int s = 0; s < SHOPS; s++) {
            Shop shop = new Shop(SEED + s);
            try (StagedTables staged = shop.staged()) {
                List<Long> times = pairs(staged, SEED + s);
                QueryGenerator generator = new QueryGenerator(SEED + 1000 + s);
                for (int q = 0; q < QUERIES; q++) {
                    String text = generator.query();
                    CheckedQuery query = CheckedQuery.of(Query.parse(text), staged.schema());
                    String name = "seed " + SEED + ", shop " + s + ": " + text;
                    Map<String, Outcome> expected = expected(shop, query, times);
                    for (Pairing pairing : Pairing.values()) {
                        assertThat(computed(staged, query, pairing)).as(name).isEqualTo(expected);
                        assertThat(selected(staged, query, pairing)).as(name).isEqualTo(expected.keySet());
                    }
                    seen.merge(query.kind(), 1, Integer::sum);
                }
            }
        }
        assertThat(seen).containsKeys(TaskKind.BINARY, TaskKind.REGRESSION, TaskKind.MULTICLASS, TaskKind.MULTILABEL);
    }

    /// Every customer at a few times, some of them equal to rows' times; a month after 30 and 31 January is the same
    /// day.
    private static List<Long> pairs(StagedTables staged, long key) {
        SplittableRandom random = new SplittableRandom(key);
        List<Long> times = new ArrayList<>(List.of(Shop.FROM + 29 * Shop.DAY, Shop.FROM + 30 * Shop.DAY));
        for (int i = 0; i < 5; i++) {
            times.add(Shop.FROM + random.nextInt(Shop.DAYS) * Shop.DAY + (i % 2) * TimeUnit.HOURS.micros());
        }
        staged.run(
                "CREATE TABLE pairs AS SELECT c._row AS entity, make_timestamp(t) AS time FROM data.customers c, unnest("
                        + times + ") u(t)");
        return times;
    }

    private static Map<String, Outcome> expected(Shop shop, CheckedQuery query, List<Long> times) {
        Oracle oracle = new Oracle(shop);
        Map<String, Outcome> outcomes = new TreeMap<>();
        for (Shop.Row customer : shop.tables.get("customers")) {
            for (long t : times) {
                Query q = query.query();
                if (q.where().isPresent()
                        && !Boolean.TRUE.equals(oracle.value(q.where().get(), customer, t))) continue;
                boolean given = q.given().isEmpty()
                        || Boolean.TRUE.equals(oracle.value(q.given().get(), customer, t));
                Object label = oracle.value(q.target(), customer, t);
                if (label instanceof Boolean b) label = b ? 1.0 : 0.0;
                if (label instanceof Double d) label = d + 0.0;
                outcomes.put(customer.row() + " " + t, new Outcome(label, given));
            }
        }
        return outcomes;
    }

    private static Map<String, Outcome> computed(StagedTables staged, CheckedQuery query, Pairing pairing) {
        String sql = "SELECT entity, epoch_us(time), label, given FROM (" + query.labels("pairs", pairing) + ")";
        Map<String, Outcome> outcomes = new TreeMap<>();
        for (List<Object> row : staged.rows(sql)) {
            outcomes.put(row.getFirst() + " " + row.get(1), new Outcome(label(row.get(2)), (Boolean) row.get(3)));
        }
        return outcomes;
    }

    private static Object label(Object value) {
        if (value instanceof Double d) return d + 0.0;
        if (!(value instanceof Array list)) return value;
        try {
            return new TreeSet<>(Arrays.asList((Object[]) list.getArray()));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Set<String> selected(StagedTables staged, CheckedQuery query, Pairing pairing) {
        String sql = "SELECT entity || ' ' || epoch_us(time) FROM (" + query.selected("pairs", pairing) + ")";
        Set<String> keys = new TreeSet<>();
        staged.rows(sql).forEach(row -> keys.add((String) row.getFirst()));
        return keys;
    }
}
