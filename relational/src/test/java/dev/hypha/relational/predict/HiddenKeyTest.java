package dev.hypha.relational.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hypha.graph.InputException;
import dev.hypha.learn.Progress;
import dev.hypha.relational.database.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A foreign key that is not found because one of its values is no number.
class HiddenKeyTest {
    @TempDir
    Path folder;

    @Test
    void theErrorNamesTheValue() throws IOException {
        StringBuilder orders = new StringBuilder("order_id,customer_id,ordered_at\n");
        for (int i = 1; i <= 200; i++)
            orders.append(i)
                    .append(i == 9 ? ",1O," : ",1,")
                    .append("2024-01-0")
                    .append(1 + i % 9)
                    .append('\n');
        Files.writeString(folder.resolve("orders.csv"), orders);
        Files.writeString(folder.resolve("customers.csv"), "customer_id,city\n1,Oslo\n2,Bergen\n");
        String query = "PREDICT COUNT(orders.*, 0, 1, DAYS) FOR EACH customers.customer_id";
        try (Database database = Database.open(folder.toString(), Optional.empty(), 1, 64 << 20, Progress.SILENT)) {
            assertThatThrownBy(() -> Openings.checked(query, database))
                    .isInstanceOfSatisfying(InputException.class, e -> {
                        assertThat(e.kind()).isEqualTo("no-path");
                        assertThat(e.hint()).contains("orders.csv, line 10: orders.customer_id holds '1O'");
                    });
        }
    }
}
