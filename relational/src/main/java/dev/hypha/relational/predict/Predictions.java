package dev.hypha.relational.predict;

import dev.hypha.graph.InputException;
import dev.hypha.learn.TaskKind;
import dev.hypha.relational.database.Sql;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/// The table of predictions, made in the staged database and written out as one file.
///
/// Columns: the entity's key under its own name, `time` (when it is predicted for), `prediction`, and
/// `model` (the run's id). For two classes `prediction` is the probability of true, for numbers the value.
/// With several classes it is a class's name and a column `probability` follows: the most probable class of
/// each entity, or, where an entity may have any number of classes, a row for each class.
final class Predictions {
    private static final String ANSWERS = "task.answers";

    private Predictions() {}

    /// Writes the predictions of the seeds in the split `predict`.
    ///
    /// @param keyColumn name of the entity's key, which the column of keys gets
    /// @param predicted probabilities or values of all rows of `task.seeds`, row-major, shape [seeds,
    ///     outputs]
    /// @param format `parquet` or `csv`
    /// @return rows written
    static long write(
            Connection db,
            String keyColumn,
            TaskKind kind,
            List<String> classes,
            float[] predicted,
            String model,
            Path file,
            String format)
            throws SQLException {
        int outputs = kind.outputs(classes.size());
        fill(db, predicted, outputs);
        try (Statement sql = db.createStatement()) {
            String options = format.equals("csv") ? "(FORMAT csv, HEADER)" : "(FORMAT parquet)";
            sql.execute(
                    "COPY (" + select(keyColumn, kind, model) + ") TO " + Sql.text(file.toString()) + " " + options);
            sql.execute("DROP TABLE " + ANSWERS);
        } catch (SQLException e) {
            throw unwritable(file, e);
        }
        return predicted.length / outputs;
    }

    private static void fill(Connection db, float[] predicted, int outputs) throws SQLException {
        try (Statement sql = db.createStatement()) {
            sql.execute("CREATE OR REPLACE TABLE " + ANSWERS + " (seed INTEGER, class INTEGER, value FLOAT)");
        }
        try (DuckDBAppender rows = db.unwrap(DuckDBConnection.class).createAppender("task", "answers")) {
            for (int i = 0; i < predicted.length; i++) {
                rows.beginRow();
                rows.append(i / outputs);
                rows.append(i % outputs);
                rows.append(predicted[i]);
                rows.endRow();
            }
        }
    }

    private static String select(String keyColumn, TaskKind kind, String model) {
        String key = "s.key AS " + Sql.name(keyColumn) + ", s.time AS time, ";
        String id = ", " + Sql.text(model) + " AS model";
        String seeds = " FROM task.seeds s JOIN " + ANSWERS + " a ON a.seed = s.seed";
        String wanted = " WHERE s.split = 'predict'";
        return switch (kind) {
            case BINARY, REGRESSION, RANKING ->
                "SELECT " + key + "a.value AS prediction" + id + seeds + wanted + " ORDER BY s.seed";
            case MULTICLASS ->
                "SELECT " + key + "c.value AS prediction, a.value AS probability" + id + seeds
                        + " JOIN task.classes c ON c.class = a.class" + wanted
                        + " QUALIFY row_number() OVER (PARTITION BY s.seed ORDER BY a.value DESC, a.class) = 1"
                        + " ORDER BY s.seed";
            case MULTILABEL ->
                "SELECT " + key + "c.value AS prediction, a.value AS probability" + id + seeds
                        + " JOIN task.classes c ON c.class = a.class" + wanted + " ORDER BY s.seed, a.class";
        };
    }

    private static InputException unwritable(Path file, SQLException e) {
        return new InputException(
                "unwritable",
                "cannot write the predictions to " + file + ": " + e.getMessage(),
                Map.of("file", file.toString()),
                "Free some space, or give another place with --out.");
    }
}
