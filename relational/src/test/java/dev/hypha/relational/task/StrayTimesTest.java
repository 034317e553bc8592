package dev.hypha.relational.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hypha.graph.InputException;
import dev.hypha.learn.Progress;
import dev.hypha.relational.database.Queries;
import dev.hypha.relational.query.CheckedQuery;
import dev.hypha.relational.query.Query;
import dev.hypha.relational.query.StagedTables;
import dev.hypha.relational.query.Timestamps;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Rows dated far after all others, and times and tables with nothing to learn from.
class StrayTimesTest {
    private static final String QUERY = "PREDICT COUNT(visits.*, 0, 10, DAYS) > 2 FOR EACH shops.code";
    private static final TaskOptions FROZEN = TaskOptions.of(Protocol.FROZEN);

    private StagedTables tables = new StagedTables();
    private final List<String> warnings = new ArrayList<>();
    private final Progress progress = new Progress() {
        @Override
        public void warn(String line) {
            warnings.add(line);
        }
    };

    @AfterEach
    void close() {
        tables.close();
    }

    private void visits(String more) {
        shop("range(40)", more);
    }

    /// Shops and three hundred days of visits, in place of those before.
    ///
    /// @param shops yields `i`
    /// @param more further rows of visits as a select of `i` and `d` (days after the first)
    private void shop(String shops, String more) {
        tables.close();
        tables = new StagedTables();
        tables.table("shops", "code", Map.of(), null, Map.of(), "SELECT 's' || i AS code, i FROM " + shops + " t(i)");
        tables.table(
                "visits",
                "id",
                Map.of("shop", "shops.code"),
                "TIMESTAMP '2020-01-01' + to_days(CAST(d AS INTEGER))",
                Map.of(),
                "SELECT row_number() OVER () AS id, 's' || i AS shop, d FROM (SELECT i, d FROM range(300) a(d),"
                        + " range(40) b(i) WHERE d % (i % 10 + 1) = 0" + more + ")");
    }

    private Task task(TaskOptions options) {
        warnings.clear();
        CheckedQuery query = CheckedQuery.of(Query.parse(QUERY), tables.schema());
        return Tasks.of(tables.connection(), tables.schema(), query, options, progress);
    }

    private InputException refused(TaskOptions options) {
        return catchThrowableOfType(InputException.class, () -> task(options));
    }

    private static TaskOptions predictAt(String time) {
        return new TaskOptions(
                Protocol.FROZEN, OptionalLong.empty(), OptionalLong.empty(), FROZEN.step(), Timestamps.parse(time));
    }

    @Test
    void oneRowOfTheFarFutureMovesNothing() {
        visits("");
        Task clean = task(FROZEN);
        assertThat(warnings).isEmpty();
        visits(" UNION ALL SELECT 3, 4000");
        Task stray = task(FROZEN);
        assertThat(stray.testCutoff()).isEqualTo(clean.testCutoff());
        assertThat(stray.validationCutoff()).isEqualTo(clean.validationCutoff());
        assertThat(stray.predictAt()).isEqualTo(clean.predictAt());
        assertThat(stray.seeds().size()).isEqualTo(clean.seeds().size());
        assertThat(warnings)
                .singleElement()
                .satisfies(w -> assertThat(w)
                        .startsWith(
                                "visits has a row at 2030-12-14, long after all others, the newest of which is at 2020-10-26")
                        .contains("--test-time", "--predict-at", "Correct the row"));
    }

    /// The time that is asked for is the present then, however little happens before it.
    @Test
    void whoeverMeansItSaysSo() {
        visits(" UNION ALL SELECT 3, 4000");
        assertThat(refused(predictAt("2030-12-14")).kind()).isEqualTo("one-class");
        assertThat(warnings).isEmpty();
    }

    private Newest newest() {
        return Newest.of(new Queries(tables.connection()), List.of("visits", "shops"));
    }

    @Test
    void aPauseOrManyLateRowsAreNoMistake() {
        long day = 86_400_000_000L;
        long first = Timestamps.parse("2020-01-01").orElseThrow();
        visits(" UNION ALL SELECT 3, 598");
        assertThat(newest()).isEqualTo(new Newest(first + 598 * day, OptionalLong.empty()));
        visits(" UNION ALL SELECT 3, 599");
        assertThat(newest()).isEqualTo(new Newest(first + 299 * day, OptionalLong.of(first + 599 * day)));
        visits(" UNION ALL SELECT i, 4000 + i FROM range(40) t(i)");
        assertThat(newest()).isEqualTo(new Newest(first + 4039 * day, OptionalLong.empty()));
    }

    @Test
    void aTimeBeforeAllDataIsNamed() {
        visits("");
        InputException e = refused(predictAt("1990-01-01"));
        assertThat(e.getMessage())
                .startsWith("--predict-at 1990-01-01 lies before the first row of visits, 2020-01-01");
    }

    @Test
    void anEmptyTableIsSaidToBe() {
        visits(" AND false");
        assertThat(refused(FROZEN).getMessage()).startsWith("the table visits is empty");
        shop("range(0)", "");
        assertThat(refused(FROZEN).getMessage()).endsWith("at its times, the table shops is empty");
    }
}
