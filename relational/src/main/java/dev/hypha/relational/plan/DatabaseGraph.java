package dev.hypha.relational.plan;

import dev.hypha.graph.EdgeList;
import dev.hypha.graph.Graph;
import dev.hypha.graph.Visibility;
import dev.hypha.learn.Progress;
import dev.hypha.relational.database.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;

/// The graph of a staged database, with the count of the keys that lead nowhere. Owns the graph.
public final class DatabaseGraph implements AutoCloseable {
    /// Rows of a result that are held at a time.
    private static final int ROWS_PER_QUERY = 1 << 22;

    private final GraphPlan plan;
    private final Graph graph;
    private final long[] dangling;

    private DatabaseGraph(GraphPlan plan, Graph graph, long[] dangling) {
        this.plan = plan;
        this.graph = graph;
        this.dangling = dangling;
    }

    /// Reads the graph of the staged tables: schema `data`, columns `_row` and `_time`.
    ///
    /// The edges of a foreign key are the rows of the database's own join `f.key = p.key`. A null key has no
    /// edge; a key that is none of the other table's is dropped and counted.
    ///
    /// @throws SQLException as the database throws it
    public static DatabaseGraph read(Connection connection, GraphPlan plan, Progress progress) throws SQLException {
        progress.stage(
                "building the graph", plan.nodes().size() + plan.references().size());
        try (var builder = new Graph.Builder();
                Statement statement = connection.createStatement()) {
            var reading = new Reading(statement, builder);
            int done = 0;
            for (NodePlan node : plan.nodes()) {
                reading.nodes(node);
                progress.at(++done, node.table());
            }
            long[] dangling = new long[plan.references().size()];
            for (int i = 0; i < dangling.length; i++) {
                dangling[i] = reading.edges(plan, plan.references().get(i));
                progress.at(++done, plan.references().get(i).forward());
            }
            return new DatabaseGraph(plan, builder.build(), dangling);
        }
    }

    /// What was read.
    public GraphPlan plan() {
        return plan;
    }

    /// The graph; closed with this object. Its types have the indices that the plan gives them.
    public Graph graph() {
        return graph;
    }

    /// How many rows have a key that is none of the other table's, for a reference of the plan.
    public long dangling(int reference) {
        return dangling[reference];
    }

    /// Frees the graph.
    @Override
    public void close() {
        graph.close();
    }

    /// The reading of one graph.
    private record Reading(Statement statement, Graph.Builder builder) {
        void nodes(NodePlan node) throws SQLException {
            int rows = Math.toIntExact(number("SELECT count(*) FROM " + Sql.table(node.table())));
            if (node.time().isEmpty()) {
                builder.nodes(node.table(), rows);
                return;
            }
            long[] times = new long[rows];
            Arrays.fill(times, Visibility.NEVER);
            // A time that is missing or infinite stays what it is filled with: never visible.
            String select =
                    "SELECT _row, epoch_us(_time) FROM " + Sql.table(node.table()) + " WHERE isfinite(_time) AND ";
            inRanges(select, "_row", rows, r -> times[r.getInt(1)] = r.getLong(2));
            builder.nodes(node.table(), times);
        }

        /// @return how many keys lead nowhere
        long edges(GraphPlan plan, ReferencePlan reference) throws SQLException {
            int source = plan.nodeType(reference.table());
            int target = plan.nodeType(reference.key().table());
            EdgeList edges = builder.edges(reference.forward(), source, target);
            builder.reversed(reference.backward(), edges);
            String from = Sql.table(reference.table());
            String column = Sql.name(reference.key().column());
            String select = "SELECT f._row, p._row FROM " + from + " f JOIN "
                    + Sql.table(reference.key().table()) + " p ON f." + column + " = p."
                    + Sql.name(reference.key().key()) + " WHERE ";
            long rows = number("SELECT count(*) FROM " + from);
            inRanges(select, "f._row", rows, r -> edges.add(r.getInt(1), r.getInt(2)));
            long keys = number("SELECT count(" + column + ") FROM " + from);
            if (edges.size() > keys) {
                throw new IllegalStateException("the keys that " + reference.forward() + " leads to are not unique");
            }
            return keys - edges.size();
        }

        /// Reads a result piece by piece, because the driver holds each result as a whole.
        private void inRanges(String select, String row, long rows, RowReader reader) throws SQLException {
            for (long begin = 0; begin < rows; begin += ROWS_PER_QUERY) {
                String range = row + " BETWEEN " + begin + " AND " + (begin + ROWS_PER_QUERY - 1);
                try (ResultSet results = statement.executeQuery(select + range)) {
                    while (results.next()) {
                        reader.read(results);
                    }
                }
            }
        }

        private long number(String query) throws SQLException {
            try (ResultSet result = statement.executeQuery(query)) {
                result.next();
                return result.getLong(1);
            }
        }
    }

    /// What is done with each row of a result.
    @FunctionalInterface
    private interface RowReader {
        void read(ResultSet row) throws SQLException;
    }
}
