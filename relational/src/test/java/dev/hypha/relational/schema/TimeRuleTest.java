package dev.hypha.relational.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hypha.graph.InputException;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeRuleTest {
    private static final long DAY = 86_400_000_000L;

    @Test
    void readsColumnsOfTheTableAndOfParents() {
        assertThat(TimeRule.parse("date")).isEqualTo(new TimeRule(List.of(new TimeRule.Term("", "date")), 0));
        assertThat(TimeRule.parse(" races.date+races.time - 1 day "))
                .isEqualTo(new TimeRule(
                        List.of(new TimeRule.Term("races", "date"), new TimeRule.Term("races", "time")), -DAY));
        assertThat(TimeRule.parse("\"order date\" + 90 MINUTES"))
                .isEqualTo(new TimeRule(List.of(new TimeRule.Term("", "order date")), 5_400_000_000L));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            races.      | 7  | the name of a column
            date -      | 7  | a number of days
            date time   | 5  | `+` or `-`
            date + 3    | 9  | a unit
            date + 3 moons | 9 | a unit
            date + 1 day + time | 13 | nothing after the offset
            +           | 1  | the name of a column
            """)
    void pointsAtWhatItDoesNotUnderstand(String text, int position, String expected) {
        InputException e = catchThrowableOfType(InputException.class, () -> TimeRule.parse(text));
        assertThat(e.kind()).isEqualTo("time-rule");
        assertThat(e).hasMessageContaining(expected);
        assertThat((int) e.where().get("position")).isBetween(position, position + 6);
    }

    @Test
    void whatIsPrintedIsReadBack() {
        SplittableRandom random = new SplittableRandom(7);
        String[] names = {"date", "Order Date", "we\"ird", "t_1", "zeit_für", "a.b"};
        long[] units = {1_000_000L, 60_000_000L, 3_600_000_000L, DAY, 7 * DAY};
        for (int i = 0; i < 500; i++) {
            String table = random.nextBoolean() ? "" : names[random.nextInt(names.length)];
            List<TimeRule.Term> terms = random.nextBoolean()
                    ? List.of(new TimeRule.Term(table, names[random.nextInt(names.length)]))
                    : List.of(
                            new TimeRule.Term(table, "d"),
                            new TimeRule.Term(table, names[random.nextInt(names.length)]));
            TimeRule rule = new TimeRule(terms, random.nextInt(-40, 40) * units[random.nextInt(units.length)]);
            assertThat(TimeRule.parse(rule.toString()))
                    .as("seed 7, case %d: %s", i, rule)
                    .isEqualTo(rule);
        }
    }
}
