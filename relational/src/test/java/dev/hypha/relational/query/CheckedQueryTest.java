package dev.hypha.relational.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hypha.graph.InputException;
import dev.hypha.learn.TaskKind;
import dev.hypha.relational.schema.ColumnType;
import dev.hypha.relational.schema.TableColumn;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckedQueryTest {
    private static StagedTables tables;

    /// Airports with flights from and to them, delays of flights, and a table apart.
    @BeforeAll
    static void stage() {
        tables = new StagedTables();
        tables.table(
                "airports",
                "id",
                Map.of(),
                null,
                Map.of("name", ColumnType.TEXT, "country", ColumnType.CATEGORICAL, "hub", ColumnType.BOOLEAN),
                "SELECT * FROM (VALUES (1, 'A', 'x', 3, 1), (2, 'B', 'y', 5, 0)) v(id, name, country, gates, hub)");
        tables.table(
                "flights",
                "id",
                Map.of("origin", "airports.id", "target", "airports.id"),
                "moment",
                Map.of("airline", ColumnType.CATEGORICAL, "code", ColumnType.CATEGORICAL),
                "SELECT * FROM (VALUES (1, 1, 2, 'u', 7, TRUE, TIMESTAMP '2020-01-01', [1]),"
                        + " (2, 1, 2, 'v', 8, FALSE, TIMESTAMP '2020-01-03', [2]))"
                        + " v(id, origin, target, airline, code, full_up, moment, seats)");
        tables.table(
                "delays",
                "id",
                Map.of("flight", "flights.id"),
                "moment",
                Map.of(),
                "SELECT * FROM (VALUES (1, 1, 5.5, TIMESTAMP '2020-01-02')) v(id, flight, minutes, moment)");
        tables.table(
                "alone",
                "id",
                Map.of(),
                "moment",
                Map.of(),
                "SELECT 1 AS id, 2 AS x, TIMESTAMP '2020-01-02' AS moment");
        tables.table("gates", null, Map.of("airport", "airports.id"), null, Map.of(), "SELECT 1 AS n, 1 AS airport");
    }

    @AfterAll
    static void close() {
        tables.close();
    }

    private static CheckedQuery check(String text) {
        return CheckedQuery.of(Query.parse(text), tables.schema());
    }

    private static CheckedQuery predict(String target) {
        return check("PREDICT " + target + " FOR EACH airports.id");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            EXISTS(flights.* VIA origin, 0, 1, DAYS)                  | BINARY
            COUNT(flights.* VIA origin, 0, 1, DAYS) = 0               | BINARY
            AVG(flights.code VIA origin, 0, 1, DAYS)                  | REGRESSION
            AVG(flights.full_up VIA origin, 0, 1, DAYS)               | REGRESSION
            SUM(delays.minutes VIA origin, 0, 1, DAYS) / 60           | REGRESSION
            LAST(flights.airline VIA origin, 0, 1, DAYS)              | MULTICLASS
            FIRST(flights.code VIA origin, 0, 1, DAYS)                | MULTICLASS
            FIRST(flights.target VIA origin, 0, 1, DAYS)              | MULTICLASS
            MIN(flights.code VIA origin, 0, 1, DAYS)                  | REGRESSION
            FIRST(flights.full_up VIA origin, 0, 1, DAYS)             | BINARY
            LIST_DISTINCT(flights.airline VIA origin, 0, 1, DAYS)     | MULTILABEL
            airports.country                                          | MULTICLASS
            country = 'x'                                             | BINARY
            gates                                                     | REGRESSION
            hub                                                       | BINARY
            """)
    void theTaskFollowsFromTheTarget(String target, TaskKind kind) {
        assertThat(predict(target).kind()).isEqualTo(kind);
    }

    /// `^` stands before the character that the error points at.
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            PREDICT EXISTS(^flihgts.*, 0, 1, DAYS) FOR EACH airports.id      | unknown-table  | no table 'flihgts'         | flights
            PREDICT gates FOR EACH ^airprots.id                              | unknown-table  | no table 'airprots'        | airports
            PREDICT gates FOR EACH ^airports.idd                             | unknown-column | no column 'idd'            | id
            PREDICT gates FOR EACH ^airports.gates                           | not-a-key      | 'gates' is not the primary key | airports.id
            PREDICT n FOR EACH ^gates.n                                      | not-a-key      | 'n' is not the primary key | schema file
            PREDICT SUM(^delays.minute, 0, 1, DAYS) FOR EACH flights.id      | unknown-column | no column 'minute'         | minutes
            PREDICT ^airports.counrty FOR EACH airports.id                   | unknown-column | no column 'counrty'        | country
            PREDICT EXISTS(^alone.*, 0, 1, DAYS) FOR EACH airports.id        | no-path        | no foreign key leads from 'alone' to 'airports' | schema file
            PREDICT EXISTS(flights.* VIA origin WHERE ^alone.x = 1, 0, 1, DAYS) FOR EACH airports.id | no-path | from 'flights' to 'alone' | can be used here
            PREDICT EXISTS(^flights.*, 0, 1, DAYS) FOR EACH airports.id      | ambiguous-path | flights.origin -> airports; flights.target -> airports | VIA flights.
            PREDICT EXISTS(^delays.*, 0, 1, DAYS) FOR EACH airports.id       | ambiguous-path | delays.flight -> flights.origin -> airports | VIA flights.
            PREDICT EXISTS(flights.* VIA origin WHERE ^airports.gates > 1, 0, 1, DAYS) FOR EACH airports.id | ambiguous-path | several ways | flights.origin.COLUMN
            PREDICT EXISTS(flights.* VIA ^airline, 0, 1, DAYS) FOR EACH airports.id | no-path | uses the foreign keys of VIA | flights.origin
            PREDICT EXISTS(flights.* VIA origin WHERE ^airline.x = 1, 0, 1, DAYS) FOR EACH airports.id | unknown-table | no table 'airline' | alone
            PREDICT EXISTS(flights.* VIA origin WHERE ^flights.code.x = 1, 0, 1, DAYS) FOR EACH airports.id | no-foreign-key | 'code' of 'flights' is no foreign key | followed
            PREDICT EXISTS(^gates.*, 0, 1, DAYS) FOR EACH airports.id        | no-time        | table 'gates' has no time  | schema file
            PREDICT EXISTS(flights.* VIA origin WHERE ^COUNT(delays.*, 0, 1, DAYS) > 1, 0, 1, DAYS) FOR EACH airports.id | nested-aggregate | inside another | columns of 'flights'
            PREDICT AVG(^flights.airline VIA origin, 0, 1, DAYS) FOR EACH airports.id | type      | AVG cannot be taken of a column that is text | COUNT_DISTINCT
            PREDICT MAX(^flights.airline VIA origin, 0, 1, DAYS) FOR EACH airports.id | type      | MAX cannot be taken of a column that is text |
            PREDICT SUM(^flights.* VIA origin, 0, 1, DAYS) FOR EACH airports.id | type           | SUM needs a column, not *  | table.column
            PREDICT COUNT_DISTINCT(^flights.* VIA origin, 0, 1, DAYS) FOR EACH airports.id | type | needs a column           |
            PREDICT FIRST(^flights.seats VIA origin, 0, 1, DAYS) FOR EACH airports.id | type      | FIRST cannot be taken      |
            PREDICT country ^= 3 FOR EACH airports.id                        | type           | compares a number with text | single quotes
            PREDICT hub ^= TRUE FOR EACH airports.id                         | type           | compares a number with true or false | TRUE or FALSE
            PREDICT gates + ^country > 1 FOR EACH airports.id                | type           | '+' needs numbers, this is text |
            PREDICT gates IN (1, ^'x') FOR EACH airports.id                  | type           | compares a number with text |
            PREDICT gates BETWEEN 1 AND ^'x' FOR EACH airports.id            | type           | compares a number with text |
            PREDICT ^gates LIKE 'x' FOR EACH airports.id                     | type           | LIKE needs text, this is a number |
            PREDICT ^gates AND hub = 1 FOR EACH airports.id                  | type           | AND needs a condition, this is a number |
            PREDICT NOT ^gates FOR EACH airports.id                          | type           | NOT needs a condition      |
            PREDICT EXISTS(flights.* VIA origin WHERE moment > ^'soon', 0, 1, DAYS) FOR EACH airports.id | type | 'soon' is not a time | 2010-01-01
            PREDICT EXISTS(flights.* VIA origin WHERE full_up ^< TRUE, 0, 1, DAYS) FOR EACH airports.id | type | have no order |
            PREDICT EXISTS(flights.* VIA origin WHERE seats ^= seats, 0, 1, DAYS) FOR EACH airports.id | type | cannot be compared |
            PREDICT gates > ^1e999 FOR EACH airports.id                      | number-too-large | too large                | 1.8e308
            PREDICT ^name FOR EACH airports.id                               | type           | free text cannot be predicted | categorical
            PREDICT ^'x' FOR EACH airports.id                                | constant       | reads nothing from the database |
            PREDICT 1 ^+ 1 FOR EACH airports.id                              | constant       | reads nothing              |
            PREDICT ^LAST(flights.moment VIA origin, 0, 1, DAYS) FOR EACH airports.id | type      | a time cannot be predicted |
            PREDICT ^seats FOR EACH flights.id                               | type           | this type cannot be predicted |
            PREDICT ^COUNT(flights.* VIA origin, -1, 0, DAYS) FOR EACH airports.id | past-target | looks only at the past  | after 0
            PREDICT gates FOR EACH airports.id WHERE ^gates                  | type           | WHERE needs a condition    |
            PREDICT gates FOR EACH airports.id WHERE ^EXISTS(flights.* VIA origin, 0, 1, DAYS) | leak | WHERE looks at a window that ends after | GIVEN
            PREDICT EXISTS(flights.* VIA origin, 0, 1, DAYS) FOR EACH airports.id WHERE NOT ^EXISTS(flights.* VIA origin, 0, 1, DAYS) | leak | asks for what is predicted | GIVEN
            PREDICT gates FOR EACH airports.id WHERE gates ^> 1              | leak           | WHERE reads airports.gates, which is what is predicted | predicted anyway
            PREDICT gates FOR EACH airports.id GIVEN ^EXISTS(flights.* VIA origin, 0, 1, DAYS) | static-given | needs a target over a time window | WHERE
            PREDICT EXISTS(flights.* VIA origin, 0, 1, DAYS) FOR EACH airports.id GIVEN gates ^> 1 | past-given | nothing after the prediction time | WHERE
            PREDICT ^gates RANK TOP 3 FOR EACH airports.id                   | type           | RANK TOP needs a target LIST_DISTINCT | leave RANK TOP out
            """)
    void mistakesAreNamedWithPlaceAndRemedy(String marked, String kind, String message, String hint) {
        int at = marked.indexOf('^');
        assertThatThrownBy(() -> check(marked.replace("^", ""))).isInstanceOfSatisfying(InputException.class, e -> {
            assertThat(e.getMessage())
                    .startsWith("query, line 1, column " + (at + 1) + ": ")
                    .contains(message);
            assertThat(e.kind()).isEqualTo(kind);
            assertThat(e.hint()).contains(hint == null ? "" : hint);
        });
    }

    @Test
    void rankingIsNotYet() {
        assertThatThrownBy(() -> predict("LIST_DISTINCT(flights.airline VIA origin, 0, 1, DAYS) RANK TOP 3"))
                .isInstanceOfSatisfying(InputException.class, e -> {
                    assertThat(e.kind()).isEqualTo("not-yet");
                    assertThat(e).hasMessageContaining("RANK TOP 3").hasMessageContaining("cannot be trained yet");
                });
    }

    @Test
    void namesMayDifferInCase() {
        assertThat(check("PREDICT SUM(Delays.MINUTES, 0, 1, DAYS) FOR EACH FLIGHTS.Id")
                        .targetColumns())
                .containsExactly(new TableColumn("delays", "minutes"));
    }

    @Test
    void aWindowsReachIsKnown() {
        CheckedQuery query = check("PREDICT SUM(delays.minutes, 1, 3, HOURS) - SUM(delays.minutes, -2, 0, DAYS)"
                + " FOR EACH flights.id GIVEN EXISTS(delays.*, 0, 1, MONTHS)");
        assertThat(query.isStatic()).isFalse();
        assertThat(query.horizon()).contains(new Span(1, TimeUnit.MONTHS));
        assertThat(query.targetStartMicros()).isEqualTo(-2 * TimeUnit.DAYS.micros());
        assertThat(query.targetEndMicros()).isEqualTo(3 * TimeUnit.HOURS.micros());
        assertThat(query.factTables()).containsExactly("delays");
        assertThat(query.givenSentence())
                .hasValueSatisfying(s -> assertThat(s).contains("EXISTS(delays.*, 0, 1, MONTHS)"));
    }

    @Test
    void aStaticTargetHidesItsColumns() {
        CheckedQuery query = check("PREDICT country FOR EACH airports.id WHERE gates > 3");
        assertThat(query.isStatic()).isTrue();
        assertThat(query.hiddenColumns()).containsExactly(new TableColumn("airports", "country"));
        assertThat(query.selectedBy()).containsExactly(new TableColumn("airports", "gates"));
        assertThat(query.windows()).isEmpty();
        assertThat(query.horizon()).isEmpty();
        assertThat(predict("EXISTS(flights.* VIA origin, 0, 1, DAYS)").hiddenColumns())
                .isEmpty();
    }

    private static List<String> signals(String target) {
        return predict(target).rowSignals().stream()
                .map(s -> s.table() + ": " + s.name() + (s.condition() ? "?" : ""))
                .toList();
    }

    @Test
    void rowSignalsAreWhatTheTargetSaysOfARow() {
        assertThat(signals("EXISTS(flights.* VIA origin, 0, 1, DAYS)")).isEmpty();
        assertThat(signals("COUNT(flights.* VIA origin WHERE full_up, 0, 1, DAYS) > 2"))
                .containsExactly("flights: full_up?");
        assertThat(signals("3 >= MIN(delays.minutes VIA origin, 0, 1, DAYS)"))
                .containsExactly("delays: delays.minutes <= 3?", "delays: delays.minutes");
        assertThat(signals("SUM(delays.minutes VIA origin WHERE flights.full_up, 0, 1, DAYS)"))
                .containsExactly("delays: delays.minutes where flights.full_up");
        assertThat(signals("LAST(flights.airline VIA origin, 0, 1, DAYS) IN ('u', 'v')"))
                .containsExactly("flights: flights.airline IN ('u', 'v')?");
        assertThat(signals("NOT AVG(flights.code VIA origin, 0, 1, DAYS) BETWEEN 1 AND 2"))
                .containsExactly("flights: flights.code BETWEEN 1 AND 2?", "flights: flights.code");
    }

    /// The flight of the only delay came before it, so the delay may read it.
    @Test
    void rowSignalsCanBeComputed() {
        RowSignal signal = predict("SUM(delays.minutes VIA origin WHERE flights.full_up, 0, 1, DAYS)")
                .rowSignals()
                .getFirst();
        String sql = "SELECT " + signal.sql() + " FROM data." + signal.table() + " f ORDER BY f._row";
        assertThat(tables.rows(sql).toString()).isEqualTo("[[5.5]]");
        tables.run("UPDATE data.flights SET _time = TIMESTAMP '2020-01-05' WHERE id = 1");
        assertThat(tables.rows(sql).toString()).isEqualTo("[[null]]");
        tables.run("UPDATE data.flights SET _time = TIMESTAMP '2020-01-01' WHERE id = 1");
    }

    /// A foreign key from text to numbers is compared as text instead of stopping the database.
    @Test
    void keysOfAnotherTypeAreComparedAsText() {
        try (StagedTables odd = new StagedTables()) {
            odd.table("a", "id", Map.of(), null, Map.of(), "SELECT 1 AS id");
            odd.table(
                    "b",
                    "id",
                    Map.of("a", "a.id"),
                    "moment",
                    Map.of(),
                    "SELECT * FROM (VALUES (1, '1', TIMESTAMP '2020-01-02'), (2, 'x', TIMESTAMP '2020-01-02')) v(id, a, moment)");
            odd.run("CREATE TABLE pairs AS SELECT 0 AS entity, TIMESTAMP '2020-01-01' AS time");
            CheckedQuery query =
                    CheckedQuery.of(Query.parse("PREDICT COUNT(b.*, 0, 1, DAYS) FOR EACH a.id"), odd.schema());
            assertThat(odd.rows(query.labels("pairs", Pairing.SHARED_TIMES))
                            .getFirst()
                            .get(2))
                    .isEqualTo(1.0);
        }
    }
}
