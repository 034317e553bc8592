package dev.hypha.relational.predict;

import dev.hypha.relational.schema.TableColumn;
import dev.hypha.relational.windows.EntityFeatures;
import dev.hypha.relational.windows.FeatureMatrix;
import dev.hypha.relational.windows.WindowFeatures;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// The numbers that describe the seeds, a row for each row of `task.seeds`.
///
/// @param entity the entity's own columns and the prediction time, what a single-table model sees
/// @param windows the aggregates of the past
/// @param all both, side by side
/// @param vocabularies of the categorical ones, by name, to compute the same later
record Aggregates(
        FeatureMatrix entity, FeatureMatrix windows, FeatureMatrix all, Map<String, List<String>> vocabularies) {
    /// @param vocabularies those of a run, or empty to take those of the data; filled
    static Aggregates of(Job job, Map<String, List<String>> vocabularies) throws SQLException {
        job.progress().stage("aggregates of the past", 2);
        Set<String> withheld = job.withheld().stream()
                .filter(c -> c.table().equals(job.task().entityTable()))
                .map(TableColumn::column)
                .collect(Collectors.toSet());
        FeatureMatrix entity = EntityFeatures.build(
                job.connection(), job.database().schema(), job.task().entityTable(), withheld, vocabularies);
        job.progress().at(1, entity.columns() + " columns of the entity");
        FeatureMatrix windows =
                WindowFeatures.build(job.connection(), job.database().schema(), job.target(), vocabularies);
        job.progress().at(2, windows.columns() + " aggregates");
        return new Aggregates(entity, windows, entity.beside(windows), vocabularies);
    }
}
