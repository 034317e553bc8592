package dev.hypha.relational.predict;

import dev.hypha.learn.Features;
import dev.hypha.learn.Seeds;
import dev.hypha.relational.encode.Encoding;
import dev.hypha.relational.plan.DatabaseGraph;
import dev.hypha.relational.plan.GraphPlan;
import dev.hypha.relational.task.SeedTable;
import dev.hypha.tensor.Memory;
import dev.hypha.tensor.Purpose;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/// The database as the graph model sees it: the graph, and the encoded columns of every table.
final class Inputs implements AutoCloseable {
    private final DatabaseGraph database;
    private final Memory.Block graphBytes;
    private final List<Features> features;

    private Inputs(DatabaseGraph database, Memory.Block graphBytes, List<Features> features) {
        this.database = database;
        this.graphBytes = graphBytes;
        this.features = features;
    }

    static Inputs read(Job job, Encoding encoding, Memory memory) throws SQLException {
        GraphPlan plan = GraphPlan.of(job.visible());
        DatabaseGraph graph = graph(job, plan, memory);
        Memory.Block graphBytes = memory.reserve(Purpose.GRAPH, graph.graph().bytes());
        try {
            Map<String, Features> byTable =
                    encoding.apply(job.connection(), job.database().schema(), memory, job.progress());
            List<Features> inOrder =
                    plan.nodes().stream().map(n -> byTable.get(n.table())).toList();
            return new Inputs(graph, graphBytes, inOrder);
        } catch (SQLException | RuntimeException e) {
            graph.close();
            graphBytes.close();
            throw e;
        }
    }

    /// While it is read it takes more than afterwards. It lies in memory of its own, which is counted here.
    private static DatabaseGraph graph(Job job, GraphPlan plan, Memory memory) throws SQLException {
        try (Memory.Block _ = memory.reserve(Purpose.GRAPH, plan.peakBytes())) {
            return DatabaseGraph.read(job.connection(), plan, job.progress());
        }
    }

    DatabaseGraph database() {
        return database;
    }

    List<Features> features() {
        return features;
    }

    /// Seeds for learning, all rows of the table.
    ///
    /// @param own standardised numbers per row, row-major
    static Seeds seeds(SeedTable table, float[] own) {
        int[] all = java.util.stream.IntStream.range(0, table.size()).toArray();
        return new Seeds(table.entity(), table.time(), table.cutoff(), Measurement.labels(table, all), own);
    }

    @Override
    public void close() {
        features.forEach(Features::close);
        database.close();
        graphBytes.close();
    }
}
