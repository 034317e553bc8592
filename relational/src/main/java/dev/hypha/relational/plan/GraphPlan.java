package dev.hypha.relational.plan;

import dev.hypha.relational.schema.ForeignKey;
import dev.hypha.relational.schema.Schema;
import dev.hypha.relational.schema.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What graph a database becomes: every row a node, every foreign key an edge type in both directions.
///
/// As text it has one line for each type, in the order of the types' indices, so two plans can be compared by `diff`.
///
/// @param nodes one node type each, of the same index
/// @param references two edge types each: reference r has the indices `2 r` (forward) and `2 r + 1` (backward)
public record GraphPlan(List<NodePlan> nodes, List<ReferencePlan> references) {
    public GraphPlan {
        nodes = List.copyOf(nodes);
        references = List.copyOf(references);
    }

    /// The plan of all tables and foreign keys of a schema, in its order.
    ///
    /// @throws IllegalArgumentException if a foreign key refers to a table that is not in the schema
    public static GraphPlan of(Schema schema) {
        List<NodePlan> nodes = new ArrayList<>();
        List<ReferencePlan> references = new ArrayList<>();
        for (Table table : schema.tables()) {
            nodes.add(new NodePlan(table.name(), table.rows(), table.time()));
            for (ForeignKey key : table.foreignKeys()) {
                references.add(new ReferencePlan(table.name(), key));
            }
        }
        var plan = new GraphPlan(nodes, references);
        references.forEach(reference -> plan.nodeType(reference.key().table()));
        return plan;
    }

    /// The index of a table's node type.
    ///
    /// @throws IllegalArgumentException if the plan has no such table
    public int nodeType(String table) {
        for (int i = 0; i < nodes.size(); i++) {
            if (nodes.get(i).table().equals(table)) {
                return i;
            }
        }
        throw new IllegalArgumentException("no table " + table + " in the plan");
    }

    /// What the graph will hold outside the heap, in bytes, if no key is null or dangling.
    public long bytes() {
        long bytes = 0;
        for (NodePlan node : nodes) {
            bytes += node.time().isPresent() ? Long.BYTES * node.rows() : 0;
        }
        for (ReferencePlan reference : references) {
            bytes += 2 * Integer.BYTES * rows(reference.table()) + offsetBytes(reference);
        }
        return bytes;
    }

    /// What reading it will hold at most at one time, in bytes: the graph, the edges as pairs, and the largest sort.
    public long peakBytes() {
        long pairs = 0;
        long sort = 0;
        for (ReferencePlan reference : references) {
            pairs += Long.BYTES * rows(reference.table());
            sort = Math.max(sort, Integer.BYTES * rows(reference.table()) + offsetBytes(reference));
        }
        return bytes() + pairs + sort;
    }

    @Override
    public String toString() {
        return Stream.concat(nodes.stream(), references.stream())
                .map(line -> line + "\n")
                .collect(Collectors.joining());
    }

    private long offsetBytes(ReferencePlan reference) {
        return Long.BYTES * (rows(reference.table()) + rows(reference.key().table()) + 2);
    }

    private long rows(String table) {
        return nodes.get(nodeType(table)).rows();
    }
}
