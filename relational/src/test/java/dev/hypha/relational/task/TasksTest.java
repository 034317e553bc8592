package dev.hypha.relational.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hypha.graph.InputException;
import dev.hypha.learn.Progress;
import dev.hypha.learn.TaskKind;
import dev.hypha.relational.query.CheckedQuery;
import dev.hypha.relational.query.Query;
import dev.hypha.relational.query.StagedTables;
import dev.hypha.relational.query.Timestamps;
import dev.hypha.relational.schema.ColumnType;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Three hundred days of 40 shops' visits: shop i is visited every (i % 10) + 1 days; shops 30 to 39 open on
/// day 150. Products have no time; every fifth has no category.
class TasksTest {
    private static final long START = Timestamps.parse("2020-01-01").orElseThrow();
    private static final TaskOptions FROZEN = TaskOptions.of(Protocol.FROZEN);
    private static StagedTables tables;

    @BeforeAll
    static void stage() {
        tables = new StagedTables();
        String day = "TIMESTAMP '2020-01-01' + to_days(CAST(d AS INTEGER))";
        tables.table(
                "shops",
                "code",
                Map.of(),
                "TIMESTAMP '2020-01-01' + to_days(CASE WHEN i >= 30 THEN 150 ELSE 0 END)",
                Map.of(),
                "SELECT 's' || i AS code, CAST(i AS INTEGER) AS i, i % 4 = 0 AS large FROM range(40) t(i)");
        tables.table(
                "visits",
                "id",
                Map.of("shop", "shops.code"),
                day,
                Map.of("weekday", ColumnType.CATEGORICAL),
                "SELECT row_number() OVER () AS id, 's' || i AS shop, d, d % 7 AS weekday, CAST(i AS DOUBLE) AS spent"
                        + " FROM range(300) a(d), range(40) b(i) WHERE d % (i % 10 + 1) = 0 AND (i < 30 OR d >= 150) ORDER BY d, i");
        tables.table(
                "products",
                "id",
                Map.of(),
                null,
                Map.of(),
                "SELECT i AS id, CASE WHEN i % 5 = 0 THEN NULL WHEN i % 3 = 0 THEN 'b' ELSE 'a' END AS category,"
                        + " CASE WHEN i % 4 > 0 THEN i / 2 END AS price FROM range(1000) t(i)");
    }

    @AfterAll
    static void close() {
        tables.close();
    }

    private static CheckedQuery query(String text) {
        return CheckedQuery.of(Query.parse(text), tables.schema());
    }

    private static Task task(String text, TaskOptions options) {
        return Tasks.of(tables.connection(), tables.schema(), query(text), options, Progress.SILENT);
    }

    private static Object one(String sql) {
        return tables.rows(sql).getFirst().getFirst();
    }

    @Test
    void windowsGiveSeedsInOrderOfTimeAndEntity() {
        Task task = task("PREDICT COUNT(visits.*, 0, 30, DAYS) > 5 FOR EACH shops.code", FROZEN);
        SeedTable seeds = task.seeds();
        assertThat(task.kind()).isEqualTo(TaskKind.BINARY);
        assertThat(task.entityTable()).isEqualTo("shops");
        assertThat(task.key()).isEqualTo("code");
        for (int i = 1; i < seeds.size(); i++) {
            boolean later = seeds.time()[i] > seeds.time()[i - 1];
            assertThat(later || (seeds.time()[i] == seeds.time()[i - 1] && seeds.entity()[i] > seeds.entity()[i - 1]))
                    .isTrue();
        }
        assertThat(one(
                        "SELECT count(*) FROM task.seeds WHERE seed <> (SELECT count(*) FROM task.seeds s WHERE (s.time, s.entity)"
                                + " < (seeds.time, seeds.entity))"))
                .isEqualTo(0L);
        assertThat(one("SELECT count(*) FROM task.seeds JOIN data.shops ON _row = entity WHERE key <> code"))
                .isEqualTo(0L);
        assertThat(task.notes()).anySatisfy(note -> assertThat(note).startsWith("test: "));
    }

