package dev.hypha.relational.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.hypha.graph.InputException;
import dev.hypha.relational.schema.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Whatever is written, the answer is a query or an `InputException`, never another failure.
class FuzzTest {
    private static final long SEED = Long.getLong("hypha.test.seed", 20_261_121L);
    private static final int ROUNDS = 6_000;
    private static final int RUNS = 100;
    private static final List<String> PIECES = List.of(
            "(",
            ")",
            ",",
            ".",
            "*",
            "'",
            "\"",
            "--",
            "\n",
            " ",
            "-INF",
            "0",
            "1e999",
            "99999999999999999999",
            "VIA",
            "WHERE",
            "NOT",
            "NULL",
            "AND",
            "GIVEN",
            "FOR EACH",
            "customers",
            "orders.total",
            "lines.*",
            "=",
            "'2020-01-01'",
            "é",
            "\0",
            "\uD83D\uDE00",
            "\uD83D",
            "LIST_DISTINCT(",
            "YEARS",
            "TRUE",
            "%",
            "/",
            "RANK TOP",
            "AS OF",
            "customer_id.age");

    @Test
    void mutatedQueriesFailOnlyByInputException() {
        List<String> accepted = new ArrayList<>();
        try (StagedTables staged = new Shop(SEED).staged()) {
            Schema schema = staged.schema();
            SplittableRandom random = new SplittableRandom(SEED);
            for (int i = 0; i < ROUNDS; i++) {
                String text = mutated(new QueryGenerator(SEED + i).query(), random);
                if (accepts(text, schema, i)) accepted.add(text);
            }
            assertThat(accepted).hasSizeBetween(ROUNDS / 100, ROUNDS - ROUNDS / 100);
            staged.run(
                    "CREATE TABLE pairs AS SELECT _row AS entity, TIMESTAMP '2020-02-01' AS time FROM data.customers");
            accepted.stream().limit(RUNS).forEach(text -> runs(staged, text));
        }
    }

    private static void runs(StagedTables staged, String text) {
        CheckedQuery query = CheckedQuery.of(Query.parse(text), staged.schema());
        assertThat(staged.rows("SELECT * FROM (" + query.labels("pairs", Pairing.OWN_TIMES) + ")"))
                .as(text)
                .hasSizeLessThan(7);
    }

    private static boolean accepts(String text, Schema schema, int round) {
        try {
            CheckedQuery query = CheckedQuery.of(Query.parse(text), schema);
            query.rowSignals();
            return !query.labels("pairs", Pairing.SHARED_TIMES).isEmpty();
        } catch (InputException expected) {
            assertThat(expected.getMessage()).isNotBlank();
            assertThat(expected.getMessage().lines().count())
                    .as("lines of the message")
                    .isEqualTo(1);
            return false;
        } catch (RuntimeException | StackOverflowError e) {
            return fail("seed " + SEED + ", round " + round + ": " + text, e);
        }
    }

    private static String mutated(String query, SplittableRandom random) {
        StringBuilder text = new StringBuilder(query);
        for (int n = random.nextInt(1, 4); n > 0; n--) {
            int at = random.nextInt(text.length() + 1);
            int to = Math.min(text.length(), at + random.nextInt(12));
            switch (random.nextInt(4)) {
                case 0 -> text.delete(at, to);
                case 1 -> text.insert(at, PIECES.get(random.nextInt(PIECES.size())));
                case 2 -> text.replace(at, to, PIECES.get(random.nextInt(PIECES.size())));
                default -> text.insert(at, text.substring(at, to));
            }
        }
        return text.toString();
    }
}
