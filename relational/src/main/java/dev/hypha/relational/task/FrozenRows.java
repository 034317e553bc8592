package dev.hypha.relational.task;

import dev.hypha.relational.database.Queries;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Rows that let a model learn and choose under the frozen protocol.
///
/// A frozen test row may look back over years of nothing: its cut-off stays where the test begins while its time goes
/// on. Training and validation rows see all before their own time, so that a model would meet such rows for the first
/// time in the test. Therefore training rows are repeated as if the database had been frozen earlier, in blocks as long
/// as the test's (split `augment`), and validation rows are repeated with nothing after the validation cut-off (split
/// `select`), to decide by. Only labels of training and validation rows are used; the measured rows stay as they are.
public final class FrozenRows {
    /// Where blocks of training rows begin, as shares of a block: every row is met at two different lags.
    private static final double[] PHASES = {0, 0.4};

    private FrozenRows() {}

    /// How many rows [#add] would add.
    public static long count(Task task) {
        SeedTable seeds = task.seeds();
        boolean none = block(seeds) == 0 || task.validationCutoff().isEmpty();
        return none ? 0 : (long) PHASES.length * seeds.count(Split.TRAIN) + seeds.count(Split.VALIDATION);
    }

    /// Adds the rows to `task.seeds`; nothing is added where no test row lags behind.
    ///
    /// @return the task with them
    public static Task add(Connection connection, Task task) {
        SeedTable seeds = task.seeds();
        long block = block(seeds);
        if (block == 0 || task.validationCutoff().isEmpty()) return task;
        Queries database = new Queries(connection);
        long cutoff = task.validationCutoff().getAsLong();
        List<String> copies = new ArrayList<>();
        copies.add(copy(Split.VALIDATION, Split.SELECT, "least(time, make_timestamp(" + cutoff + "))"));
        for (double phase : PHASES) {
            copies.add(copy(Split.TRAIN, Split.AUGMENT, frozen(cutoff - Math.round(phase * block), block)));
        }
        String from = String.join(" UNION ALL ", copies);
        long n = seeds.size();
        database.run(
                "CREATE OR REPLACE TEMP TABLE frozen AS SELECT " + n + " + row_number() OVER (ORDER BY split, time, "
                        + "entity, cutoff, origin) - 1 AS seed, * FROM (" + from + ")");
        database.run(
                "INSERT INTO task.seeds BY NAME SELECT seed::INTEGER AS seed, entity, key, time, cutoff, split, label"
                        + " FROM frozen ORDER BY seed");
        if (!seeds.classes().isEmpty() && seeds.labelSets().length > 0) {
            database.run("INSERT INTO task.seed_labels BY NAME SELECT f.seed::INTEGER AS seed, l.class FROM frozen f"
                    + " JOIN task.seed_labels l ON l.seed = f.origin");
        }
        database.run("DROP TABLE frozen");
        return task.withSeeds(SeedTable.read(connection, seeds.entityTable(), seeds.kind()));
    }

    /// How long the test goes on after its cut-off, with the last step; 0 where no test row lags.
    private static long block(SeedTable seeds) {
        int[] test = seeds.seeds(Split.TEST);
        long lag = Arrays.stream(test)
                .mapToLong(i -> seeds.time()[i] - seeds.cutoff()[i])
                .max()
                .orElse(0);
        long[] times = Arrays.stream(test)
                .mapToLong(i -> seeds.time()[i])
                .sorted()
                .distinct()
                .toArray();
        return lag == 0 ? 0 : lag + lag / Math.max(1, times.length - 1);
    }

    private static String copy(Split from, Split to, String cutoff) {
        return "SELECT seed AS origin, entity, key, time, " + cutoff + " AS cutoff, '" + to.label()
                + "' AS split, label FROM task.seeds WHERE split = '" + from.label() + "'";
    }

    /// The start of the block that a row's time lies in, blocks being laid end to end before `end`.
    private static String frozen(long end, long block) {
        String blocks = "ceil((" + end + " - epoch_us(time)) / " + block + "::DOUBLE)::BIGINT";
        return "make_timestamp(" + end + " - " + block + " * " + blocks + ")";
    }
}