    @Test
    void anEntityExistsFromItsOwnTimeOn() {
        Task task = task("PREDICT COUNT(visits.*, 0, 30, DAYS) FOR EACH shops.code", FROZEN);
        assertThat(task.kind()).isEqualTo(TaskKind.REGRESSION);
        assertThat(
                        one(
                                "SELECT count(*) FROM task.seeds s JOIN data.shops e ON e._row = s.entity WHERE s.time < e._time"))
                .isEqualTo(0L);
        assertThat(
                        one(
                                "SELECT count(*) FROM task.seeds JOIN data.shops ON _row = entity WHERE i >= 30 AND split = 'train'"))
                .isNotEqualTo(0L);
    }

    @Test
    void protocolsDifferInWhatTestRowsSee() {
        String text = "PREDICT COUNT(visits.*, 0, 10, DAYS) FOR EACH shops.code";
        Task frozen = task(text, FROZEN);
        SeedTable seeds = frozen.seeds();
        long cutoff = frozen.testCutoff().orElseThrow();
        assertThat(Arrays.stream(seeds.seeds(Split.TEST))
                        .mapToLong(i -> seeds.cutoff()[i])
                        .distinct())
                .containsExactly(cutoff);
        assertThat(Arrays.stream(seeds.seeds(Split.TEST))
                        .mapToLong(i -> seeds.time()[i])
                        .distinct()
                        .count())
                .isGreaterThan(1);
        for (Split split : List.of(Split.TRAIN, Split.VALIDATION, Split.PREDICT)) {
            for (int i : seeds.seeds(split)) assertThat(seeds.cutoff()[i]).isEqualTo(seeds.time()[i]);
        }
        SeedTable rolling = task(text, TaskOptions.of(Protocol.ROLLING)).seeds();
        assertThat(rolling.cutoff()).isEqualTo(rolling.time());
        assertThat(rolling.label()).isEqualTo(seeds.label());
    }

    @Test
    void predictionsAreForTheNewestTimeOrTheOneAskedFor() {
        String text = "PREDICT COUNT(visits.*, 0, 30, DAYS) FOR EACH shops.code WHERE COUNT(visits.*, -7, 0, DAYS) > 0";
        long newest = START + 299 * 86_400_000_000L;
        assertThat(task(text, FROZEN).predictAt()).isEqualTo(newest);
        SeedTable seeds = task(text, FROZEN).seeds();
        for (int i : seeds.seeds(Split.PREDICT)) {
            assertThat(seeds.time()[i]).isEqualTo(newest);
            assertThat(seeds.label()[i]).isNaN();
        }
        assertThat(seeds.count(Split.PREDICT)).isBetween(20, 39);
        long asked = Timestamps.parse("2020-08-01").orElseThrow();
        Task then = task(text, FROZEN.withPredictAt(asked));
        assertThat(then.predictAt()).isEqualTo(asked);
        assertThat(then.seeds().time()[then.seeds().seeds(Split.TEST)[0]])
                .isLessThanOrEqualTo(asked - 30 * 86_400_000_000L);
        assertThat(task(text + " AS OF '2020-07-01'", FROZEN.withPredictAt(asked))
                        .predictAt())
                .isEqualTo(Timestamps.parse("2020-07-01").orElseThrow());
    }

    @Test
    void givenRowsAloneAreTrainedOnAndTheResultSaysSo() {
        Task task = task(
                "PREDICT SUM(visits.spent, 0, 5, DAYS) FOR EACH shops.code GIVEN COUNT(visits.*, 0, 5, DAYS) > 2",
                FROZEN);
        assertThat(task.notes()).anySatisfy(note -> assertThat(note).contains("left out by GIVEN"));
        assertThat(task.notes()).anySatisfy(note -> assertThat(note).contains("not known and not checked"));
        assertThat(task.seeds().count(Split.PREDICT)).isEqualTo(40);
        assertThat(one("SELECT count(DISTINCT entity) FROM task.seeds WHERE split <> 'predict'"))
                .isEqualTo(8L);
    }

    /// The planned times reach back to the first day; those at which `WHERE` leaves nobody are not counted.
    @Test
    void theTimesSaidAreThoseThatHaveRows() {
        Task task = task(
                "PREDICT COUNT(visits.*, 0, 30, DAYS) FOR EACH shops.code WHERE i >= 30 AND EXISTS(visits.*, -INF, 0, DAYS)",
                FROZEN);
        SeedTable seeds = task.seeds();
        long times = Arrays.stream(seeds.seeds(Split.TRAIN))
                .mapToLong(i -> seeds.time()[i])
                .distinct()
                .count();
        assertThat(task.notes())
                .anySatisfy(note -> assertThat(note)
                        .startsWith("training: " + times + " time")
                        .contains("without rows fell away"));
        String first = Timestamps.format(seeds.time()[seeds.seeds(Split.TRAIN)[0]]);
        assertThat(task.notes()).anySatisfy(note -> assertThat(note).contains(first));
    }

