package dev.hypha.relational.task;

import dev.hypha.learn.TaskKind;
import dev.hypha.relational.database.SqlFailure;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// The seeds of a task in memory: one entry per row of `task.seeds`, in its order. The arrays are not copied.
///
/// @param entityTable the table whose rows are predicted for
/// @param entity `_row` of the entity, per seed
/// @param time the prediction time, microseconds since 1970-01-01 UTC
/// @param cutoff the last instant visible to the prediction, at most `time`
/// @param label 0 or 1, class index or value; NaN where there is none (to be predicted, or multi-label)
/// @param labelSets for multi-label the class indices per seed, ascending; empty for other tasks
/// @param classes by class index; empty for binary and regression
@SuppressWarnings("ArrayRecordComponent") // Columns of numbers; two tables are never compared.
public record SeedTable(
        String entityTable,
        TaskKind kind,
        int[] entity,
        long[] time,
        long[] cutoff,
        Split[] split,
        float[] label,
        int[][] labelSets,
        List<String> classes) {
    public SeedTable {
        classes = List.copyOf(classes);
    }

    public int size() {
        return entity.length;
    }

    /// The seeds of a split, ascending.
    public int[] seeds(Split wanted) {
        return IntStream.range(0, size()).filter(i -> split[i] == wanted).toArray();
    }

    public int count(Split wanted) {
        return (int) Arrays.stream(split).filter(s -> s == wanted).count();
    }

    /// Reads `task.seeds` (and `task.classes`, `task.seed_labels`) as they are now.
    public static SeedTable read(Connection connection, String entityTable, TaskKind kind) {
        try (Statement statement = connection.createStatement()) {
            List<String> classes = classes(statement, kind);
            int n = count(statement);
            SeedTable seeds = new SeedTable(
                    entityTable,
                    kind,
                    new int[n],
                    new long[n],
                    new long[n],
                    new Split[n],
                    new float[n],
                    new int[kind == TaskKind.MULTILABEL ? n : 0][],
                    classes);
            seeds.readRows(statement);
            if (kind == TaskKind.MULTILABEL) seeds.readSets(statement);
            return seeds;
        } catch (SQLException e) {
            throw SqlFailure.of("reading the seeds", e);
        }
    }

    private static List<String> classes(Statement statement, TaskKind kind) throws SQLException {
        List<String> classes = new ArrayList<>();
        if (kind != TaskKind.MULTICLASS && kind != TaskKind.MULTILABEL) return classes;
        try (ResultSet rows = statement.executeQuery("SELECT value FROM task.classes ORDER BY class")) {
            while (rows.next()) classes.add(rows.getString(1));
        }
        return classes;
    }

    private static int count(Statement statement) throws SQLException {
        try (ResultSet rows = statement.executeQuery("SELECT count(*) FROM task.seeds")) {
            rows.next();
            return rows.getInt(1);
        }
    }

    private void readRows(Statement statement) throws SQLException {
        String sql = "SELECT entity, epoch_us(time), epoch_us(cutoff), split, label FROM task.seeds ORDER BY seed";
        try (ResultSet rows = statement.executeQuery(sql)) {
            for (int i = 0; rows.next(); i++) {
                entity[i] = rows.getInt(1);
                time[i] = rows.getLong(2);
                cutoff[i] = rows.getLong(3);
                split[i] = Split.of(rows.getString(4));
                float value = (float) rows.getDouble(5);
                label[i] = rows.wasNull() ? Float.NaN : value;
            }
        }
    }

    private void readSets(Statement statement) throws SQLException {
        Arrays.setAll(labelSets, i -> new int[0]);
        String sql = "SELECT seed, class FROM task.seed_labels ORDER BY seed, class";
        try (ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                int seed = rows.getInt(1);
                int[] longer = Arrays.copyOf(labelSets[seed], labelSets[seed].length + 1);
                longer[longer.length - 1] = rows.getInt(2);
                labelSets[seed] = longer;
            }
        }
    }
}
