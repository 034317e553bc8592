package dev.hypha.relational.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hypha.graph.InputException;
import dev.hypha.relational.query.Span;
import dev.hypha.relational.query.TimeUnit;
import dev.hypha.relational.query.Timestamps;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimePlannerTest {
    private static final TaskOptions FREE = TaskOptions.of(Protocol.FROZEN);

    private static long time(String text) {
        return Timestamps.parse(text).orElseThrow();
    }

    private static Span span(String text) {
        return Span.parse(text).orElseThrow();
    }

    private static DataTimes data(String from, String to) {
        return new DataTimes(time(from), time(from), time(to));
    }

    private static TimePlan plan(DataTimes data, String window, TaskOptions options) {
        return new TimePlanner(data, span(window), Lookback.NONE, Long.MAX_VALUE, options).plan();
    }

    private static List<String> dates(List<Long> times) {
        return times.stream().map(Timestamps::format).toList();
    }

    @Test
    void theNewestWindowsAreForTestThoseBeforeForValidation() {
        TimePlan plan = plan(data("2020-01-01", "2020-12-31 07:00"), "30 days", FREE);
        assertThat(dates(plan.test())).containsExactly("2020-11-01", "2020-12-01");
        assertThat(dates(plan.validation())).containsExactly("2020-09-02", "2020-10-02");
        assertThat(dates(plan.train()))
                .startsWith("2020-01-06")
                .endsWith("2020-08-03")
                .hasSize(8);
        assertThat(plan.line(Split.TEST, plan.test())).isEqualTo("test: 2 times from 2020-11-01 to 2020-12-01");
        assertThat(plan.line(Split.TEST, plan.test().subList(1, 2)))
                .isEqualTo("test: 1 time, 2020-12-01 (1 without rows fell away)");
    }

    @Test
    void monthsAreStepsOfTheCalendar() {
        TimePlan plan = plan(
                data("2020-01-01", "2021-01-01"), "1 month", FREE.withCutoffs(time("2020-08-01"), time("2020-10-01")));
        assertThat(dates(plan.test())).containsExactly("2020-10-01", "2020-11-01", "2020-12-01");
        assertThat(dates(plan.validation())).containsExactly("2020-08-01", "2020-09-01");
        assertThat(dates(plan.train()))
                .containsExactly(
                        "2020-01-01",
                        "2020-02-01",
                        "2020-03-01",
                        "2020-04-01",
                        "2020-05-01",
                        "2020-06-01",
                        "2020-07-01");
    }

    @Test
    void atMostFortyTimesAreMeasured() {
        TimePlan plan = plan(
                data("1950-05-13", "2022-12-31"), "30 days", FREE.withCutoffs(time("2005-01-01"), time("2010-01-01")));
        assertThat(plan.test()).hasSize(40);
        assertThat(dates(plan.test())).startsWith("2010-01-01", "2010-01-31");
        assertThat(plan.validation()).hasSize(40);
        assertThat(dates(plan.train())).endsWith("2004-12-02");
        assertThat(plan.train().getFirst()).isBetween(time("1950-05-13"), time("1950-06-12"));
    }

    @Test
    void anotherStepLeavesTheWindowAsItIs() {
        TaskOptions weekly =
                FREE.withCutoffs(time("2020-03-01"), time("2020-04-01")).withStep(span("7 days"));
        TimePlan plan = plan(data("2020-01-01", "2020-05-10"), "30 days", weekly);
        assertThat(dates(plan.test())).containsExactly("2020-04-01", "2020-04-08");
        assertThat(dates(plan.validation())).containsExactly("2020-03-01");
        assertThat(dates(plan.train()))
                .containsExactly("2020-01-03", "2020-01-10", "2020-01-17", "2020-01-24", "2020-01-31");
    }

    @Test
    void nothingAfterThePresentIsUsed() {
        TimePlan plan = new TimePlanner(
                        data("2020-01-01", "2020-12-31"), span("30 days"), Lookback.NONE, time("2020-07-01"), FREE)
                .plan();
        assertThat(plan.test().getLast()).isEqualTo(time("2020-06-01"));
    }

    /// A window of the target that reaches back must lie inside the data, too; so must one of a table that
    /// begins later.
    @Test
    void trainingTimesBeginWithTheData() {
        TaskOptions given = FREE.withCutoffs(time("2020-10-01"), time("2020-11-01"));
        DataTimes data = data("2020-01-01", "2020-12-31");
        Span back = new Span(-90, TimeUnit.DAYS);
        TimePlan plan = new TimePlanner(
                        data, span("30 days"), new Lookback(Optional.of(back), Optional.empty()), Long.MAX_VALUE, given)
                .plan();
        assertThat(plan.train().getFirst()).isBetween(time("2020-03-31"), time("2020-04-30"));
        DataTimes late = new DataTimes(time("2020-01-01"), time("2020-06-01"), time("2020-12-31"));
        assertThat(plan(late, "30 days", given).train().getFirst()).isBetween(time("2020-05-02"), time("2020-06-01"));
    }

    /// What `WHERE` looks at must lie inside the data as well, as long as that leaves a training time.
    @Test
    void trainingTimesBeginWhereTheSelectionSeesItsWholeWindow() {
        TaskOptions given = FREE.withCutoffs(time("2020-10-01"), time("2020-11-01"));
        DataTimes data = data("2020-01-01", "2020-12-31");
        TimePlan plan = selected(data, 180, given);
        assertThat(plan.train().getFirst()).isBetween(time("2020-06-29"), time("2020-07-29"));
        assertThat(plan.selectionCut()).isFalse();
        TimePlan cut = selected(data, 400, given);
        assertThat(cut.train().getFirst()).isBetween(time("2020-01-01"), time("2020-01-31"));
        assertThat(cut.notes().getLast()).contains("WHERE looks further back than the data reach");
    }

    private static TimePlan selected(DataTimes data, int daysBack, TaskOptions options) {
        Lookback where = new Lookback(Optional.empty(), Optional.of(new Span(-daysBack, TimeUnit.DAYS)));
        return new TimePlanner(data, span("30 days"), where, Long.MAX_VALUE, options).plan();
    }

    /// Windows side by side leave no fact out; overlapping ones need no time at which there is no fact yet.
    @Test
    void onlyWindowsSideBySideBeginBeforeTheFirstFact() {
        DataTimes late = new DataTimes(time("2020-01-01"), time("2020-06-01 12:00"), time("2020-12-31"));
        TaskOptions given = FREE.withCutoffs(time("2020-10-01"), time("2020-11-01"));
        assertThat(dates(plan(late, "30 days", given).train())).startsWith("2020-05-04");
        assertThat(dates(plan(late, "30 days", given.withStep(span("20 days"))).train()))
                .startsWith("2020-06-13");
        assertThat(dates(plan(late, "30 days", given.withStep(span("30 days"))).train()))
                .startsWith("2020-05-04");
    }

    @Test
    void veryManyTrainingTimesAreCutOff() {
        TimePlan plan = plan(data("2000-01-01", "2020-01-01"), "1 hour", FREE);
        assertThat(plan.train()).hasSize(TimePlanner.MAX_TRAINING_TIMES);
        assertThat(plan.notes().getLast()).contains("older training times are left out");
    }

    @ParameterizedTest
    @CsvSource({
        "2020-01-01, 2020-02-20, 30 days, , , no-labels, training",
        "2020-01-01, 2020-01-20, 30 days, , , no-labels, training",
        "2020-01-01, 2020-12-31, 30 days, 2020-05-01, 2020-12-15, no-labels, test",
        "2020-01-01, 2020-12-31, 30 days, 2020-08-01, 2020-08-15, no-labels, validation",
        "2020-01-01, 2020-12-31, 30 days, 2020-01-10, 2020-08-15, no-labels, training",
        "2020-01-01, 2020-12-31, 30 days, 2020-08-01, 2020-08-01, cutoffs, not before the test cut-off"
    })
    void timesThatLeaveNothingAreRefused(
            String from, String to, String window, String validation, String test, String kind, String message) {
        TaskOptions options = validation == null ? FREE : FREE.withCutoffs(time(validation), time(test));
        assertThatThrownBy(() -> plan(data(from, to), window, options))
                .isInstanceOfSatisfying(InputException.class, e -> {
                    assertThat(e.kind()).isEqualTo(kind);
                    assertThat(e).hasMessageContaining(message);
                });
    }

    /// Whatever the data: every window lies inside them, and no label of a split is known later than the next
    /// one begins.
    @Test
    void splitsNeverOverlap() {
        long seed = 20_261_121L;
        SplittableRandom random = new SplittableRandom(seed);
        int planned = 0;
        for (int i = 0; i < 500; i++) {
            List<TimeUnit> units = List.of(TimeUnit.HOURS, TimeUnit.DAYS, TimeUnit.WEEKS, TimeUnit.MONTHS);
            Span window = new Span(random.nextInt(1, 20), units.get(random.nextInt(units.size())));
            long from = time("2020-01-01") + random.nextLong(TimeUnit.YEARS.micros());
            DataTimes data = new DataTimes(from, from, from + random.nextLong(4 * TimeUnit.YEARS.micros()));
            TaskOptions options =
                    random.nextBoolean() ? FREE : FREE.withStep(new Span(random.nextInt(1, 30), TimeUnit.DAYS));
            try {
                check(new TimePlanner(data, window, Lookback.NONE, Long.MAX_VALUE, options).plan(), data, window);
                planned++;
            } catch (InputException tooShort) {
                assertThat(tooShort.kind()).as("seed %d, round %d", seed, i).isIn("no-labels", "cutoffs");
            } catch (AssertionError e) {
                throw new AssertionError("seed " + seed + ", round " + i + ", window " + window, e);
            }
        }
        assertThat(planned).isGreaterThan(250);
    }

    private static void check(TimePlan plan, DataTimes data, Span window) {
        assertThat(plan.train()).isNotEmpty().isSorted().doesNotHaveDuplicates();
        assertThat(plan.train().getFirst()).isGreaterThanOrEqualTo(data.earliest());
        assertThat(window.after(plan.train().getLast(), 1)).isLessThanOrEqualTo(plan.validationCutoff());
        assertThat(plan.validation()).isNotEmpty().isSorted().first().isEqualTo(plan.validationCutoff());
        assertThat(window.after(plan.validation().getLast(), 1)).isLessThanOrEqualTo(plan.testCutoff());
        assertThat(plan.test()).isNotEmpty().isSorted().first().isEqualTo(plan.testCutoff());
        assertThat(window.after(plan.test().getLast(), 1)).isLessThanOrEqualTo(data.newestFact());
    }
}