    @Test
    void trainingTimesAskAboutWhereWindowsThatLieInsideTheData() {
        String text =
                "PREDICT COUNT(visits.*, 0, 30, DAYS) FOR EACH shops.code WHERE COUNT(visits.*, -90, 0, DAYS) > 0";
        SeedTable seeds = task(text, FROZEN).seeds();
        assertThat(seeds.time()[0]).isGreaterThanOrEqualTo(START + 90 * 86_400_000_000L);
    }

    @Test
    void missingLabelsAreLeftOutAndCounted() {
        Task task = task("PREDICT AVG(visits.spent, 0, 3, DAYS) FOR EACH shops.code", FROZEN);
        assertThat(task.notes()).anySatisfy(note -> assertThat(note).contains("nothing to take the target of"));
        assertThat(one("SELECT count(*) FROM task.seeds WHERE label IS NULL AND split <> 'predict'"))
                .isEqualTo(0L);
    }

    @Test
    void classesAreOrderedByHowOftenTheyAreTrainedOn() {
        Task task = task("PREDICT LAST(visits.weekday, 0, 20, DAYS) FOR EACH shops.code", FROZEN);
        assertThat(task.kind()).isEqualTo(TaskKind.MULTICLASS);
        assertThat(task.seeds().classes()).containsExactlyInAnyOrder("0", "1", "2", "3", "4", "5", "6");
        List<List<Object>> counts = tables.rows(
                "SELECT value, count(s.seed) FILTER (WHERE split = 'train'), n FROM task.classes c JOIN task.seeds s ON s.label = c.class"
                        + " GROUP BY c.class, value, n ORDER BY c.class");
        for (int i = 0; i < 7; i++) {
            assertThat(counts.get(i).getFirst())
                    .isEqualTo(task.seeds().classes().get(i));
            assertThat(counts.get(i).get(1)).isEqualTo(counts.get(i).get(2));
            if (i > 0)
                assertThat((Long) counts.get(i).get(2))
                        .isLessThanOrEqualTo((Long) counts.get(i - 1).get(2));
        }
    }

    @Test
    void aListGivesALabelPerClass() {
        Task task = task("PREDICT LIST_DISTINCT(visits.weekday, 0, 5, DAYS) FOR EACH shops.code", FROZEN);
        SeedTable seeds = task.seeds();
        assertThat(task.kind()).isEqualTo(TaskKind.MULTILABEL);
        assertThat(seeds.labelSets()).hasNumberOfRows(seeds.size());
        int first = seeds.seeds(Split.TRAIN)[0];
        String expected =
                "SELECT DISTINCT CAST(weekday AS VARCHAR) FROM data.visits WHERE shop = (SELECT key FROM task.seeds WHERE seed = "
                        + first + ") AND _time > make_timestamp(" + seeds.time()[first]
                        + ") AND _time <= make_timestamp("
                        + (seeds.time()[first] + 5 * 86_400_000_000L) + ")";
        Set<Object> names = new HashSet<>();
        for (int c : seeds.labelSets()[first]) names.add(seeds.classes().get(c));
        assertThat(names)
                .isEqualTo(new HashSet<>(
                        tables.rows(expected).stream().map(List::getFirst).toList()));
        for (int i : seeds.seeds(Split.PREDICT))
            assertThat(seeds.labelSets()[i]).isEmpty();
    }

    @Test
    void aColumnWithoutTimeIsSplitAtRandomByKey() {
        Task task = task("PREDICT products.category FOR EACH products.id", FROZEN);
        SeedTable seeds = task.seeds();
        assertThat(task.kind()).isEqualTo(TaskKind.MULTICLASS);
        assertThat(task.validationCutoff()).isEmpty();
        assertThat(seeds.count(Split.PREDICT)).isEqualTo(200);
        assertThat(seeds.count(Split.TRAIN)).isBetween(580, 700);
        assertThat(seeds.count(Split.VALIDATION)).isBetween(50, 110);
        assertThat(seeds.count(Split.TEST)).isBetween(50, 110);
        assertThat(seeds.classes()).containsExactly("a", "b");
        assertThat(seeds.time()).containsOnly(START + 299 * 86_400_000_000L);
        SeedTable again =
                task("PREDICT products.category FOR EACH products.id", FROZEN).seeds();
        assertThat(again.split()).isEqualTo(seeds.split());
    }

