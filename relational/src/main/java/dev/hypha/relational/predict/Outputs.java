package dev.hypha.relational.predict;

import java.nio.file.Path;
import java.sql.SQLException;

/// Where predictions go: a file of the run's folder, and a table of the user's database where one is asked
/// for.
final class Outputs {
    private static final String NAME = "predictions.";

    private Outputs() {}

    /// Writes the file of the format asked for into a folder, and one as Parquet where a table will be made
    /// of it.
    ///
    /// @return the file's name
    static String write(Job job, float[] answer, Path folder, String model) throws SQLException {
        String name = NAME + job.request().output().format();
        write(job, answer, folder.resolve(name), job.request().output().format(), model);
        if (job.request().output().into().isPresent()
                && !job.request().output().format().equals("parquet")) {
            write(job, answer, folder.resolve(NAME + "parquet"), "parquet", model);
        }
        return name;
    }

    private static void write(Job job, float[] answer, Path file, String format, String model) throws SQLException {
        Predictions.write(
                job.connection(),
                job.task().key(),
                job.kind(),
                job.task().seeds().classes(),
                answer,
                model,
                file,
                format);
    }

    /// Puts the predictions of a finished run into the table asked for, if one was.
    ///
    /// @return where the predictions are: the table, or the file of the run
    static String place(Job job, Path run) {
        if (job.request().output().into().isEmpty()) {
            return run.resolve(NAME + job.request().output().format()).toString();
        }
        String table = job.request().output().into().get();
        job.database().writeTable(table, run.resolve(NAME + "parquet"));
        return table;
    }
}
