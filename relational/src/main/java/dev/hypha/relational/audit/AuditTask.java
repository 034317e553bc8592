package dev.hypha.relational.audit;

import dev.hypha.learn.TaskKind;
import dev.hypha.relational.schema.Schema;
import dev.hypha.relational.schema.Table;
import dev.hypha.relational.schema.TableColumn;
import java.sql.Connection;
import java.util.Optional;
import java.util.Set;

/// What is audited: a staged database (schema `data`) whose predictions are listed in `task.seeds`.
///
/// @param entityTable the table whose rows are predicted for
/// @param withheld columns that models do not see because they are what is predicted
/// @param selectedBy columns of the entity's row that the selection (`WHERE`) reads
/// @param labelKnown SQL over a prediction's `time` for when its label is complete, such as `time + INTERVAL
///     30 DAY`; absent where that is not known (labels from a user's own SQL) or nothing to do with time
/// @param splitByKey true where an entity is in one split with all its predictions, and splits share their
///     times
/// @param timeless true where one prediction per entity is made, at no particular time; such are split by key
public record AuditTask(
        Connection connection,
        Schema schema,
        String entityTable,
        TaskKind kind,
        Set<TableColumn> withheld,
        Set<TableColumn> selectedBy,
        Optional<String> labelKnown,
        boolean splitByKey,
        boolean timeless) {
    public AuditTask {
        withheld = Set.copyOf(withheld);
        selectedBy = Set.copyOf(selectedBy);
    }

    Table entity() {
        return schema.table(entityTable);
    }

    Sheet sheet() {
        return new Sheet(connection);
    }
}
