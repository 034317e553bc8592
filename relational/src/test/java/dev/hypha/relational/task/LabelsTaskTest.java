package dev.hypha.relational.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hypha.graph.InputException;
import dev.hypha.learn.Progress;
import dev.hypha.learn.TaskKind;
import dev.hypha.relational.query.StagedTables;
import dev.hypha.relational.query.Timestamps;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LabelsTaskTest {
    private static StagedTables tables;

    @BeforeAll
    static void stage() {
        tables = new StagedTables();
        tables.table(
                "users",
                "id",
                Map.of(),
                "TIMESTAMP '2020-01-01' + to_days(CAST(id AS INTEGER) % 5)",
                Map.of(),
                "SELECT i AS id FROM range(50) t(i)");
        tables.table(
                "events",
                "id",
                Map.of("user", "users.id"),
                "TIMESTAMP '2020-01-01' + to_days(CAST(id AS INTEGER) % 100)",
                Map.of(),
                "SELECT i AS id, i % 50 AS user, i % 3 AS kind FROM range(1000) t(i)");
        tables.table("bare", null, Map.of(), null, Map.of(), "SELECT 1 AS x");
    }

    @AfterAll
    static void close() {
        tables.close();
    }

    private static Task task(String sql) {
        return task(sql, "users", TaskOptions.of(Protocol.FROZEN));
    }

    private static Task task(String sql, String table, TaskOptions options) {
        return Tasks.ofLabels(tables.connection(), tables.schema(), sql, table, options, Progress.SILENT);
    }

    private static String every(String label) {
        return "SELECT t.time, u.id AS entity, " + label
                + " AS label FROM users u, (SELECT DISTINCT CAST(date_trunc('week', _time)"
                + " AS TIMESTAMP) + INTERVAL 7 DAY AS time FROM events) t -- every user every week\n;";
    }

    @Test
    void labelsAreSplitByTheirTimes() {
        Task task = task(every("(SELECT count(*) FROM events e WHERE e.user = u.id AND e._time > t.time) > 9"));
        SeedTable seeds = task.seeds();
        assertThat(task.kind()).isEqualTo(TaskKind.BINARY);
        assertThat(task.query()).isEmpty();
        long validation = task.validationCutoff().orElseThrow();
        long test = task.testCutoff().orElseThrow();
        assertThat(validation).isLessThan(test);
        for (int i = 0; i < seeds.size(); i++) {
            long time = seeds.time()[i];
            if (seeds.split()[i] == Split.PREDICT) continue;
            Split expected = time < validation ? Split.TRAIN : time < test ? Split.VALIDATION : Split.TEST;
            assertThat(seeds.split()[i]).isEqualTo(expected);
            assertThat(seeds.cutoff()[i]).isEqualTo(Math.min(time, test));
        }
        assertThat(seeds.count(Split.PREDICT)).isEqualTo(50);
        assertThat(tables.rows("SELECT current_setting('search_path')").toString())
                .doesNotContain("data");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "u.id                          | REGRESSION",
                "u.id % 2                      | BINARY",
                "u.id % 2 = 0                  | BINARY",
                "CAST(u.id % 2 AS DECIMAL(9,1))| BINARY",
                "concat('c', u.id % 3)         | MULTICLASS"
            })
    void theTaskFollowsFromTheLabels(String label, TaskKind kind) {
        assertThat(task(every(label)).kind()).isEqualTo(kind);
    }

    @Test
    void rowsWithoutALabelArePredicted() {
        Task task = task(every("CASE WHEN u.id < 40 THEN u.id END"));
        assertThat(task.seeds().count(Split.PREDICT)).isEqualTo(task.seeds().size() / 5);
    }

    @Test
    void columnsCountByPositionWhereTheyHaveOtherNames() {
        Task task =
                task("SELECT DATE '2020-02-01' + CAST(id % 40 AS INTEGER), id % 50, id % 7 FROM events WHERE id < 200");
        assertThat(task.kind()).isEqualTo(TaskKind.REGRESSION);
        assertThat(task.seeds().count(Split.TRAIN)).isBetween(150, 170);
    }

    @Test
    void unknownAndUnbornEntitiesAreLeftOutAndCounted() {
        Task task = task(
                "SELECT TIMESTAMP '2019-12-31' + to_days(CAST(id % 40 AS INTEGER)) AS time, id AS entity, id % 2 AS label"
                        + " FROM range(60) t(id)");
        assertThat(task.notes()).contains("10 of 60 labels are left out: their entity is no key of users");
        assertThat(task.notes())
                .anySatisfy(n ->
                        assertThat(n).isEqualTo("10 of 60 labels are left out: their entity does not exist yet then"));
        assertThat(tables.rows(
                                "SELECT count(*) FROM task.seeds s JOIN data.users u ON u._row = s.entity WHERE u._time > s.time")
                        .toString())
                .isEqualTo("[[0]]");
    }

    /// A quarter is far from the next, and rows are many at each: every split still gets a time of its own.
    @ParameterizedTest
    @ValueSource(ints = {3, 4, 6, 11})
    void fewTimesAreSplitByTimeAllTheSame(int quarters) {
        Task task = task("SELECT TIMESTAMP '2020-03-01' + to_days(CAST(90 * q AS INTEGER)) AS time, id AS entity,"
                + " id % 2 AS label FROM users, range(" + quarters + ") t(q)");
        SeedTable seeds = task.seeds();
        assertThat(task.testCutoff()).isPresent();
        for (int i = 0; i < seeds.size(); i++) {
            if (seeds.split()[i] == Split.VALIDATION) {
                assertThat(seeds.time()[i])
                        .isBetween(
                                task.validationCutoff().getAsLong(),
                                task.testCutoff().getAsLong() - 1);
            }
        }
        assertThat(seeds.count(Split.VALIDATION)).isPositive();
        assertThat(seeds.count(Split.TEST)).isPositive();
        assertThat(seeds.count(Split.TRAIN)).isGreaterThanOrEqualTo(50 * (quarters - 4));
        long newest = Timestamps.parse("2020-03-01").orElseThrow() + 90L * (quarters - 1) * 86_400_000_000L;
        long given = newest - 90 * 86_400_000_000L;
        Task own = task(
                "SELECT TIMESTAMP '2020-03-01' + to_days(CAST(90 * q AS INTEGER)) AS time, id AS entity,"
                        + " id % 2 AS label FROM users, range(" + quarters + ") t(q)",
                "users",
                new TaskOptions(
                        Protocol.FROZEN,
                        OptionalLong.of(given),
                        OptionalLong.empty(),
                        Optional.empty(),
                        OptionalLong.empty()));
        assertThat(own.testCutoff()).hasValue(newest);
    }

    @Test
    void twoTimesAreSplitByKeyAndTheNotesSayWhatThatMeans() {
        Task task = task("SELECT TIMESTAMP '2020-03-01' + to_days(CAST(90 * q AS INTEGER)) AS time, id AS entity,"
                + " id % 2 AS label FROM users, range(2) t(q)");
        assertThat(task.testCutoff()).isEmpty();
        assertThat(tables.rows("SELECT count(*) FROM (SELECT entity FROM task.seeds WHERE split <> 'predict' GROUP BY"
                        + " entity HAVING count(DISTINCT split) > 1)"))
                .hasToString("[[0]]");
        assertThat(task.notes())
                .anySatisfy(n ->
                        assertThat(n).contains("2 different times").contains("not how well the future is foretold"));
    }

    @Test
    void oneTimeIsSplitAtRandom() {
        Task task = task("SELECT DATE '2020-03-01' AS time, id AS entity, id % 2 AS label FROM users");
        assertThat(task.validationCutoff()).isEmpty();
        assertThat(task.notes()).anySatisfy(n -> assertThat(n).startsWith("split at random"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            SELECT nothing FROM users                                       | the SQL does not run
            DROP TABLE data.users                                           | the SQL does not run
            SELECT 1 AS a, 2 AS b) ; DROP TABLE data.users; SELECT (3       | the SQL does not run
            SELECT 1 AS time, 2 AS entity                                   | the SQL yields the columns time, entity
            SELECT 'soon' AS time, 1 AS entity, 1 AS label                  | 'soon' is no time
            SELECT NULL AS time, 1 AS entity, 1 AS label                    | 1 rows have no time
            SELECT DATE '2020-02-01' AS time, 99 AS entity, 1 AS label      | none of the 1 entities
            SELECT DATE '2020-02-01' AS time, 1 AS entity, 1 AS label WHERE FALSE | the SQL yields no row
            SELECT DATE '2020-02-01' AS time, 1 AS entity, i AS label FROM range(2) t(i) | there are several labels for 1 at 2020-02-01
            """)
    void labelsThatMakeNoSenseAreRefused(String sql, String message) {
        assertThatThrownBy(() -> task(sql)).isInstanceOfSatisfying(InputException.class, e -> {
            assertThat(e.kind()).isEqualTo("labels");
            assertThat(e).hasMessageContaining(message);
        });
        assertThat(tables.rows("SELECT count(*) FROM data.users").toString()).isEqualTo("[[50]]");
    }

    @Test
    void theEntityTableNeedsAKey() {
        assertThatThrownBy(() -> task("SELECT 1", "bare", TaskOptions.of(Protocol.FROZEN)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("no primary key");
    }
}
