package dev.hypha.relational.database;

import static dev.hypha.relational.database.Samples.open;
import static dev.hypha.relational.database.Samples.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hypha.graph.InputException;
import dev.hypha.learn.Progress;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TableWriterTest {
    @TempDir
    Path folder;

    /// @return a Parquet file of `n` predictions, the first for customer 1
    static Path predictions(Database database, Path folder, String name, int n) throws SQLException {
        Path file = folder.resolve(name + ".parquet");
        try (Statement s = database.connection().createStatement()) {
            s.execute(
                    "COPY (SELECT range + 1 AS customer, TIMESTAMP '2020-01-01 10:30:00' AS time, 0.5::FLOAT AS prediction,"
                            + " 'm1' AS model FROM range(" + n + ")) TO '" + file + "' (FORMAT parquet)");
        }
        return file;
    }

    static List<String> rows(ResultSet results) throws SQLException {
        List<String> rows = new ArrayList<>();
        while (results.next()) {
            List<String> values = new ArrayList<>();
            for (int i = 1; i <= results.getMetaData().getColumnCount(); i++) values.add(results.getString(i));
            rows.add(String.join("|", values));
        }
        return rows;
    }

    private static List<String> read(String url, String sql) throws SQLException {
        try (Connection c = DriverManager.getConnection(url);
                Statement s = c.createStatement();
                ResultSet r = s.executeQuery(sql)) {
            return rows(r);
        }
    }

    private static void run(String url, String... statements) throws SQLException {
        try (Connection c = DriverManager.getConnection(url);
                Statement s = c.createStatement()) {
            for (String statement : statements) s.execute(statement);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdbc:duckdb:", "jdbc:sqlite:"})
    void predictionsReplaceOnlyPredictions(String kind) throws SQLException {
        String url = kind + folder.resolve("shop.db");
        run(
                url,
                "CREATE TABLE customers(id INTEGER PRIMARY KEY)",
                "INSERT INTO customers VALUES (1), (2)",
                "CREATE TABLE precious(id INTEGER, time TIMESTAMP, model TEXT)",
                "INSERT INTO precious VALUES (7, NULL, 'mine')",
                "CREATE TABLE alike(customer INTEGER, time TIMESTAMP, prediction REAL, model TEXT)",
                "INSERT INTO alike VALUES (8, NULL, 0.5, 'mine too')");
        try (Database database = open(url)) {
            Path first = predictions(database, folder, "first", 1);
            database.writeTable("My churn", first);
            assertThat(read(url, "SELECT * FROM \"My churn\"").getFirst())
                    .matches("1\\|2020-01-01 10:30:00(\\.0)?\\|0.5\\|m1");
            database.writeTable("my CHURN", predictions(database, folder, "second", 2500));
            assertThat(read(url, "SELECT count(*), max(customer) FROM \"my churn\""))
                    .containsExactly("2500|2500");
            InputException e = catchThrowableOfType(InputException.class, () -> database.writeTable("Precious", first));
            assertThat(e.kind()).isEqualTo("table-exists");
            assertThat(e.getMessage()).contains("Precious").contains("did not write");
            e = catchThrowableOfType(InputException.class, () -> database.writeTable("alike", first));
            assertThat(e.kind()).isEqualTo("table-exists");
        }
        assertThat(read(url, "SELECT customer, model FROM alike")).containsExactly("8|mine too");
        assertThat(read(url, "SELECT id, model FROM precious")).containsExactly("7|mine");
        assertThat(read(url, "SELECT count(*) FROM customers")).containsExactly("2");
    }

    @Test
    void aFolderTakesNoTables() throws SQLException {
        write(folder, "customers.csv", "id", "1");
        try (Database database = open(folder)) {
            Path file = predictions(database, folder, "p", 1);
            InputException e = catchThrowableOfType(InputException.class, () -> database.writeTable("churn", file));
            assertThat(e.kind()).isEqualTo("no-tables-here");
            assertThat(e.hint()).contains("--out");
            e = catchThrowableOfType(InputException.class, () -> database.checkTable("churn"));
            assertThat(e.kind()).isEqualTo("no-tables-here");
        }
    }

    @Test
    void whatIsNoTableOfPredictionsIsADefectOfTheCaller() throws SQLException {
        write(folder, "customers.csv", "id", "1");
        Path file = folder.resolve("x.parquet");
        try (Database database = open(folder);
                Statement s = database.connection().createStatement()) {
            s.execute("COPY (SELECT 1 AS a) TO '" + file + "' (FORMAT parquet)");
            assertThatIllegalArgumentException().isThrownBy(() -> database.writeTable("t", file));
        }
    }

    @Test
    void onlyTheColumnsOfPredictionsCountAsOurs() {
        assertThat(PredictionTable.is(List.of("id", "time", "prediction", "model")))
                .isTrue();
        assertThat(PredictionTable.is(List.of("id", "time", "prediction", "probability", "model")))
                .isTrue();
        assertThat(PredictionTable.is(List.of("id", "time", "model"))).isFalse();
        assertThat(PredictionTable.is(List.of("id", "time", "prediction", "note", "model")))
                .isFalse();
        assertThat(PredictionTable.is(List.of("id", "time", "prediction"))).isFalse();
        assertThat(PredictionTable.is(List.of())).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdbc:duckdb:", "jdbc:sqlite:"})
    void predictionsAreNoDataOfTheNextCommand(String kind) throws SQLException {
        String url = kind + folder.resolve("shop.db");
        run(url, "CREATE TABLE customers(id INTEGER PRIMARY KEY)", "INSERT INTO customers VALUES (1), (2)");
        try (Database database = open(url)) {
            database.writeTable("churn", predictions(database, folder, "p", 2));
        }
        String yaml;
        try (Database database = open(url)) {
            assertThat(database.schema().tables()).extracting(t -> t.name()).containsExactly("customers");
            assertThat(database.describe()).contains("left out: churn");
            yaml = database.schemaYaml();
            assertThat(yaml).doesNotContain("churn");
        }
        Path schema = write(folder, "s.yaml", "tables:", "  churn:", "    key: none");
        try (Database database = Database.open(url, Optional.of(schema), 2, Samples.MEMORY, Progress.SILENT)) {
            assertThat(database.schema().tables())
                    .extracting(t -> t.name())
                    .containsExactlyInAnyOrder("churn", "customers");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdbc:duckdb:", "jdbc:sqlite:"})
    void aTableThatCannotBeWrittenIsRefusedBeforeTheWork(String kind) throws SQLException {
        String url = kind + folder.resolve("shop.db");
        run(url, "CREATE TABLE customers(id INTEGER PRIMARY KEY)", "INSERT INTO customers VALUES (1), (2)");
        try (Database database = open(url)) {
            database.checkTable("churn");
            InputException e = catchThrowableOfType(InputException.class, () -> database.checkTable("customers"));
            assertThat(e.kind()).isEqualTo("table-exists");
        }
        try (Database database = open(url)) {
            assertThat(database.schema().tables()).extracting(t -> t.name()).containsExactly("customers");
        }
    }

    @Test
    void aKillInTheMiddleLeavesTheOldTable() throws Exception {
        String url = "jdbc:duckdb:" + folder.resolve("shop.duckdb");
        run(url, "CREATE TABLE customers(id INTEGER)");
        try (Database database = open(url)) {
            database.writeTable("churn", predictions(database, folder, "first", 10));
            Path large = predictions(database, folder, "large", 8_000_000);
            Process writer = new ProcessBuilder(
                            ProcessHandle.current().info().command().orElseThrow(),
                            "--enable-native-access=ALL-UNNAMED",
                            "-cp",
                            System.getProperty("java.class.path"),
                            Writer.class.getName(),
                            url,
                            large.toString())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            assertThat(writer.getInputStream().read()).isEqualTo('!');
            Thread.sleep(20);
            writer.destroyForcibly().waitFor();
        }
        assertThat(read(url, "SELECT count(*) FROM churn")).hasSize(1).containsAnyOf("10", "8000000");
    }

    /// Writes a large table, to be killed while it does.
    static final class Writer {
        private Writer() {}

        public static void main(String[] arguments) {
            try (Database database = open(arguments[0])) {
                System.out.print('!');
                System.out.flush();
                database.writeTable("churn", Path.of(arguments[1]));
            }
        }
    }
}
