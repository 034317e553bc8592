package dev.hypha.relational.encode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypha.learn.Features;
import dev.hypha.learn.Progress;
import dev.hypha.relational.schema.ColumnType;
import dev.hypha.relational.schema.TableColumn;
import dev.hypha.tensor.Memory;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/// A test of encoders on tables of its own.
abstract class EncodedTables {
    static final Map<String, ColumnType> AS_THEY_ARE = Map.of();

    StagedTables database;
    Memory memory;

    @BeforeEach
    void open() throws SQLException {
        database = new StagedTables();
        memory = Memory.unlimited();
    }

    @AfterEach
    void close() throws SQLException {
        database.close();
        memory.close();
    }

    Encoding fit(String cutoff) throws SQLException {
        return fit(cutoff, List.of(), Set.of());
    }

    Encoding fit(String cutoff, List<DerivedColumn> derived, Set<TableColumn> withheld) throws SQLException {
        return Encoding.fit(
                database.connection(), database.schema(), micros(cutoff), derived, withheld, Progress.SILENT);
    }

    Features features(Encoding encoding, String table) throws SQLException {
        return encoding.apply(database.connection(), database.schema(), memory, Progress.SILENT)
                .get(table);
    }

    static long micros(String date) {
        Instant instant = LocalDateTime.parse(date + "T00:00").toInstant(ZoneOffset.UTC);
        return instant.getEpochSecond() * 1_000_000;
    }

    static Encoder encoder(Encoding encoding, String table, String column) {
        return encoding.table(table).columns().stream()
                .filter(c -> c.name().equals(column))
                .findFirst()
                .orElseThrow()
                .encoder();
    }

    static float[] column(Features features, String column, String part) {
        int at = features.denseNames().stream()
                .map(n -> n.column() + "/" + n.part())
                .toList()
                .indexOf(column + "/" + part);
        assertThat(at)
                .as("dense column %s/%s of %s", column, part, features.denseNames())
                .isNotNegative();
        float[] values = new float[features.rows()];
        for (int row = 0; row < values.length; row++) {
            values[row] = features.dense().get(row, at);
        }
        return values;
    }
}
