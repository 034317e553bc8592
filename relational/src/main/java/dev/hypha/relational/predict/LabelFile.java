package dev.hypha.relational.predict;

import dev.hypha.graph.InputException;
import dev.hypha.learn.TaskKind;
import dev.hypha.relational.database.DiskFull;
import dev.hypha.relational.database.Sql;
import dev.hypha.relational.task.Split;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;

/// The label table as CSV: `time` (ISO), `entity` (the key as it stands in the database), `label` (a
/// number: 0 or 1 for two classes, the class's index for several), `split`, and for several classes the
/// name of the `class`. An entity that has several labels has a row for each.
final class LabelFile {
    private LabelFile() {}

    static void write(Job job, Path file) throws SQLException {
        Path beside = file.resolveSibling(file.getFileName() + ".part");
        try (Statement sql = job.connection().createStatement()) {
            if (file.toAbsolutePath().getParent() != null) {
                Files.createDirectories(file.toAbsolutePath().getParent());
            }
            sql.execute("COPY (" + select(job) + ") TO " + Sql.text(beside.toString()) + " (FORMAT csv, HEADER)");
            Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (SQLException | IOException e) {
            forget(beside);
            throw DiskFull.of(e, file)
                    .orElseGet(() -> new InputException(
                            "unwritable",
                            "cannot write the labels to " + file,
                            Map.of("file", file.toString()),
                            "Give a file in a folder that can be written with --out."));
        }
    }

    private static void forget(Path half) {
        try {
            Files.deleteIfExists(half);
        } catch (IOException e) {
            // What keeps it from being written may keep it from being removed.
            return;
        }
    }

    private static String select(Job job) {
        String label = switch (job.kind()) {
            case BINARY -> "s.label::INTEGER";
            case REGRESSION, RANKING -> "s.label";
            case MULTICLASS, MULTILABEL -> "c.class";
        };
        boolean named = job.kind() == TaskKind.MULTICLASS || job.kind() == TaskKind.MULTILABEL;
        String classes = switch (job.kind()) {
            case BINARY, REGRESSION, RANKING -> "";
            case MULTICLASS -> " JOIN task.classes c ON c.class = s.label";
            case MULTILABEL ->
                " LEFT JOIN task.seed_labels l ON l.seed = s.seed LEFT JOIN task.classes c ON c.class = l.class";
        };
        return "SELECT strftime(s.time, '%Y-%m-%dT%H:%M:%S') AS time, s.key AS entity, " + label
                + " AS label, s.split" + (named ? ", c.value AS class" : "") + " FROM task.seeds s" + classes
                + " WHERE s.split IN ('" + Split.TRAIN.label()
                + "', '"
                + Split.VALIDATION.label() + "', '" + Split.TEST.label() + "') ORDER BY s.seed, label";
    }
}
