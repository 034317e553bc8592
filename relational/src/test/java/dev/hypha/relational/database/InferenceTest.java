package dev.hypha.relational.database;

import static dev.hypha.relational.database.Samples.keys;
import static dev.hypha.relational.database.Samples.open;
import static dev.hypha.relational.database.Samples.rows;
import static dev.hypha.relational.database.Samples.write;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hypha.relational.schema.ColumnType;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InferenceTest {
    @TempDir
    Path folder;

    private void table(String name, String header, int rows, IntFunction<String> row) {
        String[] lines = new String[rows + 1];
        lines[0] = header;
        for (int i = 0; i < rows; i++) lines[i + 1] = row.apply(i);
        write(folder, name + ".csv", lines);
    }

    @ParameterizedTest
    @CsvSource({
        "drivers, id", "drivers, driverId", "drivers, driver_id", "drivers, DRIVERID", "categories, category_id",
        "addresses, AddressId", "people, person_id", "tbl_users, user_id", "order_lines, OrderLineId",
                "qualifying, qualifyId",
        "sprint_results, resultId", "countries, country_code", "status, status_id", "dim_customer, customer_key",
    })
    void aKeyIsFoundByName(String table, String key) {
        table(table, key + ",amount", 30, i -> (i + 1) + "," + i % 7);
        try (Database database = open(folder)) {
            assertThat(keys(database, table)).isEqualTo(key + "; -");
        }
    }

    @ParameterizedTest
    @CsvSource({"customer_id", "customerId", "CUSTOMER_ID", "buyer_customer_id", "customer", "id_customer"})
    void aForeignKeyIsFoundByNameAndValues(String column) {
        table("customers", "customer_id,name", 40, i -> (i + 1) + ",n" + i);
        table("orders", "order_id," + column + ",quantity,year,rating", 90, i -> i + "," + (i % 40 + 1) + ",1,20,3");
        try (Database database = open(folder)) {
            assertThat(keys(database, "orders")).isEqualTo("order_id " + column + "->customers; -");
        }
    }

    @Test
    void valuesAloneMakeNoForeignKey() {
        table("drivers", "driverId,number", 100, i -> (i + 1) + "," + (i + 1));
        table("races", "raceId,year,round,laps", 100, i -> (i + 1) + "," + (i + 1) + "," + (i % 20 + 1) + ",50");
        table(
                "results",
                "resultId,raceId,quantity,position,grid,stop,driver_count,paid",
                100,
                i -> i + "," + (i % 100 + 1) + ",1,2,3,4,5,6");
        try (Database database = open(folder)) {
            assertThat(keys(database, "results")).isEqualTo("resultId raceId->races; -");
            assertThat(keys(database, "races")).isEqualTo("raceId; -");
            assertThat(keys(database, "drivers")).isEqualTo("driverId; -");
        }
    }

    @Test
    void rowsThatLeadNowhereAreCountedAndTooManyMakeNoKey() {
        table("users", "id,name", 100, i -> i + ",n");
        table(
                "posts",
                "id,user_id,owner_user_id",
                100,
                i -> i + "," + (i < 93 ? i : 1000) + "," + (i < 80 ? i : 1000 + i));
        table("likes", "id,user_id", 100, i -> i + "," + (i + 70));
        try (Database database = open(folder)) {
            assertThat(keys(database, "posts")).isEqualTo("id user_id->users; -");
            assertThat(database.schema().table("posts").foreignKeys().getFirst().dangling())
                    .isEqualTo(7);
            assertThat(database.warnings())
                    .contains("posts.user_id: 7 of 100 rows refer to no row of users (dangling foreign key)");
            assertThat(keys(database, "likes")).isEqualTo("id; -");
            assertThat(database.warnings()).anyMatch(w -> w.contains("only 30 % of the values of likes.user_id"));
        }
    }

    @Test
    void rowsLeadToRowsOfTheirOwnTable() {
        table("employees", "employee_id,reports_to", 20, i -> (i + 1) + "," + (i == 0 ? "" : (i + 1) / 2));
        table("categories", "id,parent_id", 20, i -> (i + 1) + "," + (i < 3 ? "" : i / 2));
        table("customers", "id,support_rep_id", 30, i -> (i + 1) + "," + (i % 3 + 1));
        try (Database database = open(folder)) {
            assertThat(keys(database, "employees")).isEqualTo("employee_id reports_to->employees; -");
            assertThat(keys(database, "categories")).isEqualTo("id parent_id->categories; -");
            assertThat(keys(database, "customers")).isEqualTo("id support_rep_id->employees; -");
        }
    }

    @Test
    void typesMustAgree() {
        table("users", "id,name", 30, i -> i + ",n");
        table("posts", "id,user_id", 30, i -> i + ",u" + i);
        try (Database database = open(folder)) {
            assertThat(keys(database, "posts")).isEqualTo("id; -");
            assertThat(database.warnings())
                    .anyMatch(w -> w.contains("posts.user_id (VARCHAR)") && w.contains("another type"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "created_at, created_at",
        "date, date",
        "order_date, order_date",
        "orderDate, orderDate",
        "timestamp, timestamp",
        "dob, -",
        "birth_date, -",
        "BirthDate, -",
        "expires_at, -",
        "updated_at, -",
        "hire_date, hire_date",
        "visited, visited",
    })
    void timeIsWhenTheRowCameToBe(String column, String time) {
        table("orders", "order_id," + column, 30, i -> i + ",2020-01-%02d".formatted(i % 28 + 1));
        try (Database database = open(folder)) {
            assertThat(keys(database, "orders")).isEqualTo("order_id; " + time);
        }
    }

    @Test
    void anEventIsPreferredOverABeginningOverNothing() {
        table(
                "t",
                "id,shipped_date,start_date,order_date,birth_date",
                9,
                i -> i + ",2020-01-01,2020-01-02,2020-01-03,2020-01-04");
        table("u", "id,birth_date,joined_on", 9, i -> i + ",2020-01-01,2020-01-02");
        table("v", "id,rare_date,joined_on", 9, i -> i + "," + (i == 0 ? "2020-01-01" : "") + ",2020-01-02");
        try (Database database = open(folder)) {
            assertThat(keys(database, "t")).isEqualTo("id; order_date");
            assertThat(keys(database, "u")).isEqualTo("id; joined_on");
            assertThat(keys(database, "v")).isEqualTo("id; joined_on");
        }
    }

    @Test
    void detailsTakeTheTimeOfTheirOneEvent() {
        table(
                "races",
                "raceId,date,time",
                10,
                i -> i + ",2020-01-%02d,%s".formatted(i + 1, i == 3 ? "\\N" : "14:30:00"));
        table("teams", "teamId,founded", 5, i -> i + ",1990-01-01");
        table("results", "resultId,raceId,teamId", 10, i -> i + "," + (9 - i) + "," + i % 5);
        table("games", "gameId,date", 10, i -> i + ",2021-01-01");
        table("bets", "betId,raceId,gameId", 10, i -> i + "," + i + "," + i);
        table("tips", "tipId,raceId", 10, i -> i + "," + (i < 5 ? "" : i));
        try (Database database = open(folder)) {
            assertThat(keys(database, "results")).endsWith("; races.date + races.time");
            assertThat(rows(
                            database,
                            "SELECT CAST(_time AS VARCHAR) FROM data.results WHERE raceId IN (3, 4) ORDER BY raceId"))
                    .containsExactly("2020-01-04 00:00:00", "2020-01-05 14:30:00");
            assertThat(keys(database, "bets")).endsWith("; -");
            assertThat(database.warnings())
                    .anyMatch(w -> w.startsWith("bets has no time") && w.contains("2 foreign keys"));
            assertThat(keys(database, "tips"))
                    .as("half of its rows belong to no race")
                    .endsWith("; -");
            assertThat(rows(database, "SELECT count(_time) FROM data.teams")).containsExactly("0");
        }
    }

    @Test
    void rowsWithoutTimeAreCounted() {
        table("visits", "id,visit_date", 10, i -> i + "," + (i < 3 ? "" : "2020-01-01"));
        try (Database database = open(folder)) {
            assertThat(database.warnings()).anyMatch(w -> w.contains("visits: 3 of 10 rows have no time"));
        }
    }

    @Test
    void columnTypesFollowHowValuesRepeat() {
        table(
                "t",
                "id,price,flag,status_code,zip,kind,note,sku,age,seen,email",
                200,
                i -> i + "," + i * 0.5 + "," + (i % 2 == 0) + "," + i % 4 + "," + (10000 + i % 30) + ",k" + i % 3
                        + ",some words that differ " + i + ",S" + i + "," + i % 90 + ",2020-01-01,u" + i + "@x.org");
        try (Database database = open(folder)) {
            var t = database.schema().table("t");
            assertThat(t.columns().stream().map(c -> c.type()))
                    .containsExactly(
                            ColumnType.IDENTIFIER,
                            ColumnType.NUMERICAL,
                            ColumnType.BOOLEAN,
                            ColumnType.CATEGORICAL,
                            ColumnType.CATEGORICAL,
                            ColumnType.CATEGORICAL,
                            ColumnType.TEXT,
                            ColumnType.IDENTIFIER,
                            ColumnType.NUMERICAL,
                            ColumnType.TIMESTAMP,
                            ColumnType.IDENTIFIER);
            assertThat(database.warnings())
                    .contains(
                            "t: a value of its own in every row in note, sku, email",
                            "t: the same value in every row in seen");
        }
    }

    @Test
    void theSameFolderIsReadTheSameTwice() {
        SplittableRandom random = new SplittableRandom(11);
        for (String name : new String[] {"alphas", "betas", "gammas"})
            table(
                    name,
                    "id,alpha_id,beta_id,gamma_id,date,v",
                    50,
                    i -> i + "," + random.nextInt(60) + "," + random.nextInt(50) + "," + random.nextInt(50)
                            + ",2020-01-01," + random.nextInt());
        String first;
        try (Database database = open(folder)) {
            first = database.describe() + database.schemaYaml();
        }
        try (Database database = open(folder)) {
            assertThat(database.describe() + database.schemaYaml()).isEqualTo(first);
        }
        assertThat(folder.toFile().list()).hasSize(3);
    }

    /// Differential: dangling rows as counted are those that the data's own join does not find.
    @Test
    void danglingRowsAgreeWithACountInPlainJava() {
        for (int seed = 0; seed < 15; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            int parents = random.nextInt(5, 60);
            int missing = random.nextInt(0, parents / 2 + 1);
            int[] values = random.ints(100, 0, parents + missing).toArray();
            table("users", "id,x", parents, i -> i + ",y");
            table("posts", "id,user_id", 100, i -> i + "," + (values[i] % 11 == 5 ? "" : values[i]));
            long expected = Arrays.stream(values)
                    .filter(v -> v % 11 != 5 && v >= parents)
                    .count();
            try (Database database = open(folder)) {
                var keys = database.schema().table("posts").foreignKeys();
                assertThat(keys).as("seed %d", seed).hasSize(1);
                assertThat(keys.getFirst().dangling()).as("seed %d", seed).isEqualTo(expected);
            }
        }
    }
}
