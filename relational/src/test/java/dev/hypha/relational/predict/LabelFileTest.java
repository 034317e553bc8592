package dev.hypha.relational.predict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypha.learn.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The label table that scripts read.
class LabelFileTest {
    private static final List<String> REGIONS = List.of("south", "north", "south", "east", "south", "north");

    @TempDir
    Path folder;

    private Path database;

    @BeforeEach
    void write() throws IOException {
        database = Files.createDirectory(folder.resolve("db"));
        StringBuilder customers = new StringBuilder("customer_id,region,age\n");
        StringBuilder orders = new StringBuilder("order_id,customer_id,kind,ordered_at\n");
        for (int i = 0; i < 60; i++) {
            customers
                    .append(i)
                    .append(',')
                    .append(REGIONS.get(i % 6))
                    .append(',')
                    .append(i)
                    .append('\n');
            for (int k = 0; k < 9; k++)
                orders.append(9 * i + k)
                        .append(',')
                        .append(i)
                        .append(k % 2 == 0 ? ",toy" : ",book")
                        .append(",2024-0")
                        .append(k + 1)
                        .append("-1")
                        .append(i % 10)
                        .append('\n');
        }
        Files.writeString(database.resolve("customers.csv"), customers);
        Files.writeString(database.resolve("orders.csv"), orders);
    }

    private List<String> labels(String query) throws IOException {
        Path out = folder.resolve("labels.csv");
        PredictRequest request = Requests.of(database, query, out);
        Predict.run(Changed.of(request, Map.of("labelsOnly", true)), Progress.SILENT);
        return Files.readAllLines(out);
    }

    @Test
    void aClassIsItsIndexWithItsNameBeside() throws IOException {
        List<String> lines = labels("PREDICT customers.region FOR EACH customers.customer_id");
        assertThat(lines.getFirst()).isEqualTo("time,entity,label,split,class");
        assertThat(lines).hasSize(61);
        List<String> byFrequency = List.of("south", "north", "east");
        for (String line : lines.subList(1, lines.size())) {
            String[] fields = line.split(",", -1);
            assertThat(fields[4]).isEqualTo(REGIONS.get(Integer.parseInt(fields[1]) % 6));
            assertThat(fields[2]).isEqualTo("" + byFrequency.indexOf(fields[4]));
        }
    }

    @Test
    void severalLabelsAreRowsOfTheirOwn() throws IOException {
        List<String> lines = labels("PREDICT LIST_DISTINCT(orders.kind, 0, 40, DAYS) FOR EACH customers.customer_id");
        assertThat(lines.getFirst()).isEqualTo("time,entity,label,split,class");
        assertThat(lines.subList(1, lines.size()))
                .allMatch(l -> l.matches(".*,(0|1),(train|validation|test),(toy|book)") || l.matches(".*,\"?\"?,\\w+,"))
                .anyMatch(l -> l.endsWith(",toy"))
                .anyMatch(l -> l.endsWith(",book"));
    }

    @Test
    void numbersHaveNoClass() throws IOException {
        List<String> lines = labels("PREDICT customers.age FOR EACH customers.customer_id");
        assertThat(lines.getFirst()).isEqualTo("time,entity,label,split");
        assertThat(lines.get(1)).matches("[^,]+,\\d+,\\d+\\.0,\\w+");
    }
}
