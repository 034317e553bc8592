package dev.hypha.relational.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypha.learn.TaskKind;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class FrozenRowsTest {
    private static final long DAY = 86_400_000_000L;

    private Connection connection;

    @BeforeEach
    void open() throws SQLException {
        connection = DriverManager.getConnection("jdbc:duckdb:");
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
    }

    /// Two entities asked every day: training before day 60, validation from there, test from day 80 on, frozen or
    /// not.
    private Task task(boolean frozen) throws SQLException {
        String cutoff = frozen ? "least(d, 80)" : "d";
        try (Statement sql = connection.createStatement()) {
            sql.execute("CREATE SCHEMA task");
            sql.execute("CREATE TABLE task.seeds AS SELECT (row_number() OVER (ORDER BY d, e) - 1)::INTEGER AS seed,"
                    + " e::INTEGER AS entity, 'k' || e AS key, make_timestamp(d * " + DAY + ") AS time, make_timestamp("
                    + cutoff + " * " + DAY + ") AS cutoff, CASE WHEN d < 60 THEN 'train' WHEN d < 80 THEN 'validation'"
                    + " ELSE 'test' END AS split, (d % 2)::DOUBLE AS label FROM range(90) a(d), range(2) b(e)");
        }
        return new Task(
                Optional.empty(),
                "entities",
                "key",
                TaskKind.BINARY,
                frozen ? Protocol.FROZEN : Protocol.ROLLING,
                OptionalLong.of(60 * DAY),
                OptionalLong.of(80 * DAY),
                90 * DAY,
                SeedTable.read(connection, "entities", TaskKind.BINARY),
                List.of());
    }

    @Test
    void addsNothingWhereNoTestRowLags() throws SQLException {
        Task task = task(false);
        assertThat(FrozenRows.add(connection, task)).isSameAs(task);
    }

    @Test
    void keepsTheMeasuredRowsAsTheyAre() throws SQLException {
        Task task = task(true);
        SeedTable before = task.seeds();
        SeedTable after = FrozenRows.add(connection, task).seeds();
        for (int i = 0; i < before.size(); i++) {
            assertThat(after.time()[i]).isEqualTo(before.time()[i]);
            assertThat(after.cutoff()[i]).isEqualTo(before.cutoff()[i]);
            assertThat(after.split()[i]).isEqualTo(before.split()[i]);
            assertThat(after.label()[i]).isEqualTo(before.label()[i]);
        }
    }

    @Test
    void selectsByValidationRowsSeenFromTheirCutOff() throws SQLException {
        SeedTable seeds = FrozenRows.add(connection, task(true)).seeds();
        assertThat(seeds.count(Split.SELECT)).isEqualTo(seeds.count(Split.VALIDATION));
        for (int i : seeds.seeds(Split.SELECT)) {
            assertThat(seeds.cutoff()[i]).isEqualTo(60 * DAY);
            assertThat(seeds.time()[i]).isBetween(60 * DAY, 79 * DAY);
        }
    }

    @Test
    void repeatsTrainingRowsWithTheLagsOfTheTest() throws SQLException {
        SeedTable seeds = FrozenRows.add(connection, task(true)).seeds();
        int[] repeated = seeds.seeds(Split.AUGMENT);
        assertThat(repeated).hasSize(2 * seeds.count(Split.TRAIN));
        for (int i : repeated) {
            assertThat(seeds.time()[i]).isLessThan(60 * DAY);
            assertThat(seeds.time()[i] - seeds.cutoff()[i]).isBetween(0L, 9 * DAY);
            assertThat(seeds.label()[i]).isEqualTo((float) (seeds.time()[i] / DAY % 2));
        }
        long[] lags = Arrays.stream(repeated)
                .mapToLong(i -> (seeds.time()[i] - seeds.cutoff()[i]) / DAY)
                .distinct()
                .sorted()
                .toArray();
        assertThat(lags).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
    }
}