    @Test
    void aColumnWithTimeIsSplitByIt() {
        Task task = task("PREDICT visits.spent FOR EACH visits.id", FROZEN);
        SeedTable seeds = task.seeds();
        long validation = task.validationCutoff().orElseThrow();
        long test = task.testCutoff().orElseThrow();
        for (int i = 0; i < seeds.size(); i++) {
            long time = seeds.time()[i];
            Split expected = time < validation ? Split.TRAIN : time < test ? Split.VALIDATION : Split.TEST;
            assertThat(seeds.split()[i]).isEqualTo(expected);
            assertThat(seeds.cutoff()[i]).isEqualTo(Math.min(time, test));
        }
        assertThat((double) seeds.count(Split.TRAIN) / seeds.size()).isBetween(0.75, 0.85);
    }

    @Test
    void onlyTheEntitiesToScoreCanBeAskedFor() {
        CheckedQuery window =
                query("PREDICT LIST_DISTINCT(visits.weekday, 0, 9, DAYS) FOR EACH shops.code WHERE i < 10");
        Task scored =
                Tasks.toScore(tables.connection(), tables.schema(), window, List.of("0"), FROZEN, Progress.SILENT);
        assertThat(scored.seeds().size()).isEqualTo(10);
        assertThat(scored.seeds().split()).containsOnly(Split.PREDICT);
        CheckedQuery column = query("PREDICT products.price FOR EACH products.id");
        assertThat(Tasks.toScore(tables.connection(), tables.schema(), column, List.of(), FROZEN, Progress.SILENT)
                        .seeds()
                        .size())
                .isEqualTo(250);
    }

    private static void assertRefused(String text, String kind, String message) {
        assertThatThrownBy(() -> task(text, FROZEN)).isInstanceOfSatisfying(InputException.class, e -> {
            assertThat(e.kind()).isEqualTo(kind);
            assertThat(e).hasMessageContaining(message);
            assertThat(e.hint()).isNotBlank();
        });
    }

    @Test
    void whatTeachesNothingIsRefused() {
        assertRefused(
                "PREDICT COUNT(visits.*, 0, 30, DAYS) >= 0 FOR EACH shops.code", "one-class", "the target is true");
        assertRefused(
                "PREDICT COUNT(visits.* WHERE d < 0, 0, 30, DAYS) FOR EACH shops.code",
                "one-class",
                "the target is 0.0");
        assertRefused(
                "PREDICT LAST(visits.shop, 0, 30, DAYS) = 'x' FOR EACH shops.code", "one-class", "the target is false");
        assertRefused(
                "PREDICT LIST_DISTINCT(visits.weekday WHERE d < 0, 0, 3, DAYS) FOR EACH shops.code",
                "one-class",
                "the empty list");
        assertRefused(
                "PREDICT COUNT(visits.* WHERE d > 130, 0, 30, DAYS) = 0 FOR EACH shops.code",
                "one-class",
                "in all validation rows the target is false");
        assertRefused("PREDICT COUNT(visits.*, 0, 299, DAYS) FOR EACH shops.code", "no-labels", "training time");
        assertRefused("PREDICT COUNT(visits.*, 0, 400, DAYS) FOR EACH shops.code", "no-labels", "training time");
        assertRefused(
                "PREDICT COUNT(visits.*, 0, 30, DAYS) FOR EACH shops.code WHERE i > 100",
                "no-labels",
                "WHERE selects no row of shops");
        assertRefused(
                "PREDICT COUNT(visits.*, 0, 30, DAYS) FOR EACH shops.code GIVEN COUNT(visits.*, 0, 1, DAYS) > 9",
                "no-labels",
                "GIVEN leaves no row");
        assertRefused(
                "PREDICT AVG(visits.spent WHERE d < 0, 0, 30, DAYS) FOR EACH shops.code",
                "no-labels",
                "the target is missing everywhere");
        assertRefused("PREDICT visits.id FOR EACH visits.id", "too-many-classes", "more than the 1000");
    }
}
