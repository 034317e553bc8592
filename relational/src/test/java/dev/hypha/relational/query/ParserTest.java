package dev.hypha.relational.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hypha.graph.InputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParserTest {
    private static final String CHURN = "PREDICT COUNT(orders.*, 0, 90, DAYS) = 0\nFOR EACH customers.customer_id";

    private static String canonical(String text) {
        return Query.parse(text).toString();
    }

    private static String target(String expression) {
        return Printer.print(
                Query.parse("PREDICT " + expression + " FOR EACH t.id").target());
    }

    @Test
    void clausesStandInAnyOrder() {
        String expected = "PREDICT SUM(a.x, 0, 1, DAYS)\nFOR EACH t.id\nWHERE t.b > 1\nGIVEN EXISTS(a.*, 0, 1, DAYS)\n"
                + "AS OF '2020-02-03'";
        assertThat(canonical("AS OF DATE '2020-02-03' GIVEN EXISTS(a.*, 0, 1, days) WHERE t.b > 1 "
                        + "FOR EACH t.id PREDICT SUM(a.x, 0, 1, DAY)"))
                .isEqualTo(expected)
                .isEqualTo(canonical(expected));
    }

    @Test
    void keywordsHaveNoCaseAndCommentsAndLayoutMeanNothing() {
        assertThat(
                        canonical(
                                "\uFEFFpredict -- how often\n\tCount ( orders . * ,0,90 , Days)=0 -- 'x\nfor each customers.customer_id ;"))
                .isEqualTo(CHURN);
    }

    @Test
    void rankIsPartOfTheLanguage() {
        assertThat(canonical("PREDICT LIST_DISTINCT(o.p, 0, 1, DAYS) rank top 12 FOR EACH t.id"))
                .isEqualTo("PREDICT LIST_DISTINCT(o.p, 0, 1, DAYS)\nRANK TOP 12\nFOR EACH t.id");
    }

    @Test
    void anythingIsANameInQuotesAndAfterADot() {
        assertThat(
                        canonical(
                                "PREDICT \"order\".\"FOR\" + t.where + \"a \"\"b\"\"\".\"1\" FOR EACH \"my table\".\"the key\""))
                .isEqualTo(
                        "PREDICT order.\"FOR\" + t.\"where\" + \"a \"\"b\"\"\".\"1\"\nFOR EACH \"my table\".\"the key\"");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            a + b * c            | a + b * c
            (a + b) * c          | (a + b) * c
            a - (b - c)          | a - (b - c)
            (a - b) - c          | a - b - c
            a / b * c            | a / b * c
            a / (b * c)          | a / (b * c)
            -a                   | -a
            - - a                | - -a
            -(a + b)             | -(a + b)
            a = 1 or b = 2 and c = 3 | a = 1 OR b = 2 AND c = 3
            (a = 1 or b = 2) and c = 3 | (a = 1 OR b = 2) AND c = 3
            not a = 1 and b      | NOT a = 1 AND b
            not (a and b)        | NOT (a AND b)
            (not a) = b          | (NOT a) = b
            (a = 1) = (b = 2)    | (a = 1) = (b = 2)
            a not in (1, -2, 'x', true) | a NOT IN (1, -2, 'x', TRUE)
            a between 1 and 2 + 3 and b | a BETWEEN 1 AND 2 + 3 AND b
            a not like 'it''s%'  | a NOT LIKE 'it''s%'
            a + 1 is not null    | a + 1 IS NOT NULL
            (a is null) is null  | (a IS NULL) IS NULL
            a != 1.50            | a <> 1.50
            .5 + 1e3 + 1.e-3     | .5 + 1e3 + 1.e-3
            a--b                 | a
            """)
    void expressionsArePrintedWithTheParenthesesTheyNeed(String written, String printed) {
        assertThat(target(written + "\n")).isEqualTo(printed);
        assertThat(target(printed)).isEqualTo(printed);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            COUNT(f.*, -inf, 0, hour)                    | COUNT(f.*, -INF, 0, HOURS)
            count_distinct(f.a, 0, 1, WEEKS)             | COUNT_DISTINCT(f.a, 0, 1, WEEKS)
            avg(f.a where f.b > 1 and c, 0, 2, months)   | AVG(f.a WHERE f.b > 1 AND c, 0, 2, MONTHS)
            last(f.a.b.c via x and f.y where d, -2, 5, year) | LAST(f.a.b.c VIA x AND f.y WHERE d, -2, 5, YEARS)
            min(f.a where d via x, 0, 5, MINUTES)        | MIN(f.a VIA x WHERE d, 0, 5, MINUTES)
            """)
    void aggregates(String written, String printed) {
        assertThat(target(written)).isEqualTo(printed);
        assertThat(target(printed)).isEqualTo(printed);
    }

    @Test
    void whatIsPrintedIsReadBackTheSame() {
        long seed = 20_261_121L;
        for (int i = 0; i < 2_000; i++) {
            String text = new QueryGenerator(seed + i).query();
            String printed = canonical(text);
            assertThat(canonical(printed)).as("seed %d: %s", seed + i, text).isEqualTo(printed);
        }
    }

    /// Every mistake names its line and column (from 1), and what was expected there.
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ``                                           | 1 |  1 | expected PREDICT, found the end of the query
            PREDCT COUNT(a.*, 0, 1, DAYS)                | 1 |  1 | expected PREDICT, found 'PREDCT'
            PREDICT FOR EACH t.id                        | 1 |  9 | expected a column, an aggregate
            PREDICT a.b                                  | 1 | 12 | expected FOR EACH table.key, found the end
            FOR EACH t.id                                | 1 | 14 | expected PREDICT with what to predict
            PREDICT a.b FOR t.id                         | 1 | 17 | expected EACH, found 't'
            PREDICT a.b FOR EACH t                       | 1 | 22 | expected table.key after FOR EACH
            PREDICT a.b FOR EACH t.id t                  | 1 | 27 | expected an operator, a clause
            PREDICT a.b PREDICT a.c                      | 1 | 13 | PREDICT stands here a second time
            PREDICT a.b FOR EACH t.id;x                  | 1 | 27 | expected the end of the query, found 'x'
            PREDICT COUNT(a.*, 0, 1) FOR EACH t.id       | 1 | 24 | expected ',' and the window's unit, found ')'
            PREDICT COUNT(a.*, 0, 1, DAZE) FOR EACH t.id | 1 | 26 | expected the window's unit: SECONDS
            PREDICT COUNT(a.*, 0.5, 1, DAYS) FOR EACH t.id | 1 | 20 | expected the window's start
            PREDICT COUNT(a.*, 0, -INF, DAYS) FOR EACH t.id | 1 | 24 | expected the window's end
            PREDICT COUNT(a.*, 3, 3, DAYS) FOR EACH t.id | 1 | 20 | the window ends before it starts
            PREDICT COUNT(a.*, 0, 9999, YEARS) FOR EACH t.id | 1 | 20 | reaches further than 5000 years
            PREDICT COUNT(a.*) FOR EACH t.id             | 1 | 18 | expected ',' and the window's start, VIA or WHERE
            PREDICT COUNT(a, 0, 1, DAYS) FOR EACH t.id   | 1 | 16 | expected '.' and a column or '*'
            PREDICT COUNTS(a.*, 0, 1, DAYS) FOR EACH t.id | 1 | 9 | there is no function 'COUNTS'
            PREDICT a.b > FOR EACH t.id                  | 1 | 15 | found 'FOR'
            PREDICT (a.b FOR EACH t.id                   | 1 | 14 | expected ')' or an operator, found 'FOR'
            PREDICT a.b = NULL FOR EACH t.id             | 1 | 15 | nothing equals NULL
            PREDICT a.b IS 3 FOR EACH t.id               | 1 | 16 | expected NULL or NOT NULL, found the number 3
            PREDICT a.b NOT 3 FOR EACH t.id              | 1 | 17 | expected IN, BETWEEN or LIKE
            PREDICT a.b IN (c) FOR EACH t.id             | 1 | 17 | expected a number, a text in single quotes
            PREDICT a.b IN () FOR EACH t.id              | 1 | 17 | expected a number, a text in single quotes
            PREDICT a.b LIKE 3 FOR EACH t.id             | 1 | 18 | expected a pattern in single quotes
            PREDICT a.b = 'x FOR EACH t.id               | 1 | 15 | expected a closing ' for the text
            PREDICT a.b = "x FOR EACH t.id               | 1 | 15 | expected a closing " for the name
            PREDICT a.b ? 3 FOR EACH t.id                | 1 | 13 | the character '?' has no meaning here
            PREDICT 3x FOR EACH t.id                     | 1 | 10 | expected a space, a sign or the end after the number 3
            PREDICT a.* FOR EACH t.id                    | 1 | 11 | expected a column's name, found '*'
            PREDICT a.b RANK TOP 0 FOR EACH t.id         | 1 | 22 | expected a whole number above 0
            PREDICT a.b FOR EACH t.id AS OF 2020         | 1 | 33 | expected a time in quotes
            PREDICT a.b FOR EACH t.id AS OF 'soon'       | 1 | 33 | expected a time in quotes
            PREDICT a.b FOR EACH t.id AS OF '2020-02-30' | 1 | 33 | expected a time in quotes
            PREDICT a.b FOR EACH "".id                   | 1 | 22 | a name is empty
            """)
    void syntaxErrorsNameThePlace(String text, int line, int column, String message) {
        assertThatThrownBy(() -> Query.parse(text)).isInstanceOfSatisfying(InputException.class, e -> {
            assertThat(e.kind()).isEqualTo("syntax");
            assertThat(e.getMessage())
                    .startsWith("query, line " + line + ", column " + column + ": ")
                    .contains(message);
            assertThat(e.where()).containsEntry("line", line).containsEntry("column", column);
        });
    }

    @Test
    void theLineIsShownWithACaretUnderThePlace() {
        assertThatThrownBy(() -> Query.parse(CHURN + "\n\tWHERE COUNT(orders.*, -180, 0, DAYS) 0\nAS OF '2020-01-01'"))
                .isInstanceOfSatisfying(InputException.class, e -> {
                    assertThat(e.getMessage()).startsWith("query, line 3, column 39: expected an operator");
                    assertThat(e.where().get("excerpt"))
                            .isEqualTo("   WHERE COUNT(orders.*, -180, 0, DAYS) 0\n"
                                    + "                                        ^");
                });
    }

    @Test
    void whatWouldOverflowAStackIsRefused() {
        String deep = "(".repeat(100_000);
        String many = "a.b = 1" + " OR a.b = 1".repeat(100_000);
        String signs = "-".repeat(2) + " ".repeat(2);
        for (String text :
                new String[] {deep, many, "NOT ".repeat(100_000), "- ".repeat(100_000), "1" + "+1".repeat(100_000)}) {
            assertThatThrownBy(() -> Query.parse("PREDICT " + text + signs + " FOR EACH t.id"))
                    .isInstanceOf(InputException.class);
        }
    }
}
