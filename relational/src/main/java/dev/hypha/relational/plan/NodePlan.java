package dev.hypha.relational.plan;

import dev.hypha.relational.database.Sql;
import dev.hypha.relational.schema.TimeRule;
import java.util.Optional;

/// A table that becomes a node type: row `_row` becomes the node of that number.
///
/// @param table the table, and the name of the node type
/// @param rows how many rows were staged
/// @param time absent where every row is always visible
public record NodePlan(String table, long rows, Optional<TimeRule> time) {
    /// One line of the plan, such as `node orders: 5400 rows, time placed_at`.
    @Override
    public String toString() {
        return "node " + plain(table) + ": " + rows + " rows, "
                + time.map(rule -> "time " + rule).orElse("no time");
    }

    /// A name as it is, or in double quotes where the plan could be misread.
    static String plain(String name) {
        return name.matches("[\\p{L}_][\\p{L}\\p{N}_]*") ? name : Sql.name(name);
    }
}
