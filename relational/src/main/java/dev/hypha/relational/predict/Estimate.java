package dev.hypha.relational.predict;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hypha.graph.InputException;
import dev.hypha.relational.plan.GraphPlan;
import dev.hypha.relational.schema.Column;
import dev.hypha.relational.schema.Table;
import dev.hypha.relational.task.FrozenRows;
import dev.hypha.relational.trees.Trees;
import dev.hypha.relational.windows.WindowFeatures;
import dev.hypha.tensor.Memory;
import dev.hypha.tensor.Purpose;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What a job will need: from row counts alone before anything is read, and, once the graph is there, from trying a
/// training step without its numbers. The aggregates lie on the Java heap, everything else outside it.
///
/// @param readingBytes while the graph is read, when nothing else is there yet; 0 where no graph model is trained
/// @param graphBytes of the graph afterwards, likewise
/// @param featureBytes of the encoded columns, likewise
/// @param treesBytes of the trees while they grow
/// @param graphNeed of the graph model; absent until it was found out, or where there is none
/// @param aggregateBytes of the numbers computed in SQL, with the copies that are made of them
record Estimate(
        String plan,
        long readingBytes,
        long graphBytes,
        long featureBytes,
        long treesBytes,
        Optional<GraphNeed> graphNeed,
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
                graph ? plan.bytes() : 0,
                graph ? features(job) : 0,
                Trees.bytes(
                        rows, columns, outputs, methods.trees(), job.request().threads()),
                Optional.empty(),
                rows * columns * Float.BYTES * (graph ? COPIES + 1 : COPIES));
    }

    /// The same from what is there: graph and columns as they were read, and what the models made of them will need.
    Estimate of(Workbench bench) {
        return new Estimate(
                plan,
                readingBytes,
                bench.memory().live(Purpose.GRAPH),
                bench.memory().live(Purpose.FEATURES),
                bench.treesBytes(),
                bench.graphNeed(),
                aggregateBytes);
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
        long models = Math.max(treesBytes, graphNeed.map(GraphNeed::bytes).orElse(0L));
        return Math.max(readingBytes, graphBytes + featureBytes + models);
    }

    boolean fits(long limit) {
        return bytes() <= limit;
    }

    /// @param memory that the job will work in
    /// @throws InputException of kind `memory-limit` when the job cannot fit
    void require(Memory memory) {
        if (fits(memory.limit())) return;
        long free = memory.limit() - memory.live();
        boolean stepUnknown = graphBytes > 0 && graphNeed.isEmpty();
        throw new InputException(
                "memory-limit",
                "this needs " + outside() + "; " + text(memory.limit()) + " are there for it, half of --memory, as the"
                        + " other half belongs to the embedded database, and " + text(free) + " of them are free",
                Map.of("neededBytes", bytes(), "freeBytes", free, "limitBytes", memory.limit()),
                "Give at least " + text(2 * bytes()) + " with --memory"
                        + (stepUnknown ? " (more for the training, which is known once the graph is read), " : ", ")
                        + MemoryShortage.lowering(largest())
                        + (readingBytes > 0 ? ", or take --model trees." : "."));
    }

    /// What takes most.
    private Purpose largest() {
        return Stream.of(Purpose.values())
                .max(Comparator.comparingLong(this::bytes))
                .orElseThrow();
    }

    private long bytes(Purpose purpose) {
        return switch (purpose) {
            case GRAPH -> Math.max(readingBytes, graphBytes);
            case FEATURES -> featureBytes;
            case PARAMETERS -> graphNeed.map(GraphNeed::parameterBytes).orElse(0L);
            case ACTIVATIONS -> graphNeed.map(GraphNeed::activationBytes).orElse(0L);
            case WORKSPACE -> treesBytes;
        };
    }

    /// In a line, to be printed.
    String line() {
        return "estimate: " + outside() + ", and " + text(aggregateBytes) + " of aggregates on it";
    }

    private String outside() {
        return text(bytes()) + " outside the Java heap (" + parts(this::bytes) + ")";
    }

    /// The purposes that take anything, each with its bytes.
    static String parts(ToLongFunction<Purpose> bytes) {
        return Stream.of(Purpose.values())
                .filter(purpose -> bytes.applyAsLong(purpose) > 0)
                .map(purpose -> purpose.label() + " " + text(bytes.applyAsLong(purpose)))
                .collect(Collectors.joining(", "));
    }

    ObjectNode json() {
        ObjectNode json =
                JsonNodeFactory.instance.objectNode().put("plan", plan).put("bytes", bytes());
        for (Purpose purpose : Purpose.values()) json.put(purpose.label() + "Bytes", bytes(purpose));
        return json.put("aggregateBytes", aggregateBytes);
    }

    /// Bytes for people: `1.5 GiB`, `300 MiB`, `20 KiB`.
    static String text(long bytes) {
        double mib = bytes / 1048576.0;
        if (mib >= 1024) return String.format(Locale.ROOT, "%.1f GiB", mib / 1024);
        return mib >= 1 ? Math.round(mib) + " MiB" : Math.round(mib * 1024) + " KiB";
    }
}
