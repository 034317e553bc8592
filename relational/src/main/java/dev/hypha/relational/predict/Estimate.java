package dev.hypha.relational.predict;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hypha.graph.InputException;
import dev.hypha.learn.TrainingEstimate;
import dev.hypha.relational.plan.GraphPlan;
import dev.hypha.relational.schema.Column;
import dev.hypha.relational.schema.Table;
import dev.hypha.relational.task.FrozenRows;
import dev.hypha.relational.trees.Trees;
import dev.hypha.relational.windows.WindowFeatures;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// What a job will need: from row counts alone before anything is read, and, once the graph is there, from one small
/// training step. The aggregates lie on the Java heap, everything else outside it.
///
/// @param graphBytes while the graph is read, when it needs most; 0 where no graph model is trained
/// @param featureBytes of the encoded columns, likewise
/// @param treesBytes of the trees while they grow
/// @param trainingBytes of the graph model's training; absent until it was measured, or where there is none
/// @param aggregateBytes of the numbers computed in SQL, with the copies that are made of them
record Estimate(
        String plan,
        long graphBytes,
        long featureBytes,
        long treesBytes,
        OptionalLong trainingBytes,
        long aggregateBytes) {
    /// Dense columns that a column becomes, on average over encoders; text takes more.
    private static final int DENSE_PER_COLUMN = 3;

    private static final int DENSE_PER_TEXT = 64;

    /// Copies of the aggregates: as computed, beside the entity's columns, the rows that are learned from.
    private static final int COPIES = 3;

    /// From row counts alone.
    static Estimate of(Job job, Methods methods) {
        GraphPlan plan = GraphPlan.of(job.visible());
        boolean graph = !job.request().model().equals("trees");
        long rows = job.task().seeds().size() + FrozenRows.count(job.task());
        int entityColumns = job.database()
                .schema()
                .table(job.task().entityTable())
                .columns()
                .size();
        int columns = entityColumns + WindowFeatures.columns(job.database().schema(), job.target());
        int outputs = job.outputs();
        return new Estimate(
                plan.toString(),
                graph ? plan.peakBytes() : 0,
                graph ? features(job) : 0,
                Trees.bytes(
                        rows, columns, outputs, methods.trees(), job.request().threads()),
                OptionalLong.empty(),
                rows * columns * Float.BYTES * (graph ? COPIES + 1 : COPIES));
    }

    /// The same with the training of the graph model, where there is one.
    Estimate with(Optional<TrainingEstimate> training) {
        OptionalLong measured =
                training.stream().mapToLong(TrainingEstimate::bytes).findFirst();
        return new Estimate(plan, graphBytes, featureBytes, treesBytes, measured, aggregateBytes);
    }

    private static long features(Job job) {
        long bytes = 0;
        for (Table table : job.database().schema().tables()) {
            long width = 0;
            for (Column column : table.columns()) {
                width += column.dropped() ? 0 : width(column);
            }
            bytes += table.rows() * width * Float.BYTES;
        }
        return bytes;
    }

    private static int width(Column column) {
        return switch (column.type()) {
            case TEXT -> DENSE_PER_TEXT;
            case IDENTIFIER -> 0;
            case NUMERICAL, CATEGORICAL, BOOLEAN, TIMESTAMP -> DENSE_PER_COLUMN;
        };
    }

    /// Outside the Java heap at most. The trees are grown, and gone, before the graph model is trained.
    long bytes() {
        return graphBytes + featureBytes + Math.max(treesBytes, trainingBytes.orElse(0));
    }

    boolean fits(long limit) {
        return bytes() <= limit;
    }

    /// @throws InputException of kind `memory-limit` when the job cannot fit
    void require(long limit) {
        if (!fits(limit)) {
            throw new InputException(
                    "memory-limit",
                    "this needs about " + outside() + ", --memory leaves " + text(limit)
                            + ": half of it belongs to the embedded database",
                    Map.of("neededBytes", bytes(), "limitBytes", limit),
                    "Give at least " + text(2 * bytes())
                            + " with --memory, a smaller --batch or --fan-out, or --model trees.");
        }
    }

    /// In a line, to be printed.
    String line() {
        return "estimate: " + outside() + ", " + text(aggregateBytes) + " of aggregates on it";
    }

    private String outside() {
        String graph = graphBytes + featureBytes == 0
                ? ""
                : "graph " + text(graphBytes) + ", columns " + text(featureBytes) + ", ";
        String training = trainingBytes.isPresent() ? ", then training " + text(trainingBytes.getAsLong()) : "";
        return text(bytes()) + " outside the Java heap (" + graph + "growing trees " + text(treesBytes) + training
                + ")";
    }

    ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("plan", plan)
                .put("bytes", bytes())
                .put("graphBytes", graphBytes)
                .put("featureBytes", featureBytes)
                .put("treesBytes", treesBytes)
                .put("aggregateBytes", aggregateBytes);
        trainingBytes.ifPresent(bytes -> json.put("trainingBytes", bytes));
        return json;
    }

    /// Bytes for people: `1.5 GiB`, `300 MiB`, `20 KiB`.
    static String text(long bytes) {
        double mib = bytes / 1048576.0;
        if (mib >= 1024) return String.format(Locale.ROOT, "%.1f GiB", mib / 1024);
        return mib >= 1 ? Math.round(mib) + " MiB" : Math.round(mib * 1024) + " KiB";
    }
}
