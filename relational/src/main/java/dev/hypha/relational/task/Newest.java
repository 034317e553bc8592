package dev.hypha.relational.task;

import dev.hypha.relational.database.Queries;
import dev.hypha.relational.database.Sql;
import dev.hypha.relational.schema.Schema;
import dev.hypha.relational.schema.Table;
import java.util.List;

/// The newest time in a database.
final class Newest {
    private Newest() {}

    /// @return microseconds since 1970-01-01 UTC; 0 where no row has a time
    static long of(Queries database, Schema schema) {
        List<String> times = schema.tables().stream()
                .filter(t -> t.time().isPresent())
                .map(Table::name)
                .map(t -> "(SELECT max(_time) FROM " + Sql.table(t) + ")")
                .toList();
        return times.isEmpty() ? 0 : database.number("SELECT epoch_us(greatest(" + String.join(", ", times) + "))");
    }
}
