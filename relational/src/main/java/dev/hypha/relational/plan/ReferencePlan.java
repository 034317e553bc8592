package dev.hypha.relational.plan;

import dev.hypha.relational.schema.ForeignKey;

/// A foreign key that becomes two edge types: messages from the referring rows to those referred to, and back.
///
/// @param table the referring table
/// @param key the foreign key
public record ReferencePlan(String table, ForeignKey key) {
    /// The name of the edge type from the referring rows: `orders.customer_id -> customers`.
    public String forward() {
        return referring() + " -> " + NodePlan.plain(key.table());
    }

    /// The name of the edge type from the rows referred to: `customers -> orders.customer_id`.
    public String backward() {
        return NodePlan.plain(key.table()) + " -> " + referring();
    }

    /// Two lines of the plan, one for each direction.
    @Override
    public String toString() {
        return "edge " + forward() + "\nedge " + backward();
    }

    private String referring() {
        return NodePlan.plain(table) + "." + NodePlan.plain(key.column());
    }
}
