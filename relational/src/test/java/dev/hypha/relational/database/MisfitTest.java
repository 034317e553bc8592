package dev.hypha.relational.database;

import static dev.hypha.relational.database.Samples.gzip;
import static dev.hypha.relational.database.Samples.keys;
import static dev.hypha.relational.database.Samples.open;
import static dev.hypha.relational.database.Samples.refusal;
import static dev.hypha.relational.database.Samples.write;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hypha.graph.InputException;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// One wrong value among many of another type.
class MisfitTest {
    @TempDir
    Path folder;

    /// A file of orders in which some fields of the given column are replaced.
    private String[] orders(int rows, int column, String wrong, int... at) {
        List<String> lines = new ArrayList<>(List.of("order_id,customer_id,note,ordered_at"));
        for (int i = 0; i < rows; i++) {
            String[] fields = {"" + (i + 1), "" + (i % 10 + 1), i == 3 ? "\"two\nlines\"" : "x" + i % 7, "" + day(i)};
            for (int row : at) if (row == i) fields[column] = wrong;
            lines.add((i == 5 ? "\n" : "") + String.join(",", fields));
        }
        return lines.toArray(String[]::new);
    }

    private static LocalDate day(int i) {
        return LocalDate.of(2023, 1, 1).plusDays(i);
    }

    private void customers() {
        List<String> lines = new ArrayList<>(List.of("customer_id,city"));
        for (int i = 1; i <= 10; i++) lines.add(i + ",c" + i % 3);
        write(folder, "customers.csv", lines.toArray(String[]::new));
    }

    @Test
    void aColumnOfTimesWithAWrongOneIsRefused() {
        // Line breaks in quotes and a blank line lie before the row.
        write(folder, "orders.csv", orders(300, 3, "notadate", 200));
        InputException e = refusal(folder.toString());
        assertThat(e.kind()).isEqualTo("wrong-value");
        assertThat(e.getMessage())
                .endsWith(
                        "orders.csv, line 204: orders.ordered_at holds 'notadate', where 299 of 300 values are times");
        assertThat(e.where()).containsEntry("line", 204L).containsEntry("value", "notadate");
        assertThat(e.hint()).contains("correct it").contains("ordered_at: text");
    }

    @Test
    void alsoWhereTheWrongOnesComeFirstAndTheFileIsPacked() {
        gzip(folder, "orders.csv.gz", orders(900, 3, "0000-00-00", 0, 1, 7));
        assertThat(refusal(folder.toString()).getMessage())
                .contains("orders.csv.gz, line 2: orders.ordered_at holds '0000-00-00', where 897 of 900");
    }

    @Test
    void aSchemaFileSaysThatItIsMeant() {
        write(folder, "orders.csv", orders(300, 3, "notadate", 200));
        Path schema = write(folder, "s.yaml", "tables:", "  orders:", "    types: {ordered_at: text}");
        try (Database database = open(folder, schema)) {
            assertThat(keys(database, "orders")).endsWith("; -");
            assertThat(database.warnings()).noneMatch(w -> w.contains("notadate"));
        }
    }

    @Test
    void fewValuesOrManyWrongOnesAreText() {
        write(folder, "orders.csv", orders(99, 3, "unknown", 50));
        open(folder).close();
        write(folder, "orders.csv", orders(300, 3, "unknown", 1, 2, 3, 4));
        open(folder).close();
    }

    @Test
    void aNumberThatIsNoneIsWarnedOfWithItsPlace() {
        customers();
        write(folder, "orders.csv", orders(300, 1, "1O", 20));
        try (Database database = open(folder)) {
            assertThat(keys(database, "orders")).isEqualTo("order_id; ordered_at");
            assertThat(database.mistyped())
                    .anySatisfy(w -> assertThat(w)
                            .contains(
                                    "orders.csv, line 24: orders.customer_id holds '1O', where 299 of 300 values are numbers")
                            .contains("taken as text"))
                    .allSatisfy(w -> assertThat(database.warnings()).contains(w));
        }
    }

    @Test
    void codesOfLettersAndDigitsAreNoMistake() {
        List<String> lines = new ArrayList<>(List.of("id,code"));
        for (int i = 0; i < 300; i++) lines.add(i + "," + (i % 20 == 0 ? "A" + i : "" + (1000 + i)));
        write(folder, "products.csv", lines.toArray(String[]::new));
        try (Database database = open(folder)) {
            assertThat(database.mistyped()).isEmpty();
        }
    }

    @Test
    void anotherDatabaseNamesTheRow() throws SQLException {
        Path file = folder.resolve("shop.db");
        try (var c = DriverManager.getConnection("jdbc:sqlite:" + file);
                var s = c.createStatement()) {
            s.execute("CREATE TABLE orders (order_id INTEGER PRIMARY KEY, ordered_at TEXT)");
            for (int i = 0; i < 200; i++)
                s.execute("INSERT INTO orders VALUES (" + i + ", '" + (i == 150 ? "soon" : day(i)) + "')");
        }
        assertThat(refusal(file.toString()).getMessage())
                .isEqualTo("row 151 of orders: orders.ordered_at holds 'soon', where 199 of 200 values are times");
    }
}
