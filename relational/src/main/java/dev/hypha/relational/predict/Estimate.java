package dev.hypha.relational.predict;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hypha.graph.InputException;
import dev.hypha.learn.Options;
import dev.hypha.relational.plan.GraphPlan;
import dev.hypha.relational.plan.ReferencePlan;
import dev.hypha.relational.schema.Column;
import dev.hypha.relational.schema.Table;
import dev.hypha.relational.windows.WindowFeatures;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What a job will need outside the Java heap, from row counts alone, before it starts.
///
/// @param graphBytes while the graph is read, when it needs most
/// @param featureBytes of the encoded columns
/// @param batchBytes of one training step: values and gradients of the rows around the seeds of a batch
/// @param aggregates numbers computed in SQL, seeds times columns at most; these lie on the heap
record Estimate(String plan, long graphBytes, long featureBytes, long batchBytes, long aggregates) {
    /// Dense columns that a column becomes, on average over encoders; text takes more.
    private static final int DENSE_PER_COLUMN = 3;

    private static final int DENSE_PER_TEXT = 64;

    /// Matrices as wide as a row's vector that a step keeps per row: encoded, normalised, activated, and
    /// gradients.
    private static final int VALUES_PER_ROW = 10;

    static Estimate of(Job job, Methods methods) {
        GraphPlan plan = GraphPlan.of(job.visible());
        long features = 0;
        for (Table table : job.database().schema().tables()) {
            long width = 0;
            for (Column column : table.columns()) {
                width += column.dropped() ? 0 : width(column);
            }
            features += table.rows() * width * Float.BYTES;
        }
        boolean trees = job.request().model().equals("trees");
        long seeds = job.task().seeds().size();
        return new Estimate(
                plan.toString(),
                trees ? 0 : plan.peakBytes(),
                trees ? 0 : features,
                trees ? 0 : batch(job, methods, plan),
                seeds * WindowFeatures.LIMIT);
    }

    private static int width(Column column) {
        return switch (column.type()) {
            case TEXT -> DENSE_PER_TEXT;
            case IDENTIFIER -> 0;
            case NUMERICAL, CATEGORICAL, BOOLEAN, TIMESTAMP -> DENSE_PER_COLUMN;
        };
    }

    /// Rows around one seed: per hop and edge type the fan-out, but no more than the mean number of
    /// neighbors.
    private static long batch(Job job, Methods methods, GraphPlan plan) {
        double[] reached = new double[plan.nodes().size()];
        double[] total = new double[reached.length];
        reached[plan.nodeType(job.task().entityTable())] = 1;
        for (int fanout : methods.graph().fanouts()) {
            double[] next = new double[reached.length];
            for (ReferencePlan reference : plan.references()) {
                int child = plan.nodeType(reference.table());
                int parent = plan.nodeType(reference.key().table());
                double rows = plan.nodes().get(child).rows();
                double mean = rows / Math.max(1, plan.nodes().get(parent).rows());
                next[child] += reached[parent] * (fanout < 0 ? mean : Math.min(fanout, mean));
                next[parent] += reached[child];
            }
            for (int i = 0; i < next.length; i++) {
                total[i] += next[i];
            }
            reached = next;
        }
        double rows = 1;
        for (double t : total) {
            rows += t;
        }
        int channels =
                Integer.parseInt(Options.written((Record) methods.graph()).get("channels"));
        return (long) (rows * methods.training().batch() * channels * Float.BYTES * VALUES_PER_ROW);
    }

    long bytes() {
        return graphBytes + featureBytes + batchBytes;
    }

    /// @throws InputException of kind `memory-limit` when the job cannot fit
    void require(long limit) {
        if (bytes() > limit) {
            throw new InputException(
                    "memory-limit",
                    "this needs about " + text(bytes()) + " outside the Java heap (graph " + text(graphBytes)
                            + ", columns "
                            + text(featureBytes) + ", a training step " + text(batchBytes) + "), --memory leaves "
                            + text(limit),
                    Map.of("neededBytes", bytes(), "limitBytes", limit),
                    "Give more with --memory, a smaller --batch or --fan-out, or --model trees.");
        }
    }

    List<String> lines() {
        return List.of("estimate: " + text(bytes()) + " outside the Java heap (graph " + text(graphBytes) + ", columns "
                + text(featureBytes) + ", a training step " + text(batchBytes) + "), "
                + text(aggregates * Float.BYTES) + " of aggregates at most");
    }

    ObjectNode json() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("plan", plan)
                .put("bytes", bytes())
                .put("graphBytes", graphBytes)
                .put("featureBytes", featureBytes)
                .put("batchBytes", batchBytes)
                .put("aggregateBytes", aggregates * Float.BYTES);
    }

    /// Bytes for people: `1.5 GiB`, `300 MiB`.
    static String text(long bytes) {
        double mib = bytes / 1048576.0;
        return mib >= 1024 ? String.format(Locale.ROOT, "%.1f GiB", mib / 1024) : Math.round(mib) + " MiB";
    }
}
